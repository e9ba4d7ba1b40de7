"""A line for ratios: as far from a half to 1 as from 1 to 2."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

MOST = 6.0  # doublings to each side: beyond, an interval is cut off


@dataclass(frozen=True, slots=True)
class Scale:
    reach: float  # doublings from the middle, which is 1, to an end

    @classmethod
    def of(cls, ratios: Sequence[float]) -> "Scale":
        return cls(min(MOST, max([1.0, *(abs(log2(ratio)) for ratio in ratios)])))

    def place(self, ratio: float) -> float:
        """In percent of the line."""
        doublings = max(-self.reach, min(self.reach, log2(ratio)))
        return 50 + 50 * doublings / self.reach
