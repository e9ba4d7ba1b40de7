"""The trend as a picture: a line through the days, the band of its interval, and what may still change dotted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analytics.answers.trends import Day
from analytics.shares import Whisker, whisker

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 1_000, 240, 46, 26, 12
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Point:
    day: Day
    rate: Whisker | None
    x: float
    y: float
    low: float
    high: float
    url: str
    entered_url: str


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    at: float


@dataclass(frozen=True, slots=True)
class TrendChart:
    points: list[Point]  # one a day, also where nobody entered
    band: list[str]  # areas, as SVG draws them
    line: list[str]
    dotted: list[str]
    other: list[str]  # the line of the period that it is compared with
    days: list[Tick]
    rates: list[Tick]

    @property
    def immature(self) -> int:
        return sum(not point.day.mature for point in self.points)


def chart(days: Sequence[Day], url: "DayUrl", other: Sequence[Day] = ()) -> TrendChart:
    top = _top([*days, *other])
    xs = _xs(max(len(days), len(other)))
    points = [_point(day, x, top, url) for day, x in zip(days, xs, strict=False)]
    before = [_point(day, x, top, _nowhere) for day, x in zip(other, xs, strict=False)]
    return TrendChart(
        points,
        [_area(run) for run in _runs(points)],
        [_line(run) for run in _runs(points, mature=True)],
        [_line(pair) for pair in pairwise(points) if _dotted(*pair)],
        [_line(run) for run in _runs(before)],
        [Tick(f"{point.day.day:%-d %b}", point.x) for point in _some(points)],
        [Tick(f"{rate:g} %", _y(rate, top)) for rate in (0.0, top / 2, top)],
    )


class DayUrl:
    """Where the numbers of a day lead."""

    def entered(self, day: date) -> str:
        return ""

    def converted(self, day: date) -> str:
        return ""


_nowhere = DayUrl()


def _top(days: Sequence[Day]) -> float:
    """The upper end of the scale in percent: above the rates, and above the intervals that mean something."""
    rates = [(day.mature, rate) for day in days if (rate := whisker(day.share))]
    sure = [rate.high for mature, rate in rates if mature and not rate.few]
    most = max([rate.value for _, rate in rates] + sure, default=0.0)
    return next(float(top) for top in (1, 2, 4, 6, 10, 16, 20, 30, 40, 60, 80, 100) if most <= top)


def _xs(n: int) -> list[float]:
    step = (WIDTH - LEFT - 12) / max(1, n - 1)
    return [LEFT + (step * i if n > 1 else (WIDTH - LEFT) / 2) for i in range(n)]


def _y(rate: float, top: float) -> float:
    return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - min(rate, top) / top), 1)


def _point(day: Day, x: float, top: float, url: DayUrl) -> Point:
    rate = whisker(day.share)
    value, low, high = (rate.value, rate.low, rate.high) if rate else (0.0, 0.0, 0.0)
    links = (url.converted(day.day) if day.converted else "", url.entered(day.day) if day.entered else "")
    return Point(day, rate, round(x, 1), _y(value, top), _y(low, top), _y(high, top), *links)


def _runs(points: Sequence[Point], mature: bool = False) -> list[list[Point]]:
    """Neighbouring days with a rate; a day on which nobody entered breaks the line."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.rate and (point.day.mature or not mature):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _dotted(one: Point, other: Point) -> bool:
    return bool(one.rate and other.rate) and not (one.day.mature and other.day.mature)


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{point.x} {point.y}" for point in points)


def _area(points: Sequence[Point]) -> str:
    if len(points) == 1:
        point = points[0]
        return f"M{point.x - 5:.1f} {point.high}h10V{point.low}h-10z"
    there = "L".join(f"{point.x} {point.high}" for point in points)
    back = "L".join(f"{point.x} {point.low}" for point in reversed(points))
    return f"M{there}L{back}z"


def _some(points: Sequence[Point]) -> Sequence[Point]:
    every = -(-len(points) // MOST_LABELS) or 1
    return points[::every]
