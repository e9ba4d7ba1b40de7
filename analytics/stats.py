"""How sure a number is, and the middle of a histogram. Pure arithmetic."""

from collections.abc import Mapping
from functools import cache
from math import floor, log, sqrt
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
