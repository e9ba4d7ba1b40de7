"""How many journeys began in an hour and how far they got: days are too coarse for "the same time last week"."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from analytics.dashboard.models import HourCount
from analytics.models import Journey, offsets
from analytics.semantics.stages import reached
from journey.bulk import insert
from journey.steps import Step

HOUR_US = 3_600_000_000
SUMS = ("n", "buyers", "views", "pages", "orders", "revenue_cents")


class Hour(NamedTuple):
    """The row of an hour, as plain values; the names are HourCount's fields."""

    day: date
    hour: int
    kind: str
    reached: int
    n: int
    buyers: int
    views: int
    pages: int
    orders: int
    revenue_cents: int

    def as_row(self) -> tuple[Any, ...]:
        return self._replace(day=str(self.day))  # type: ignore[arg-type]


@dataclass(slots=True)
class _Sums:
    n: int = 0
    buyers: int = 0
    views: int = 0
    pages: int = 0
    orders: int = 0
    revenue_cents: int = 0

    def add(self, path: str, cents: int) -> None:
        orders = path.count(Step.PURCHASE.letter)
        self.n += 1
        self.buyers += orders > 0
        self.views += path.count(Step.VIDEO_VIEW.letter)
        self.pages += path.count(Step.VIEW_ITEM.letter)
        self.orders += orders
        self.revenue_cents += cents


def hours_of(day: date) -> list[Hour]:
    """What the counts of a day's hours are, from its journeys, in key order."""
    found: dict[tuple[int, str, int], _Sums] = defaultdict(_Sums)
    columns = ("start", "stop", "kind", "path", "pauses", "revenue_cents")
    journeys = Journey.objects.filter(day=day).values_list(*columns)
    for start, stop, kind, path, pauses, cents in journeys.iterator(chunk_size=2_000):
        bits = reached(path, stop - start, partial(offsets, pauses))
        found[start // HOUR_US % 24, kind, bits].add(path, cents)
    return [
        Hour(day, hour, kind, bits, *(getattr(sums, name) for name in SUMS))
        for (hour, kind, bits), sums in sorted(found.items())
    ]


def rebuild(day: date) -> None:
    """Write the counts of a day's hours anew, in the transaction in which its other counts are."""
    HourCount.objects.filter(day=day).delete()
    insert(HourCount, Hour._fields, [hour.as_row() for hour in hours_of(day)])
