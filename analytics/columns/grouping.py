"""Units that were walked → tallies, a group at a time."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from analytics.columns import measuring
from analytics.columns.walks import Ints, bounds_of, sealed
from analytics.counts.tallies import SUMS, Gaps, Tally

MOST_CELLS = 1 << 22  # that are counted in a table; beyond that, what there is is sorted
CELLS_A_ROW = 16  # an emptier table takes longer to look through than its rows to sort
MOST_NUMBERS = 1 << 40
Counts = Iterator[tuple[int, int, int]]


def groups(codes: Sequence[Ints], sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """A number for every combination of codes that occurs: that of each row, and a row of each."""
    combined, width = codes[0], sizes[0]
    for column, size in zip(codes[1:], sizes[1:], strict=True):
        if width * size > MOST_NUMBERS:
            found, combined = np.unique(combined, return_inverse=True)
            width = len(found)
        combined, width = combined * size + column, width * size
    if width > min(MOST_CELLS, CELLS_A_ROW * len(combined)):
        _, rows, group = np.unique(combined, return_index=True, return_inverse=True)
        return group, rows
    row_of = np.full(width, -1, np.int64)
    row_of[combined] = np.arange(len(combined))
    there = row_of >= 0
    return (np.cumsum(there) - 1)[combined], row_of[there]


class Taken:
    """The gaps there are, as buckets of time, per row and step; -1 is none."""

    def __init__(self, buckets: npt.NDArray[np.int16]) -> None:
        self.buckets = buckets
        self.width = int(buckets.max(initial=0)) + 1  # of a step's buckets

    def counted(self, group: Ints, many: int) -> Iterator[tuple[int, int, int, int]]:
        """Group, step, bucket and how many, in their order."""
        if measuring.is_loaded() and many * self.width <= len(group):
            return self._in_a_table(group, many)
        rows, names = self._sparse
        return ((place, *divmod(name, self.width), n) for place, name, n in counted(group[rows], names))

    def _in_a_table(self, group: Ints, many: int) -> Iterator[tuple[int, int, int, int]]:
        table = measuring.counted(group, self.buckets, many, self.width)
        there = np.nonzero(table)
        return zip(*(numbers.tolist() for numbers in (*there, table[there])), strict=True)

    @cached_property
    def _sparse(self) -> tuple[Ints, Ints]:
        """Of which row, and the step and bucket as one number."""
        rows, steps = np.nonzero(self.buckets >= 0)
        return rows, steps * self.width + self.buckets[rows, steps]


class Grouped:
    """The same, a group at a time."""

    def __init__(self, taken: Taken, group: Ints, many: int) -> None:
        self.taken, self.group, self.many = taken, group, many

    def gaps(self, place: int) -> Gaps:
        rows = self._rows[self._firsts[place] : self._firsts[place + 1]]
        return _gaps(Taken(self.taken.buckets[rows]))

    def all(self) -> Gaps:
        return _gaps(self.taken)

    @cached_property
    def _rows(self) -> Ints:
        """Those of one group, then those of the next. Small numbers are sorted several times as fast."""
        small = np.uint16 if self.many <= 1 << 16 else np.int64
        return np.argsort(self.group.astype(small), kind="stable")

    @cached_property
    def _firsts(self) -> Ints:
        return bounds_of(np.bincount(self.group, minlength=self.many))


def _gaps(taken: Taken) -> Gaps:
    found: dict[int, dict[int, int]] = {}
    for _, step, bucket, n in taken.counted(np.zeros(len(taken.buckets), np.int64), 1):
        found.setdefault(step, {})[bucket] = n
    return found


def tallied(group: Ints, many: int, reached: Ints, taken: Taken, sums: dict[str, Ints]) -> tuple[list[Tally], Grouped]:
    """One for each of `many` groups, and what knows the gaps of all."""
    gaps = Grouped(taken, group, many)
    found = [
        Tally(*numbers, waiting=[partial(gaps.gaps, place)]) for place, numbers in enumerate(summed(group, many, sums))
    ]
    for place, name, n in counted(group, reached):
        found[place].reached[name] = n
    return found, gaps


def summed(group: Ints, many: int, sums: dict[str, Ints]) -> Iterator[tuple[int, int, int, int]]:
    """Of each group how many there are, and its SUMS."""
    if measuring.is_loaded():
        from analytics.columns.kernels import buckets

        table = np.zeros((many, 1 + len(SUMS)), np.int64)
        buckets.summed(group, tuple(sealed(sums[name]) for name in SUMS), table)
        return zip(*table.T.tolist(), strict=True)
    totals = [np.bincount(group, minlength=many), *(_summed(group, sums[name], many) for name in SUMS)]
    return zip(*(total.tolist() for total in totals), strict=True)


def counted(group: Ints, names: Ints) -> Counts:
    """How often each name occurs in each group, in their order."""
    if not len(group):
        return iter(())
    width = int(names.max()) + 1
    cells = group * width + names
    if (int(group.max()) + 1) * width <= min(MOST_CELLS, CELLS_A_ROW * len(cells)):
        every = np.bincount(cells)
        found = np.flatnonzero(every)
        n = every[found]
    else:
        found, n = np.unique(cells, return_counts=True)
    return zip((found // width).tolist(), (found % width).tolist(), n.tolist(), strict=True)


def _summed(group: Ints, numbers: Ints, many: int) -> Ints:
    """Exact: floating numbers hold every whole one up to 2⁵³."""
    return np.bincount(group, numbers, many).astype(np.int64)
