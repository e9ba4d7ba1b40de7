"""The attempt a funnel reports when its steps have an order and nothing but a window limits them: several times as fast
as any other. Pure, like funnels."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """Steps of a funnel that follow each other; `takes` says which of them a letter can be, the last first."""

    steps: tuple[int, ...]
    letters: tuple[frozenset[str], ...]
    takes: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, steps: tuple[int, ...], letters: Sequence[frozenset[str]]) -> "Row":
        last_first = range(len(letters) - 1, -1, -1)
        every = frozenset().union(*letters)
        return cls(steps, tuple(letters), {a: tuple(k for k in last_first if a in letters[k]) for a in every})

    def may_end(self, path: str, done: int) -> bool:
        """Whether its last step can be taken at all, when so many of those before it can."""
        return done >= len(self.steps) - 1 and not self.letters[-1].isdisjoint(path)

    def possible(self, path: str) -> int:
        """How many of its steps can be taken at all."""
        return next((k for k, letters in enumerate(self.letters) if letters.isdisjoint(path)), len(self.letters))

    def best(self, path: str, at: Sequence[int], window_us: int) -> list[int]:
        """Times of the chain that goes furthest, completes earliest and then starts latest."""
        most = self.possible(path)
        if not most:
            return []
        starts: list[int | None] = [None] * len(self.letters)  # per step: the latest start of a chain that got there
        depth = end = 0
        for i, letter in enumerate(path):
            # The last step first, so that one event cannot serve two steps.
            for k in self.takes.get(letter, ()):
                start = starts[k - 1] if k else at[i]
                if start is None or at[i] - start > window_us:
                    continue
                starts[k] = start
                if k == depth:
                    depth, end = k + 1, i
            if depth == most:
                break
        return self._back(path, at, depth, end)

    def _back(self, path: str, at: Sequence[int], depth: int, end: int) -> list[int]:
        """Times of the chain that ends at event `end`, taking the latest event for every step before."""
        times = []
        i = end
        for k in range(depth - 1, -1, -1):
            while path[i] not in self.letters[k]:
                i -= 1
            times.append(at[i])
            i -= 1
        return times[::-1]
