"""The versions of days: bumped by whoever changes their journeys, in the same transaction."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from analytics.columns import folder
from analytics.columns.models import DayVersion
from analytics.models import Journey
from journey.trails import now_us


def bump(days: Iterable[date]) -> None:
    """The journeys of these days change. What is on disk of them goes once that is committed."""
    days = sorted(days)  # in key order: two workers that bump the same days in different orders deadlock on PostgreSQL
    if not days:
        return
    DayVersion.objects.bulk_create(
        [DayVersion(day=day, version=secrets.randbits(62), touched_at=now_us()) for day in days],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["version", "touched_at"],
    )
    transaction.on_commit(lambda: folder.remove(days))


def mark_counted(day: date) -> None:
    """The counts of a day have changed."""
    DayVersion.objects.filter(day=day).update(counted=secrets.randbits(62))


def versions(first: date | None = None, last: date | None = None) -> dict[date, int | None]:
    """Every day that has journeys, in order, with its version; None: nobody has touched it."""
    known: dict[date, int] = dict(DayVersion.objects.values_list("day", "version"))
    return {day: known.get(day) for day in days(first, last)}


def version_of(day: date) -> int | None:
    return DayVersion.objects.filter(day=day).values_list("version", flat=True).first()


def days(first: date | None = None, last: date | None = None) -> list[date]:
    """The days that have journeys, each found by one step in the index: DISTINCT would read all of it."""
    table, low, high = Journey._meta.db_table, first or date.min, last or date.max
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found(day) AS (SELECT MIN(day) FROM {table} WHERE day >= %s"  # noqa: S608
            f" UNION ALL SELECT (SELECT MIN(day) FROM {table} WHERE day > found.day) FROM found"
            " WHERE found.day IS NOT NULL) SELECT day FROM found WHERE day IS NOT NULL AND day <= %s",
            [str(low), str(high)],
        )
        found = [row[0] for row in cursor]
    return [day if isinstance(day, date) else date.fromisoformat(day) for day in found]
