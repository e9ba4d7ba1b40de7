"""The counts of one day, from its journeys as columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from analytics.columns.day import Day
from analytics.columns.grouping import Taken, groups, summed
from analytics.columns.measuring import bucketed, expect, measured
from analytics.columns.walks import Ints
from analytics.counts.journeys import DAY_US
from analytics.counts.tallies import SUMS
from analytics.models import FIELDS
from analytics.semantics.funnels import Funnel

Gaps = dict[str, dict[str, int]]


class Counted(NamedTuple):
    """How many journeys got exactly this far, of those with this value in a field ("" is all of them)."""

    funnel: str
    field: str
    kind: str
    value: str
    entry: int  # midnights between the start and the first step
    reached: int
    n: int
    revenue_cents: int
    said: int
    missing: int
    gaps: Gaps


def counted(journeys: Day, funnels: Iterable[Funnel]) -> Iterator[Counted]:
    funnels = list(funnels)
    expect(len(funnels) * len(journeys.walks.letters))
    for funnel in funnels:
        reached, gaps, entries = measured(funnel, journeys.walks)
        entry = _days_later(journeys.number("start"), entries)
        taken = Taken(bucketed(gaps))
        for field in ("", *FIELDS):
            for cell in _cells(journeys, field, entry, reached, taken):
                yield Counted(funnel.key, field, *cell)


def _days_later(starts: Ints, entries: Ints) -> Ints:
    return np.where(entries < 0, 0, entries // DAY_US - starts // DAY_US)


def _cells(day: Day, field: str, entry: Ints, reached: Ints, taken: Taken) -> Iterator[tuple[Any, ...]]:
    kinds, values = _coded(day, "kind"), _coded(day, field)
    days, bits = int(entry.max(initial=0)) + 1, int(reached.max(initial=0)) + 1
    group, rows = groups([kinds[0], values[0], entry, reached], [len(kinds[1]), len(values[1]), days, bits])
    found = summed(group, len(rows), {name: day.number(name) for name in SUMS})
    gaps = _gaps(group, len(rows), taken)
    for row, sums, told in zip(rows.tolist(), found, gaps, strict=True):
        yield kinds[1][kinds[0][row]], values[1][values[0][row]], int(entry[row]), int(reached[row]), *sums, told


def _gaps(group: Ints, many: int, taken: Taken) -> list[Gaps]:
    """As tallies.gaps_to has them, of each group."""
    found: list[Gaps] = [{} for _ in range(many)]
    for place, step, bucket, n in taken.counted(group, many):
        found[place].setdefault(str(step), {})[str(bucket)] = n
    return found


def _coded(day: Day, field: str) -> tuple[Ints, Sequence[str]]:
    if not field:
        return np.zeros(len(day.walks), np.int64), [""]
    return day.codes(field).astype(np.int64), day.values(field)
