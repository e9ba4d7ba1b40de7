"""Walks as columns: the letters and times of many, one after the other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Letters = npt.NDArray[np.uint8]
# The bit of each letter. Those of our steps have each their own; others may share one, and then more is looked at.
MARKS = (np.uint64(1) << (np.arange(256, dtype=np.uint64) & np.uint64(63))).view(np.int64)


@dataclass(frozen=True, slots=True)
class Walks:
    """Walk u has the events from `bounds[u]` up to `bounds[u + 1]`."""

    letters: Letters
    at: Ints
    bounds: Ints
    seen: Ints  # per walk, the marks of its letters: a step that none of them takes need not be looked for

    @classmethod
    def of(cls, walks: Sequence[tuple[str, Sequence[int]]]) -> "Walks":
        times = [time for _, at in walks for time in at]
        letters = letters_of([path for path, _ in walks])
        bounds = bounds_of(np.array([len(path) for path, _ in walks], np.int64))
        return cls(letters, sealed(np.array(times, np.int64)), bounds, seen_of(letters, bounds))

    @classmethod
    def joined(cls, some: Sequence["Walks"]) -> "Walks":
        """Those of one, then those of the next."""
        lengths = [np.diff(walks.bounds) for walks in some]
        return cls(
            sealed(np.concatenate([np.zeros(0, np.uint8), *(walks.letters for walks in some)])),
            sealed(np.concatenate([np.zeros(0, np.int64), *(walks.at for walks in some)])),
            bounds_of(np.concatenate([np.zeros(0, np.int64), *lengths])),
            sealed(np.concatenate([np.zeros(0, np.int64), *(walks.seen for walks in some)])),
        )

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def each(self, chosen: Ints) -> Iterator[tuple[str, list[int]]]:
        """Those walks, as walking.py wants them."""
        for begin, end in zip(self.bounds[chosen].tolist(), self.bounds[chosen + 1].tolist(), strict=True):
            yield self.letters[begin:end].tobytes().decode("latin-1"), self.at[begin:end].tolist()

    def regrouped(self, order: Ints, firsts: Ints) -> "Walks":
        """The same walks in another order, and those from `firsts[u]` up to `firsts[u + 1]` joined to one."""
        lengths = np.diff(self.bounds)[order]
        ends = bounds_of(lengths)
        events = np.repeat(self.bounds[:-1][order] - ends[:-1], lengths) + np.arange(ends[-1])
        bounds = np.append(ends[:-1][firsts], ends[-1])
        seen = np.bitwise_or.reduceat(self.seen[order], firsts) if len(firsts) else self.seen[order]
        return Walks(sealed(self.letters[events]), sealed(self.at[events]), sealed(bounds), sealed(seen))


def letters_of(paths: Sequence[str]) -> Letters:
    """One byte a letter; what no step is written with, is no step."""
    return np.frombuffer("".join(paths).encode("latin-1", "replace"), np.uint8)


def seen_of(letters: Letters, bounds: Ints) -> Ints:
    seen = np.zeros(len(bounds) - 1, np.int64)
    some = np.diff(bounds) > 0
    if some.any():
        seen[some] = np.bitwise_or.reduceat(MARKS[letters], bounds[:-1][some])
    return sealed(seen)


def bounds_of(lengths: Ints) -> Ints:
    return sealed(np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64))))


def sealed(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Read-only, as what is read from a file is: compiled code tells the two apart, and is compiled once this way."""
    array.flags.writeable = False
    return array


def everyone(walks: Walks) -> Ints:
    return sealed(np.arange(len(walks)))
