"""Steps that may be taken in any order inside a window. Pure, like funnels."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in any order; equal ones (a class) need as many events as there are of them."""

    steps: tuple[int, ...]
    classes: dict[str, int]  # letter → class, named by the place of its first step in the chain
    needs: tuple[tuple[int, int], ...]  # per place: (class, how many events of the class are needed by then)
    places: dict[int, tuple[int, ...]]  # class → its places

    @classmethod
    def of(cls, letters: Sequence[frozenset[str]], steps: tuple[int, ...]) -> "Chain":
        sets = [letters[k] for k in steps]
        first = [sets.index(wanted) for wanted in sets]
        return cls(
            steps,
            {letter: first[place] for place, wanted in enumerate(sets) for letter in wanted},
            tuple((name, first[: place + 1].count(name)) for place, name in enumerate(first)),
            {name: tuple(place for place, other in enumerate(first) if other == name) for name in first},
        )

    def may_end(self, path: str) -> bool:
        """Whether its last step can be taken at all."""
        return self.possible(path) == len(self.needs)

    def possible(self, path: str) -> int:
        """No more than so many steps can be taken; fewer, where several need an event each."""
        seen = {self.classes.get(letter) for letter in set(path)}
        return next((place for place, (name, _) in enumerate(self.needs) if name not in seen), len(self.needs))

    def complete(self, path: str, at: Sequence[int], window_us: int) -> list[int]:
        """When each step of the furthest prefix was complete, for the window that completes that prefix first."""
        if not at or at[-1] - at[0] <= window_us:  # most walks: nothing ever leaves the window
            return self._moments(path, at)
        have = [0] * len(self.steps)
        depth = best = left = begin = end = 0
        for i, letter in enumerate(path):
            if letter not in self.classes:
                continue
            while at[i] - at[left] > window_us:
                depth = min(depth, self._drop(path[left], have))
                left += 1
            have[self.classes[letter]] += 1
            depth = self._depth(have, depth)
            if depth > best:
                best, begin, end = depth, left, i + 1
        return self._moments(path[begin:end], at[begin:end])

    def _drop(self, letter: str, have: list[int]) -> int:
        """Let an event out of the window; returns the first place that may now be incomplete."""
        name = self.classes.get(letter)
        if name is None:
            return len(self.steps)
        have[name] -= 1
        places = self.places[name]
        return places[have[name]] if have[name] < len(places) else len(self.steps)

    def _depth(self, have: list[int], depth: int) -> int:
        while depth < len(self.needs) and have[self.needs[depth][0]] >= self.needs[depth][1]:
            depth += 1
        return depth

    def _moments(self, path: str, at: Sequence[int]) -> list[int]:
        most = self.possible(path)
        have = [0] * len(self.steps)
        moments: list[int] = []
        for letter, time in zip(path, at, strict=True) if most else ():
            name = self.classes.get(letter)
            if name is not None:
                have[name] += 1
                if (depth := self._depth(have, len(moments))) > len(moments):
                    moments += [time] * (depth - len(moments))
                    if depth == most:
                        break
        return moments
