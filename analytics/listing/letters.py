"""Whether a step stands in a path, as the database is asked."""

from collections.abc import Iterable

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from journey.steps import Step


def takes(steps: Iterable[Step]) -> Q:
    """Journeys with any of these steps. Not `path__contains`: SQLite's LIKE would take B for b."""
    found = Q()
    for step in sorted(steps):
        found |= Q(GreaterThan(StrIndex(F("path"), Value(step.letter)), 0))
    return found
