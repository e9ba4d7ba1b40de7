"""How sure a number is, and the middle of a histogram. Pure arithmetic."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, floor, lgamma, log, sqrt
from statistics import NormalDist

BASE = 1.02  # a bucket is 2 % wide, so its middle is at most 1 % wrong


@cache
def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (1927, without continuity correction); n must not be 0."""
    z, p = _z(confidence), successes / n
    middle = p + z * z / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    # At the ends the exact answer is 0 or 1; rounding would miss it by 1e-17.
    low = 0.0 if successes == 0 else (middle - reach) / whole
    return low, 1.0 if successes == n else (middle + reach) / whole


def newcombe(a: int, m: int, b: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Newcombe's interval (1998, method 10) of the difference a/m - b/n, from the two intervals of Wilson."""
    (low, high), (other_low, other_high) = wilson(a, m, confidence), wilson(b, n, confidence)
    p, q = a / m, b / n
    down, up = sqrt((p - low) ** 2 + (other_high - q) ** 2), sqrt((high - p) ** 2 + (q - other_low) ** 2)
    return p - q - down, p - q + up


def two_shares(a: int, m: int, b: int, n: int) -> tuple[float, float]:
    """z of a/m - b/n with the pooled share, and its two-sided p-value; (0, 1) where nothing differs."""
    pooled = (a + b) / (m + n)
    spread = sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    z = (a / m - b / n) / spread if spread else 0.0
    return z, 2 * NormalDist().cdf(-abs(z))


def q_values(p_values: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg (1995): the share of false discoveries among those that are at least this sure."""
    smallest, q = 1.0, [1.0] * len(p_values)
    for rank, place in sorted(enumerate(sorted(range(len(q)), key=p_values.__getitem__), 1), reverse=True):
        smallest = min(smallest, p_values[place] * len(q) / rank)
        q[place] = smallest
    return q


def odds_ratio(a: int, b: int, c: int, d: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """(a/b)/(c/d) with Woolf's interval (1955); half a unit is added everywhere when one of the four is missing."""
    cells = (a, b, c, d) if all((a, b, c, d)) else (a + 0.5, b + 0.5, c + 0.5, d + 0.5)
    middle = log(cells[0]) - log(cells[1]) - log(cells[2]) + log(cells[3])
    reach = _z(confidence) * sqrt(sum(1 / n for n in cells))
    return exp(middle), exp(middle - reach), exp(middle + reach)


def fisher(a: int, b: int, c: int, d: int) -> float:
    """The two-sided p-value of Fisher's exact test for a table of two rows: all tables that are no likelier."""
    row, column, total = a + b, a + c, a + b + c + d
    ways = _log_ways(total, column)

    def likely(x: int) -> float:
        return exp(_log_ways(row, x) + _log_ways(total - row, column - x) - ways)

    here = likely(a) * (1 + 1e-7)  # as likely as this one, but for rounding
    both = range(max(0, row + column - total), min(row, column) + 1)
    return min(1.0, sum(chance for x in both if (chance := likely(x)) <= here))


def _log_ways(n: int, k: int) -> float:
    """Logarithm of the ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def bucket(us: int) -> int:
    """The bucket of a duration: 0 below a millisecond, then one for every 2 % more."""
    return 0 if us < 1000 else 1 + floor(log(us / 1000) / log(BASE))


def middle_of(bucket: int) -> float:
    """Microseconds in the geometric middle of a bucket."""
    return 0.0 if bucket == 0 else 1000 * BASE ** (bucket - 0.5)


def median(histogram: Mapping[int, int]) -> float | None:
    """The median of bucketed durations in microseconds, exact to 1 %; None when there are none."""
    total = sum(histogram.values())
    if not total:
        return None
    return (_ranked(histogram, (total - 1) // 2) + _ranked(histogram, total // 2)) / 2


def _ranked(histogram: Mapping[int, int], rank: int) -> float:
    for name in sorted(histogram):
        rank -= histogram[name]
        if rank < 0:
            break
    return middle_of(name)
