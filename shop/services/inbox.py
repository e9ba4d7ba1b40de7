"""What stands on top of the inbox: how many wait, how late we are, how satisfied buyers were."""

from datetime import timedelta
from math import sqrt
from statistics import fmean, median, stdev
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from shop.models import Ticket

WEEK = timedelta(days=7)
ENOUGH = 10  # ratings, before an interval says anything


class Satisfaction(NamedTuple):
    """The mean of n ratings from 1 to 5, with its 95 % interval where there are enough of them."""

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def counts(user: object) -> dict[str, int]:
    waiting = Q(waiting_since__isnull=False)
    unsolved = ~Q(status=Ticket.Status.RESOLVED)
    late = Ticket.objects.late().values("pk")
    return Ticket.objects.aggregate(
        waiting=Count("pk", waiting),
        late=Count("pk", Q(pk__in=late)),
        escalated=Count("pk", Q(escalated_at__isnull=False)),
        mine=Count("pk", unsolved & Q(assigned_to=user)),
        unassigned=Count("pk", unsolved & Q(assigned_to=None)),
        resolved=Count("pk", Q(status=Ticket.Status.RESOLVED)),
    )


def first_answer_time() -> timedelta | None:
    """The median of what was first answered within the last seven days."""
    lately = Ticket.objects.filter(first_answer_at__gt=timezone.now() - WEEK)
    waits = [answered - opened for opened, answered in lately.values_list("opened_at", "first_answer_at")]
    return median(waits) if waits else None


def satisfaction() -> Satisfaction:
    ratings = list(Ticket.objects.filter(csat__isnull=False).values_list("csat", flat=True))
    if not ratings:
        return Satisfaction(0)
    mean = fmean(ratings)
    if len(ratings) < ENOUGH:
        return Satisfaction(len(ratings), mean)
    reach = 1.96 * stdev(ratings) / sqrt(len(ratings))
    return Satisfaction(len(ratings), mean, max(1.0, mean - reach), min(5.0, mean + reach))
