"""A verdict as it is drawn: the sentence, its evidence with small pictures, what it costs, what to try."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format

from analytics.diagnosis.defaults import COUNT, FACTOR
from analytics.diagnosis.drafting import Trial
from analytics.diagnosis.evidence import money, percent
from analytics.diagnosis.shop_side import Quote
from analytics.diagnosis.verdicts import CURVE, Evidence, Verdict

PIECES = 4
WIDTH, HEIGHT = 160, 44
FEW = 30


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    share: float  # in percent of the longest
    said: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence. Places on the line from 0 to its end are in percent."""

    label: str
    said: str
    interval: str
    n: str  # how many stand behind it, where that is not the figure itself
    few: bool
    low: float | None
    width: float
    value: float | None
    band: float | None
    band_said: str
    band_from: str
    line: str  # points of the curve
    mark: float | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a page knows beside the verdict: whose journeys and words, what a test takes, and where to begin one."""

    journeys: str = ""  # address of their list
    quotes: tuple[Quote, ...] = ()
    trial: Trial | None = None
    draft: str = ""  # where to post, for whoever may


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True)
class Card:
    verdict: Verdict
    pieces: list[Piece]
    cost: str
    cost_range: str
    extras: Extras

    @property
    def tone(self) -> str:
        return tone_of(self.verdict)


def tone_of(verdict: Verdict) -> str:
    return "unsure" if not verdict.certain else "broken" if verdict.key else "fine"


def card(verdict: Verdict, extras: Extras = NO_EXTRAS) -> Card:
    lost = verdict.lost
    cost = f"{money(lost.cents)} {settings.CURRENCY}" if lost.cents else ""
    ends = f"{money(lost.low)} to {money(lost.high)}" if lost.cents and lost.low != lost.high else ""
    return Card(verdict, [piece(one) for one in verdict.evidence[:PIECES]], cost, ends, extras)


def piece(one: Evidence) -> Piece:
    end = _end(one)
    low, high = (None, None) if one.low is None or one.high is None else (_place(one.low, end), _place(one.high, end))
    return Piece(
        one.label,
        written(one.value, one.unit),
        f"{written(one.low or 0, one.unit)} to {written(one.high or 0, one.unit)}" if high is not None else "",
        "" if one.unit == COUNT and one.value == one.n else f"n = {one.n:,}",
        one.n < FEW and one.unit not in (COUNT, FACTOR),
        low,
        max(1.0, (high or 0) - (low or 0)),
        _place(one.value, end),
        None if one.band is None else _place(one.band, end),
        "" if one.band is None else written(one.band, one.unit),
        one.band_from,
        _line(one) if one.chart == CURVE else "",
        _mark(one) if one.chart == CURVE else None,
        () if one.chart == CURVE else _bars(one),
    )


def written(value: float, unit: str) -> str:
    if unit == "share":
        return percent(value)
    if unit == "seconds":
        return f"{value:.1f} s"
    if unit == "hours":
        return f"{value:.1f} h" if value < 10 else f"{value:.0f} h"
    if unit == "factor":
        return f"{value:.2g} times" if value < 10 else f"{value:.0f} times"
    if unit == "cents":
        return f"{money(value)} {settings.CURRENCY}"
    return number_format(value, 0 if value == int(value) else 1, use_l10n=False, force_grouping=True)


def _end(one: Evidence) -> float:
    """Where the line ends: a bit behind the last thing on it."""
    return 1.15 * max(one.value, one.high or 0, one.band or 0) or 1.0


def _place(value: float, end: float) -> float:
    return round(min(100.0, 100 * value / end), 2)


def _line(one: Evidence) -> str:
    last = float(one.points[-1][0]) if one.points else 0
    if not last:
        return ""
    return " ".join(f"{WIDTH * float(x) / last:.1f},{HEIGHT - HEIGHT * y:.1f}" for x, y in one.points)


def _mark(one: Evidence) -> float | None:
    last = float(one.points[-1][0]) if one.points else 0
    return round(min(WIDTH, WIDTH * one.mark / last), 1) if one.mark is not None and last else None


def _bars(one: Evidence) -> tuple[Bar, ...]:
    longest = max((height for _, height in one.points), default=0) or 1
    return tuple(
        Bar(_named(name), round(100 * height / longest, 1), percent(height)) for name, height in one.points[:4]
    )


def _named(name: str | float) -> str:
    return str(name).replace("_", " ").replace(":", ": ")
