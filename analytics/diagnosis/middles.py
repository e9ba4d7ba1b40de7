"""The middle of a few numbers, and how sure it is."""

from collections.abc import Sequence
from math import comb
from statistics import median
from typing import NamedTuple

SURE = 0.95


class Middle(NamedTuple):
    value: float
    low: float
    high: float
    n: int


def middle_of(numbers: Sequence[float]) -> Middle:
    """The median, and its interval between two of the numbers themselves, whatever their distribution (Conover 1999,
    3.2): the narrowest pair that lies around it with 95 %. Fewer than six have none: it is all they reach over.
    """
    ordered = sorted(numbers)
    n = len(ordered)
    outside = _outside(n)
    return Middle(median(ordered), ordered[outside], ordered[n - 1 - outside], n)


def _outside(n: int) -> int:
    """How many may be left out on each side: so few of n fall on one side of their median in 2.5 % at most."""
    if n > 1_000:  # the normal curve, which is as near as anybody can see
        return max(0, int(n / 2 - 0.98 * n**0.5))
    ways, most, left_out = 0, (1 - SURE) / 2 * 2**n, 0
    for k in range(n // 2):
        ways += comb(n, k)
        if ways > most:
            break
        left_out = k
    return left_out
