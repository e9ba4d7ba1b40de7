"""A rate that knows how sure it is, and as it is drawn."""

from dataclasses import dataclass

from analytics.stats import wilson

FEW = 30  # a rate of fewer is drawn in grey, with its n


def percent_of(part: float, whole: float) -> float:
    """Of how wide or high something is drawn; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, and the 95 % Wilson interval of the rate behind it."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


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


def whisker(share: Share | None) -> Whisker | None:
    if share is None:
        return None
    low, value, high = (round(100 * rate, 2) for rate in (share.low, share.value, share.high))
    return Whisker(value, low, high, share.whole, share.whole < FEW)
