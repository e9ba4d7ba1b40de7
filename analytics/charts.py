"""What the funnel's picture is made of: bars as shares of the first step, and the words under them."""

from collections.abc import Callable
from dataclasses import dataclass

from analytics.funnels import SECOND_US, Funnel
from analytics.reports import Line, Share

FEW = 30  # a rate of fewer is drawn in grey, with its n


@dataclass(frozen=True, slots=True)
class Whisker:
    """A rate and its interval in percent, and whether too few stand behind it."""

    value: float
    low: float
    high: float
    n: int
    few: bool

    @property
    def width(self) -> float:
        return self.high - self.low


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
    lost_url: str
    after_goal: bool


def bars(funnel: Funnel, lines: list[Line], lost_url: Callable[[int], str]) -> list[Bar]:
    """`lost_url` says where the journeys are that were lost before a step; empty when nowhere."""
    first, before, drawn = lines[0].count, lines[0], []
    for step, line in enumerate(lines):
        drawn.append(
            Bar(
                line=line,
                kept=_percent(line.count, first),
                before=_percent(line.count + line.lost, first),
                previous=before.label if step else "",
                of_previous=whisker(line.of_previous) if step else None,
                of_first=whisker(line.of_first),
                drop=whisker(lost(line)) if line.lost > 0 else None,
                time=duration(line.median_us),
                lost_url=lost_url(step) if line.lost > 0 else "",
                after_goal=step > funnel.goal,
            )
        )
        before = before if line.optional else line
    return drawn


def lost(line: Line) -> Share | None:
    return Share(line.lost, line.of_previous.whole) if line.of_previous else None


def whisker(share: Share | None) -> Whisker | None:
    if share is None:
        return None
    low, value, high = (round(100 * rate, 2) for rate in (share.low, share.value, share.high))
    return Whisker(value, low, high, share.whole, share.whole < FEW)


def duration(us: float | None) -> str:
    """About so long, in words: 0.4 s, 12 s, 3 min, 2 h, 5 days."""
    if us is None:
        return ""
    seconds = us / SECOND_US
    for limit, unit, size in ((10, "s", 1), (90, "s", 1), (5_400, "min", 60), (129_600, "h", 3_600)):
        if seconds < limit:
            return f"{seconds / size:.{1 if limit == 10 else 0}f} {unit}"
    return f"{seconds / 86_400:.0f} days"


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
