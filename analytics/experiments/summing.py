"""Units → rows: one query for all sums of an experiment, and those for what the checks ask."""

from collections import defaultdict
from itertools import pairwise

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, NullIf

from analytics.experiments.models import Unit
from analytics.experiments.rows import Row
from analytics.experiments.suspects import Counts, shares_planned
from journey.models import Experiment

CELL = ("arm", "day", "crossed", "reached", "before")
SUSPECTS = ("device", "source", "browser", "day")
MEAN_MS = Cast("load_ms", FloatField()) / NullIf(Cast("loads", FloatField()), Value(0.0))
PAID_BACK = Q(refund_cents__gt=0, purchases__gt=0)  # what was bought before the exposure is no arm's doing
SUMS = {
    "n": Count("pk"),
    "cents": Sum("revenue_cents"),
    "squares": Sum(F("revenue_cents") * F("revenue_cents")),
    "refunded": Count("pk", filter=PAID_BACK),
    "refunded_purchases": Sum("purchases", filter=PAID_BACK),
    "with_error": Count("pk", filter=Q(errors__gt=0)),
    "error_purchases": Sum("purchases", filter=Q(errors__gt=0)),
    "earlier": Sum("revenue_before_cents"),
    "earlier_squares": Sum(F("revenue_before_cents") * F("revenue_before_cents")),
    "both": Sum(F("revenue_cents") * F("revenue_before_cents")),
    "all_tickets": Sum("tickets"),
    "ticket_squares": Sum(F("tickets") * F("tickets")),
    "all_purchases": Sum("purchases"),
    "purchase_squares": Sum(F("purchases") * F("purchases")),
    "products": Sum(F("tickets") * F("purchases")),
    "timed": Count("pk", filter=Q(loads__gt=0)),
    "ms": Sum(MEAN_MS),
    "ms_squares": Sum(MEAN_MS * MEAN_MS),
}


def rows_of(units: "QuerySet[Unit]") -> list[Row]:
    """PostgreSQL adds whole numbers up to decimals, which do not mix with floats."""
    found = units.order_by().values_list(*CELL).annotate(**SUMS)
    return [Row(*row[:6], *(float(total or 0) for total in row[6:])) for row in found]


def planned_shares(experiment: Experiment, units: "QuerySet[Unit]") -> dict[str, float]:
    """Arm → share that was planned; where weights were changed on the way, by who came in under which."""
    phases = [(phase["at"], phase["weights"]) for phase in experiment.phases]
    weights = [w for k, (_, w) in enumerate(phases) if not k or w != phases[k - 1][1]]
    if len(weights) < 2:
        now = {arm.slug: arm.weight for arm in experiment.arms.all()}
        return shares_planned([(1, now)])
    changes = [at for k, (at, w) in enumerate(phases) if k and w != phases[k - 1][1]]
    counted = [units.filter(exposed_at__lt=changes[0]).count()]
    counted += [units.filter(exposed_at__gte=a, exposed_at__lt=b).count() for a, b in pairwise([*changes, 2**62])]
    return shares_planned(list(zip(counted, weights, strict=True)))


def parts_of(units: "QuerySet[Unit]") -> dict[tuple[str, str], dict[str, int]]:
    """(field, value) → arm → participants, of what a broken split may come from."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for field in SUSPECTS:
        for value, arm, n in units.order_by().values_list(field, "arm").annotate(n=Count("pk")):
            found[field, str(value or "(none)")][arm] = n
    return found


def crossed_by_arm(units: "QuerySet[Unit]") -> Counts:
    return dict(units.filter(crossed=True).order_by().values_list("arm").annotate(n=Count("pk")))
