"""Pages of a list that may be a million rows long: it is counted up to a bound, and estimated from there on."""

from functools import cached_property
from typing import Any

import orjson
from django.core.paginator import Paginator
from django.db import connections
from django.db.models import QuerySet

PAGES = "admin/analytics/journey/pages.html"  # numbers only
MOST = 10_000  # rows that are counted, and paged through; what is longer is narrowed down or had as a file


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """`count` never exceeds MOST; `total` is what is said, `is_exact` whether that was counted."""

    template_name = PAGES
    may_estimate = True

    @cached_property
    def count(self) -> int:
        return min(self._bounded, MOST)

    @property
    def is_exact(self) -> bool:
        return self._bounded <= MOST

    @cached_property
    def total(self) -> int:
        return self._bounded if self.is_exact else max(estimated(self._rows) if self.may_estimate else 0, MOST)

    @property
    def _rows(self) -> Any:
        return self.object_list

    @cached_property
    def _bounded(self) -> int:
        return int(self._rows.order_by().values("pk")[: MOST + 1].count())


class WholePaginator(Paginator):  # type: ignore[type-arg]
    """Of a set that is known: every row can be paged to."""

    template_name = PAGES
    is_exact = True

    @property
    def total(self) -> int:
        return self.count


def estimated(rows: QuerySet[Any]) -> int:
    """What PostgreSQL's planner expects; 0 where the database does not say."""
    if connections[rows.db].vendor != "postgresql":
        return 0
    plan = orjson.loads(rows.order_by().values("pk").explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])
