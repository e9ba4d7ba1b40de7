"""What one arm's outcomes come to: a count, a sum and a sum of squares are enough for every statistic."""

from dataclasses import dataclass
from math import sqrt
from typing import Protocol


class Average(Protocol):
    """Something of `n` participants with a mean and its standard error."""

    @property
    def n(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def error(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Sample:
    """`n` exposed participants and the outcome of each: 0 or 1 for a step, cents for revenue, a time."""

    n: int
    total: float
    squares: float

    @classmethod
    def of_share(cls, reached: int, n: int) -> "Sample":
        """Of `n` exposed, `reached` did it."""
        return cls(n, reached, reached)

    @property
    def mean(self) -> float:
        return self.total / self.n if self.n else 0.0

    @property
    def variance(self) -> float:
        """Of one outcome, unbiased; 0 for fewer than two."""
        if self.n < 2:
            return 0.0
        return max(0.0, (self.squares - self.total * self.total / self.n) / (self.n - 1))

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return sqrt(self.variance / self.n) if self.n else 0.0

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.n + other.n, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True, slots=True)
class Ratio:
    """All of one outcome by all of another, as tickets a purchase; participants are what varies, not purchases."""

    n: int
    total: float
    squares: float
    under: float
    under_squares: float
    both: float  # products of the two

    @property
    def mean(self) -> float:
        return self.total / self.under if self.under else 0.0

    @property
    def error(self) -> float:
        """By the delta method: of the mean of over − ratio·under, as a share of the mean of what is below the line."""
        if self.n < 2 or not self.under:
            return 0.0
        return sqrt(max(0.0, self.spread(self.mean)) / (self.n - 1) / self.n) / (self.under / self.n)

    def spread(self, ratio: float) -> float:
        """Squares of what is above the line less what `ratio` makes of what is below it, of all participants."""
        return self.squares - 2 * ratio * self.both + ratio * ratio * self.under_squares

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(
            self.n + other.n,
            self.total + other.total,
            self.squares + other.squares,
            self.under + other.under,
            self.under_squares + other.under_squares,
            self.both + other.both,
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference of means relative to the control's mean, and its standard error."""

    value: float
    error: float
    n: int  # participants behind it, both arms together
    is_lift: bool = True  # or the difference itself


def lift(control: Average, treatment: Average, sure: float = 1.96) -> Effect | None:
    """The difference as a share of the control's mean, with its error by the delta method.

    var = vB/muA² + vA·muB²/muA⁴, v = s²/n. None while the control's mean is not clearly away from 0: a ratio with a
    denominator that may be 0 has no interval.
    """
    base = control.mean
    if not base or not treatment.n or abs(base) <= sure * control.error:
        return None
    variance = treatment.error**2 / base**2 + control.error**2 * treatment.mean**2 / base**4
    # An arm in which nobody did it yet, or everybody, varies in nothing: its lift would look certain at once.
    variance = variance or _as_one(control, treatment) * (1 / control.n + 1 / treatment.n) / base**2
    return Effect(treatment.mean / base - 1, sqrt(variance), control.n + treatment.n) if variance else None


def _as_one(control: Average, treatment: Average) -> float:
    """How much one outcome varies if both arms are one: within them, and between them."""
    n = control.n + treatment.n
    mean = (control.n * control.mean + treatment.n * treatment.mean) / n
    return sum(arm.n * (arm.n * arm.error**2 + (arm.mean - mean) ** 2) for arm in (control, treatment)) / n


ONE_OF_TWO = Ratio(2, 1, 1, 2, 2, 1)  # two participants who tried once, and it happened to one of them


def difference(control: Ratio, treatment: Ratio) -> Effect | None:
    """How much lower the treatment is. None while nothing is below one of the lines.

    What is rare happens by chance in one arm only, and the other varies in nothing: so the error is never less than if
    both arms were one, and two more had tried.
    """
    if not control.under or not treatment.under:
        return None
    both = control + treatment + ONE_OF_TWO
    each = max(0.0, both.spread(both.mean)) / both.under  # of one of those below the line
    pooled = each / control.under + each / treatment.under
    variance = max(pooled, control.error**2 + treatment.error**2)
    return Effect(control.mean - treatment.mean, sqrt(variance), control.n + treatment.n, is_lift=False)
