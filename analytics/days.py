"""Rows that know their day and the kind of participant."""

from collections.abc import Iterable
from datetime import date

from django.db import models


class DayQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def between(self, first: date | None, last: date | None) -> "DayQuerySet":
        """Both days included; None is no limit."""
        rows = self.filter(day__gte=first) if first else self
        return rows.filter(day__lte=last) if last else rows

    def of_kinds(self, kinds: Iterable[str]) -> "DayQuerySet":
        return self.filter(kind__in=sorted(kinds))
