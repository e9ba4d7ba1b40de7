"""The table of segments: sorted by a link, the small ones summed up, each opening the report of its own."""

from dataclasses import dataclass, replace

from analytics.answers import cells
from analytics.answers.cells import Cell
from analytics.answers.questions import EXPERIMENT, NONE, Question
from analytics.answers.reports import OTHERS, SEGMENTS_SHOWN, FunnelReport, Line, Segment
from analytics.screens.filters import Choice, Url, fields_of
from analytics.semantics.funnels import Funnel
from analytics.shares import Whisker, whisker

BY_SIZE = "0"


@dataclass(frozen=True, slots=True)
class Field:
    """One count of a row: who came to the step, and the list of them."""

    line: Line
    whisker: Whisker | None
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    url: str  # the report of this segment alone
    cells: list[Field]


def rows(report: FunnelReport, sort: str, url: Url) -> list[Row]:
    """The largest first, or sorted by the rate of a step; the sum of the small ones stays last."""
    segments, others = report.segments[:SEGMENTS_SHOWN], report.segments[SEGMENTS_SHOWN:]
    question = _with_experiment(report)
    fields = fields_of(question.by)
    listed = [_row(question, segment, _alone(question, fields, segment, url)) for segment in _sorted(segments, sort)]
    return listed + [_row(question, replace(segment, value=OTHERS), "", segment.value) for segment in others]


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


def _alone(question: Question, fields: list[str], segment: Segment, url: Url) -> str:
    """The report of a segment alone; none where filters cannot say it: they ask for a journey's own values."""
    only = dict(zip(fields, segment.values, strict=True))
    if question.attribute or not only.get("variant", "all"):
        return ""
    return url(**{field: value or NONE for field, value in only.items()}, by="", sort="")


def _with_experiment(report: FunnelReport) -> Question:
    """The question as it was answered: "variant" means the first experiment that anybody was in."""
    if not report.experiments or "variant" not in report.question.by:
        return report.question
    named = EXPERIMENT + report.experiments[0]
    return replace(report.question, by=tuple(named if name == "variant" else name for name in report.question.by))


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


def _row(question: Question, segment: Segment, url: str, name: str = "") -> Row:
    fields = []
    for step, line in enumerate(segment.lines):
        people = cells.url(question, Cell(step, value=segment.value)) if line.count else ""
        fields.append(Field(line, whisker(line.of_previous) if step else None, people))
    return Row(name or segment.value, url, fields)
