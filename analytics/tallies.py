"""Sums of walks: how many got how far, and how long it took them. A sum of tallies is a tally."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.funnels import Walked
from analytics.stats import bucket

Gaps = Mapping[int, Mapping[int, int]]  # step → bucket of the time since the last required step → how many


@dataclass(slots=True)
class Tally:
    n: int = 0
    revenue_cents: int = 0
    reached: Counter[int] = field(default_factory=Counter)  # bits of the steps → how many got exactly there
    gaps: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, reached: int, n: int, revenue_cents: int, gaps: Gaps) -> None:
        self.n += n
        self.revenue_cents += revenue_cents
        self.reached[reached] += n
        for step, histogram in gaps.items():
            self.gaps[step].update(histogram)

    def add_one(self, reached: int, revenue_cents: int, gaps: list[tuple[int, int]]) -> None:
        """One walk, as `measured` tells it."""
        self.n += 1
        self.revenue_cents += revenue_cents
        self.reached[reached] += 1
        for step, name in gaps:
            self.gaps[step][name] += 1

    def include(self, other: "Tally") -> None:
        self.n += other.n
        self.revenue_cents += other.revenue_cents
        self.reached.update(other.reached)
        for step, histogram in other.gaps.items():
            self.gaps[step].update(histogram)

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
