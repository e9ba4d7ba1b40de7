"""How often something may be done by the same buyer."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from shop.errors import TooOften


def refuse_more(most: int, within: timedelta, rows: QuerySet, at: str, refusal: type[TooOften]) -> None:
    """Raises the refusal when the time `at` of that many rows is not longer ago."""
    if rows.filter(**{f"{at}__gt": timezone.now() - within}).count() >= most:
        raise refusal
