"""Lifts as they are drawn: all of a page on one scale with its zero, and how the goal's lift ripened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from analytics.experiments.sequences import Interval

LEAST_REACH = 0.1  # a scale of lifts shows at least ±10 %
MOST_REACH = 3.0
WIDTH, HEIGHT = 640, 180


@dataclass(frozen=True, slots=True)
class Forest:
    """An interval on a line from −reach to +reach: places in percent of its width; what leaves the line is cut."""

    value: float  # percent, as it is printed
    low: float
    high: float
    p: float
    left: float
    width: float
    dot: float
    sure: str  # "better", "worse" or ""


Scale = Callable[[Interval | None], Forest | None]


def forests(
    lifts: Sequence[Interval | None], least: float = LEAST_REACH, whole: Sequence[Interval | None] = ()
) -> Scale:
    """One scale for all of them: as wide as half of them need, and those that are to be seen `whole`."""
    ends, seen = _ends(lifts), _ends(whole)
    reach = min(MOST_REACH, max([least, *ends[: (len(ends) + 1) // 2], *seen]))

    def place(share: float) -> float:
        return round(50 + 50 * max(-1.0, min(1.0, share / reach)), 2)

    def drawn(lift: Interval | None) -> Forest | None:
        if lift is None:
            return None
        left = place(lift.low)
        sure = "better" if lift.positive else "worse" if lift.negative else ""
        percents = (100 * lift.value, 100 * lift.low, 100 * lift.high)
        return Forest(*percents, lift.p, left, round(place(lift.high) - left, 2), place(lift.value), sure)

    return drawn


def _ends(lifts: Sequence[Interval | None]) -> list[float]:
    """How far each reaches from zero, the nearest first."""
    return sorted(max(abs(lift.low), abs(lift.high)) for lift in lifts if lift)


@dataclass(frozen=True, slots=True)
class Ripening:
    """The lift at the end of every day as SVG: a band, a line, and where zero is."""

    band: str
    line: str
    zero: float
    top: float  # percent
    bottom: float
    days: list[tuple[date, Interval | None]]
    first: date
    last: date


def ripening(days: Sequence[tuple[date, Interval | None]]) -> Ripening | None:
    """None before two days have an interval."""
    known = [(k, lift) for k, (_, lift) in enumerate(days) if lift]
    if len(known) < 2:
        return None
    later = _ends([lift for _, lift in known[max(1, len(known) // 3) :]])  # the first days say little, and reach far
    reach = min(MOST_REACH, max(LEAST_REACH, ceil(later[-1] * 10) / 10))
    step = WIDTH / (len(days) - 1)

    def y(share: float) -> float:
        return round(HEIGHT / 2 * (1 - max(-1.0, min(1.0, share / reach))), 1)

    upper = [f"{k * step:.1f},{y(lift.high)}" for k, lift in known]
    lower = [f"{k * step:.1f},{y(lift.low)}" for k, lift in reversed(known)]
    line = " ".join(f"{k * step:.1f},{y(lift.value)}" for k, lift in known)
    return Ripening(
        " ".join(upper + lower), line, HEIGHT / 2, 100 * reach, -100 * reach, list(days), days[0][0], days[-1][0]
    )
