"""Sums of walks: how many got how far, and how long it took them. A sum of tallies is a tally."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.stats import bucket
from analytics.walking import Walked

Gaps = Mapping[int, Mapping[int, int]]  # step → bucket of the time since the last required step → how many
Sums = tuple[int, int, int]  # the values of these columns, of journeys as well as of counts
SUMS = ("revenue_cents", "said", "missing")


@dataclass(slots=True)
class Tally:
    n: int = 0
    revenue_cents: int = 0
    said: int = 0  # steps that were numbered
    missing: int = 0  # steps that never arrived
    reached: Counter[int] = field(default_factory=Counter)  # bits of the steps → how many got exactly there
    gaps: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, reached: int, n: int, sums: Sums, gaps: Gaps) -> None:
        self.n += n
        self._sum(sums)
        self.reached[reached] += n
        for step, histogram in gaps.items():
            self.gaps[step].update(histogram)

    def add_one(self, reached: int, sums: Sums, gaps: list[tuple[int, int]]) -> None:
        """One walk, as `measured` tells it."""
        self.n += 1
        self._sum(sums)
        self.reached[reached] += 1
        for step, name in gaps:
            self.gaps[step][name] += 1

    def include(self, other: "Tally") -> None:
        self.n += other.n
        self._sum(other.sums)
        self.reached.update(other.reached)
        for step, histogram in other.gaps.items():
            self.gaps[step].update(histogram)

    @property
    def sums(self) -> Sums:
        return self.revenue_cents, self.said, self.missing

    def _sum(self, sums: Sums) -> None:
        self.revenue_cents += sums[0]
        self.said += sums[1]
        self.missing += sums[2]

    def count(self, step: int) -> int:
        return sum(n for reached, n in self.reached.items() if reached >> step & 1)


def measured(walked: Walked) -> tuple[int, list[tuple[int, int]]]:
    """How far a walk got, and its gaps as (step, bucket)."""
    return walked.reached, [(step, bucket(gap)) for step, gap in enumerate(walked.gaps) if gap is not None]


def gaps_to(gaps: Gaps) -> dict[str, dict[str, int]]:
    """As JSON, whose names are text; always in the same order."""
    return {
        str(step): {str(name): n for name, n in sorted(histogram.items())} for step, histogram in sorted(gaps.items())
    }


def gaps_from(stored: Mapping[str, Mapping[str, int]]) -> Gaps:
    return {int(step): {int(name): n for name, n in histogram.items()} for step, histogram in stored.items()}
