"""Which values the columns of journeys have, read from counts: they grow with the catalogue, not with the traffic."""

from collections import defaultdict
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Max, Sum

from analytics.models import FunnelCount
from analytics.semantics.funnels import SIX_STAGES

KEY = "journeys:known-values"
SECONDS = 60
DAYS = 30
MOST = 500  # values of a column; who looks for a rarer one types it
LONGEST = 5_000  # values of all columns together


def known_values() -> dict[str, list[str]]:
    """Column of Journey → its values in the latest 30 days that were counted, the most frequent first."""
    known = cache.get(KEY)
    if known is None:
        known = _read()
        cache.set(KEY, known, SECONDS)
    return dict(known)


def arms() -> list[str]:
    """Every arm on its own, however many a journey was in."""
    return sorted({arm for joined in known_values().get("arms", ()) for arm in joined.split(";")})


def _read() -> dict[str, list[str]]:
    counted = FunnelCount.objects.filter(funnel=SIX_STAGES.slug).exclude(field="")
    latest = counted.aggregate(day=Max("day"))["day"]
    if latest is None:
        return {}
    recent = counted.filter(day__gt=latest - timedelta(days=DAYS)).exclude(value="")
    often = recent.values("field", "value").annotate(all=Sum("n")).order_by("-all", "value")
    found: dict[str, list[str]] = defaultdict(list)
    for field, value in often.values_list("field", "value")[:LONGEST]:
        if len(found[field]) < MOST:
            found[field].append(value)
    return found
