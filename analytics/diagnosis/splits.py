"""Experiments whose arms did not fill up as planned, in the days that are asked about: somebody was not counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from analytics.experiments.models import Unit
from analytics.experiments.split import split
from analytics.experiments.summing import planned_shares
from analytics.shares import Share
from journey.models import Experiment

ENOUGH = 100  # participants who were exposed


@dataclass(frozen=True, slots=True)
class Uneven:
    """The arm that is furthest from its planned share of the participants."""

    experiment: str
    arm: str
    got: Share
    planned: float
    p: float


def uneven(first: date | None, last: date, kinds: Collection[str]) -> tuple[Uneven, ...]:
    """The worst first. Counts all who were exposed up to the last day: an experiment is one from its start."""
    begun = Experiment.objects.exclude(started_at=None).filter(started_at__date__lte=last)
    if first:
        begun = begun.filter(Q(stopped_at=None) | Q(stopped_at__date__gte=first))
    found = [_of(one, Unit.objects.of_kinds(kinds).filter(experiment=one.slug, day__lte=last)) for one in begun]
    return tuple(sorted((one for one in found if one), key=lambda one: one.p))


def _of(experiment: Experiment, units: "QuerySet[Unit]") -> Uneven | None:
    people = dict(units.order_by().values_list("arm").annotate(Count("pk")))
    whole = sum(people.values())
    if whole < ENOUGH:
        return None
    planned = planned_shares(experiment, units)
    found = split(people, planned)
    shares = {arm: (Share(people.get(arm, 0), whole), planned.get(arm, 0.0)) for arm in people | planned}
    arm = max(shares, key=lambda one: abs(shares[one][0].value - shares[one][1]))
    return Uneven(experiment.slug, arm, *shares[arm], found.p) if found.broken else None
