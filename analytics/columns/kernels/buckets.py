"""Durations to the buckets of stats.bucket, exactly: the first microsecond of each is in a table."""

from math import log
from typing import Any

from analytics.columns.compiled import compiled

Array = Any


@compiled
def bucketed(gaps: Array, firsts: Array, width: float, out: Array) -> None:
    """`firsts[b]`: the first microsecond of bucket b; `width`: the logarithm of how much wider the next one is."""
    last = len(firsts) - 1
    for row in range(gaps.shape[0]):
        for k in range(gaps.shape[1]):
            gap = gaps[row, k]
            if gap < firsts[1]:
                out[row, k] = -1 if gap < 0 else 0
                continue
            b = min(last, 1 + int(log(gap / 1000) / width))
            while gap < firsts[b]:
                b -= 1
            while b < last and gap >= firsts[b + 1]:
                b += 1
            out[row, k] = b


@compiled
def summed(group: Array, sums: Array, table: Array) -> None:
    """`table`: per group how many rows, and the sum of each of three columns."""
    first, second, third = sums
    for row in range(len(group)):
        place = group[row]
        table[place, 0] += 1
        table[place, 1] += first[row]
        table[place, 2] += second[row]
        table[place, 3] += third[row]


@compiled
def counted(group: Array, buckets: Array, table: Array) -> None:
    """`table`: per group, step and bucket."""
    for row in range(buckets.shape[0]):
        for k in range(buckets.shape[1]):
            if buckets[row, k] >= 0:
                table[group[row], k, buckets[row, k]] += 1
