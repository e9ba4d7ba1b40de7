"""What the funnel's picture is made of: bars as shares of the first step, and the words under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.answers.reports import Line, Share
from analytics.counts.tallies import Gaps
from analytics.screens.histograms import Histogram, histogram
from analytics.semantics.funnels import SECOND_US, Funnel
from analytics.shares import Whisker, percent_of, whisker

Url = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of a picture lead; a picture that is only looked at has none."""

    reached: Url = lambda step: ""  # the journeys that came to a step
    lost: Url = lambda step: ""  # the journeys that were lost before it
    drop: Url = lambda step: ""  # what is known about that loss


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: `kept` and `before` are heights in percent of the first step; between them is what was lost."""

    line: Line
    kept: float
    before: float
    previous: str  # the step it is compared with
    of_previous: Whisker | None
    of_first: Whisker | None
    drop: Whisker | None
    time: str
    times: Histogram | None
    url: str
    lost_url: str
    drop_url: str
    after_goal: bool
    outline: float | None  # the height of the same step in the period that it is compared with

    @property
    def band(self) -> tuple[float, float]:
        """The interval of the height, of what the first step is."""
        return (self.of_first.low, self.of_first.high) if self.of_first else (0.0, 0.0)


def bars(
    funnel: Funnel, lines: list[Line], links: Links = Links(), gaps: Gaps | None = None, other: Sequence[Line] = ()
) -> list[Bar]:
    """`gaps`: times since the last required step, by step. `other`: the lines of the period to compare with."""
    first, before, drawn = lines[0].count, lines[0], []
    for step, line in enumerate(lines):
        drawn.append(
            Bar(
                line=line,
                kept=percent_of(line.count, first),
                before=percent_of(line.count + line.lost, first),
                previous=before.label if step else "",
                of_previous=whisker(line.of_previous) if step else None,
                of_first=whisker(line.of_first),
                drop=whisker(lost(line)) if line.lost > 0 else None,
                time=duration(line.median_us),
                times=histogram((gaps or {}).get(step, {})),
                url=links.reached(step) if line.count else "",
                lost_url=links.lost(step) if line.lost > 0 else "",
                drop_url=links.drop(step) if line.lost > 0 else "",
                after_goal=step > funnel.goal,
                outline=percent_of(other[step].count, other[0].count) if other and other[0].count else None,
            )
        )
        before = before if line.optional else line
    return drawn


def lost(line: Line) -> Share | None:
    return Share(line.lost, line.of_previous.whole) if line.of_previous else None


def duration(us: float | None) -> str:
    """About so long, in words: 0.4 s, 12 s, 3 min, 2 h, 5 days."""
    if us is None:
        return ""
    seconds = us / SECOND_US
    for limit, unit, size in ((10, "s", 1), (90, "s", 1), (5_400, "min", 60), (129_600, "h", 3_600)):
        if seconds < limit:
            return f"{seconds / size:.{1 if limit == 10 else 0}f} {unit}"
    return f"{seconds / 86_400:.0f} days"
