"""Intervals that hold at every look: asymptotic confidence sequences.

Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
sequences", arXiv 2103.06476, eq. 9; the two-sided normal mixture.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from analytics.experiments.samples import Effect

ALPHA = 0.05
TUNED_FOR = 5_000  # participants at which the interval is tightest; fixed before an experiment starts


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the effect lies, and the p-value that goes with it: at every look alike when it `holds_always`."""

    value: float
    low: float
    high: float
    p: float
    holds_always: bool = False

    @property
    def positive(self) -> bool:
        return self.low > 0

    @property
    def negative(self) -> bool:
        return self.high < 0


def rho_for(tuned_for: int, alpha: float = ALPHA) -> float:
    """The mixture's parameter that makes the interval tightest at `tuned_for` participants, to 2 %."""
    return sqrt((-2 * log(alpha) + log(1 - 2 * log(alpha))) / tuned_for)


def always_valid(effect: Effect, alpha: float = ALPHA, tuned_for: int = TUNED_FOR) -> Interval:
    """Its interval may be looked at after every participant, and still misses the truth in at most `alpha` of runs.

    half-width = se·√N · √(2(Nρ²+1)/(Nρ)² · ln(√(Nρ²+1)/α)), and p = min(1, √T·exp(−ρ²S/(2T))) with T = Nρ²+1 and
    S = N·d²/se² (both of the whole sample).
    """
    n, rho = effect.n, rho_for(tuned_for, alpha)
    grown = n * rho * rho + 1
    reach = effect.error * sqrt(n) * sqrt(2 * grown / (n * rho) ** 2 * log(sqrt(grown) / alpha))
    evidence = n * (effect.value / effect.error) ** 2
    p = min(1.0, sqrt(grown) * exp(-rho * rho * evidence / (2 * grown)))
    return Interval(effect.value, effect.value - reach, effect.value + reach, p, holds_always=True)
