"""Times to a step as a small picture: buckets of 2 % drawn together into steps that a person thinks in."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from analytics.stats import middle_of

_S = 1_000_000
EDGES = (  # microseconds, with the words for them
    (0, "0 s"),
    (_S // 2, "0.5 s"),
    (_S, "1 s"),
    (2 * _S, "2 s"),
    (5 * _S, "5 s"),
    (10 * _S, "10 s"),
    (20 * _S, "20 s"),
    (60 * _S, "1 min"),
    (120 * _S, "2 min"),
    (300 * _S, "5 min"),
    (600 * _S, "10 min"),
    (1_800 * _S, "30 min"),
    (3_600 * _S, "1 h"),
    (6 * 3_600 * _S, "6 h"),
    (86_400 * _S, "1 day"),
    (3 * 86_400 * _S, "3 days"),
    (7 * 86_400 * _S, "7 days"),
)
_LIMITS = [us for us, _ in EDGES]


@dataclass(frozen=True, slots=True)
class Bin:
    label: str
    n: int
    height: float  # in percent of the highest


@dataclass(frozen=True, slots=True)
class Histogram:
    n: int
    bins: list[Bin]  # from the first with anybody to the last

    @property
    def width(self) -> int:
        return 10 * len(self.bins)


def histogram(buckets: Mapping[int, int]) -> Histogram | None:
    """None when nobody's time is known."""
    counts = [0] * len(EDGES)
    for bucket, n in buckets.items():
        counts[bisect_right(_LIMITS, middle_of(bucket)) - 1] += n
    filled = [place for place, n in enumerate(counts) if n]
    if not filled:
        return None
    labels = [f"{a} to {b}" for (_, a), (_, b) in pairwise(EDGES)] + [f"over {EDGES[-1][1]}"]
    places = range(filled[0], filled[-1] + 1)
    most = max(counts)
    return Histogram(sum(counts), [Bin(labels[i], counts[i], round(100 * counts[i] / most, 1)) for i in places])
