"""The table of segments: sorted by a link, the small ones summed up, each opening the report of its own."""

from dataclasses import dataclass

from analytics.charts import Whisker, whisker
from analytics.filters import Choice, Url, field_of
from analytics.funnels import Funnel
from analytics.reports import FunnelReport, Line, Segment

SEGMENTS_SHOWN = 50
BY_SIZE = "0"


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    url: str  # the report of this segment alone
    cells: list[tuple[Line, Whisker | None]]


def rows(report: FunnelReport, sort: str, url: Url) -> list[Row]:
    """The largest first, or sorted by the rate of a step; the sum of the small ones stays last."""
    segments, others = report.segments[:SEGMENTS_SHOWN], report.segments[SEGMENTS_SHOWN:]
    field = field_of(report.question.by)
    listed = [_row(segment, url(**{field: segment.value, "by": "", "sort": ""})) for segment in _sorted(segments, sort)]
    return listed + [_row(segment, "") for segment in others]


def heads(funnel: Funnel, sort: str, url: Url) -> list[Choice]:
    """The steps, with links that sort by them; the value is the direction, and a second click turns it round."""
    sort = sort or BY_SIZE
    return [
        Choice(
            "ascending" if sort == f"-{step}" else "descending",
            label,
            sort in (str(step), f"-{step}"),
            url(sort=f"-{step}" if sort == str(step) else str(step)),
        )
        for step, label in enumerate(funnel.labels)
    ]


def _sorted(segments: list[Segment], sort: str) -> list[Segment]:
    named = sort.removeprefix("-")
    steps = {str(step): step for segment in segments[:1] for step in range(len(segment.lines))}
    if named not in steps:
        return segments
    step = steps[named]
    return sorted(segments, key=lambda segment: _rank(segment.lines[step], step), reverse=sort == named)


def _rank(line: Line, step: int) -> float:
    """The first step ranks by its count, the others by their rate."""
    if step == 0:
        return line.count
    return line.of_previous.value if line.of_previous else -1.0


def _row(segment: Segment, url: str) -> Row:
    cells = [(line, whisker(line.of_previous) if step else None) for step, line in enumerate(segment.lines)]
    return Row(segment.value, url, cells)
