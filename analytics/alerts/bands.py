"""What is usual: a share from the same hours of past weeks, and between which counts the next one should lie. Pure.

A count of an hour is a beta-binomial (Skellam 1948): binomial, but its share differs from week to week by more than
chance, as much as `rho` says. The share is the pooled one without the week that did best and the one that did worst;
`rho` is estimated by moments (Kleinman 1973) from all hours of the past weeks, each against its own place in the week,
with what lies three deviations out cut off, so that an old accident widens no band.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, inf, lgamma
from statistics import median

Pair = tuple[int, int]  # how many could go on, how many did
LEAST_WEEKS = 3
TRIM_FROM = 5  # weeks; of fewer none is left out
LEAST_ON_EACH_SIDE = 5  # who went on, and who did not, in all past weeks together
TRIMMED_LOSS = 1.15  # how much wider the estimate becomes by leaving two of eight out
CUT = 9.0  # three deviations, squared
MEDIAN_SQUARE = 0.4549  # of a standard normal number
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Band:
    """Counts from `low` to `high` are usual."""

    share: float
    low: int
    high: int


def usual(past: Sequence[Pair]) -> Pair | None:
    """The past weeks added up, without the best and the worst; None when they are too few to say anything."""
    weeks = sorted((pair for pair in past if pair[0]), key=lambda pair: pair[1] / pair[0])
    kept = weeks[1:-1] if len(weeks) >= TRIM_FROM else weeks
    n, took = sum(pair[0] for pair in kept), sum(pair[1] for pair in kept)
    if len(weeks) < LEAST_WEEKS or min(took, n - took) < LEAST_ON_EACH_SIDE:
        return None
    return n, took


def overdispersion(places: Iterable[Sequence[Pair]]) -> float:
    """rho of all places in the week: 0 when counts differ by chance alone. Var(took/n) = p(1-p)(1/n + rho)."""
    squares = [square for past in places for square in _squares([pair for pair in past if pair[0]])]
    if not squares:
        return 0.0
    middle = median(square / one_nth for square, one_nth in squares) / MEDIAN_SQUARE
    rho = max(0.0, (middle - 1) * median(one_nth for _, one_nth in squares))
    for _ in range(ROUNDS):
        weights = [1 / (one_nth + rho) ** 2 for _, one_nth in squares]
        cut = [min(square, CUT * (one_nth + rho)) - one_nth for square, one_nth in squares]
        total = sum(weight * excess for weight, excess in zip(weights, cut, strict=True))
        rho = min(max(0.0, total / sum(weights)), 0.5)
    return rho


def _squares(past: Sequence[Pair]) -> list[tuple[float, float]]:
    """Squared distances from the place's own share in units of p(1-p), each with its 1/n."""
    n, took = sum(pair[0] for pair in past), sum(pair[1] for pair in past)
    if len(past) < LEAST_WEEKS or min(took, n - took) < LEAST_ON_EACH_SIDE:
        return []
    p, freedom = took / n, len(past) / (len(past) - 1)
    return [((some / each - p) ** 2 / (p * (1 - p)) * freedom, 1 / each) for each, some in past]


def band(past: Pair, weeks: int, n: int, rho: float, alpha: float) -> Band:
    """Between which counts of `n` the next one lies, but for a chance of `alpha` on each side.

    What is not known of the share itself is part of it: variances add up, so they add to `rho`.
    """
    share = past[1] / past[0]
    wide = min(rho + TRIMMED_LOSS * (1 / past[0] + rho / weeks), 0.9)
    a, b = share * (1 / wide - 1), (1 - share) * (1 / wide - 1)
    return Band(share, _least_usual(n, a, b, alpha), n - _least_usual(n, b, a, alpha))


def _least_usual(n: int, a: float, b: float, alpha: float) -> int:
    """The smallest count that is not rarer, with all below it, than `alpha`."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if at_most(middle, n, a, b) > alpha else (middle + 1, high)
    return low


def at_most(x: int, n: int, a: float, b: float) -> float:
    """The chance that a beta-binomial count of n is at most x, for x on the lower side; above its mean simply 1."""
    if x >= n * a / (a + b):
        return 1.0
    term = exp(_log_chance(x, n, a, b))
    total, k = term, x
    while k > 0 and term > total * 1e-12:
        # The chance of one less, from the chance of this one.
        term *= k * (n - k + b) / ((n - k + 1) * (k - 1 + a)) if k - 1 + a > 0 else inf
        total += term
        k -= 1
    return min(total, 1.0)


def _log_chance(k: int, n: int, a: float, b: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return ways + _log_beta(k + a, n - k + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
