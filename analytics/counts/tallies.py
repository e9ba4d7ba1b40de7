"""Sums of walks: how many got how far, and how long it took them. A sum of tallies is a tally."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from analytics.semantics.walking import Walked
from analytics.stats import bucket

Gaps = Mapping[int, Mapping[int, int]]  # step → bucket of the time since the last required step → how many
Values = tuple[str, ...]  # one for each field of a split
Sums = tuple[int, int, int]  # the values of these columns, of journeys as well as of counts
SUMS = ("revenue_cents", "said", "missing")


@dataclass(slots=True, eq=False)
class Tally:
    """Its histograms are looked up when somebody asks for them: of thousands of tallies, few are shown."""

    n: int = 0
    revenue_cents: int = 0
    said: int = 0  # steps that were numbered
    missing: int = 0  # steps that never arrived
    reached: Counter[int] = field(default_factory=Counter)  # bits of the steps → how many got exactly there
    waiting: list[Callable[[], Gaps]] = field(default_factory=list)  # gaps that nobody has asked for yet
    known: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))  # and those they have

    @property
    def gaps(self) -> Gaps:
        while self.waiting:
            self.add_gaps(self.waiting.pop()())
        return self.known

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self._all == other._all

    @property
    def _all(self) -> tuple[object, ...]:
        return self.n, self.sums, self.reached, self.gaps

    def add_some(self, reached: int, n: int, sums: Sums) -> None:
        self.n += n
        self._sum(sums)
        self.reached[reached] += n

    def add_gaps(self, gaps: Gaps) -> None:
        for step, histogram in gaps.items():
            mine = self.known[step]
            for name, n in histogram.items():
                mine[name] = mine.get(name, 0) + n

    def add_one(self, reached: int, sums: Sums, gaps: list[tuple[int, int]], n: int = 1) -> None:
        """One walk, as `measured` tells it; or none, which is worth something all the same."""
        self.add_some(reached, n, sums)
        for step, name in gaps:
            self.known[step][name] += 1

    def include(self, other: "Tally") -> None:
        self.include_counts(other)
        self.waiting.append(lambda: other.gaps)

    def include_counts(self, other: "Tally") -> None:
        """All but its gaps."""
        self.n += other.n
        self._sum(other.sums)
        for name, n in other.reached.items():
            self.reached[name] = self.reached.get(name, 0) + n

    @property
    def sums(self) -> Sums:
        return self.revenue_cents, self.said, self.missing

    def _sum(self, sums: Sums) -> None:
        self.revenue_cents += sums[0]
        self.said += sums[1]
        self.missing += sums[2]

    def count(self, step: int) -> int:
        return sum(n for reached, n in self.reached.items() if reached >> step & 1)


class Told(NamedTuple):
    """Everything that was asked about as one, and apart by its values; under () where nothing is split."""

    total: Tally
    parts: Mapping[Values, Tally]


def sum_of(tallies: Iterable[Tally], gaps: Callable[[], Gaps] | None = None) -> Tally:
    """`gaps`: theirs together, where that is known without asking each of them."""
    total = Tally(waiting=[gaps] if gaps else [])
    for tally in tallies:
        total.include_counts(tally) if gaps else total.include(tally)
    return total


def gaps_without(whole: Tally, parts: Iterable[Tally]) -> Gaps:
    """The histograms of the rest."""
    found = {step: Counter(histogram) for step, histogram in whole.gaps.items()}
    for part in parts:
        for step, histogram in part.gaps.items():
            found[step].subtract(histogram)
    return {step: +histogram for step, histogram in found.items() if +histogram}


def measured(walked: Walked) -> tuple[int, list[tuple[int, int]]]:
    """How far a walk got, and its gaps as (step, bucket)."""
    return walked.reached, [(step, bucket(gap)) for step, gap in enumerate(walked.gaps) if gap is not None]


def gaps_to(gaps: Gaps) -> dict[str, dict[str, int]]:
    """As JSON, whose names are text; always in the same order."""
    return {
        str(step): {str(name): n for name, n in sorted(histogram.items())} for step, histogram in sorted(gaps.items())
    }


def gaps_in(texts: Iterable[str]) -> Gaps:
    """The sum of what `gaps_to` made, as JSON; names stay text until all is summed up."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for text in texts:
        for step, histogram in orjson.loads(text).items():
            sums = found[step]
            for name, n in histogram.items():
                sums[name] = sums.get(name, 0) + n
    return {int(step): {int(name): n for name, n in histogram.items()} for step, histogram in found.items()}
