"""What happened beside the steps, arm by arm: where the lost went, how long things took, what support had to do."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from analytics.experiments.drops import Drop, drop_of, worst_step
from analytics.experiments.members import Members, lost_before, url
from analytics.experiments.models import Unit
from analytics.experiments.reading import Results
from analytics.screens.charts import duration


def went_where(found: Results, units: "QuerySet[Unit]", narrowed: Mapping[str, str]) -> Drop | None:
    """Of the lost of all arms before the step that loses most. `narrowed`: what else the lists are asked for."""
    step = worst_step(found.rows, found.funnel)
    if step is None:
        return None
    exposed = {arm.slug: 0 for arm in (found.control, *(compared.arm for compared in found.compared))}
    for row in found.rows:
        if row.arm in exposed:
            exposed[row.arm] += row.n
    lost = lost_before(units, found.funnel, step).order_by().values_list("arm", "gone_to").annotate(n=Count("pk"))

    def link(arm: str, then: str) -> str:
        return url(Members(found.experiment.slug, arm, step, then), narrowed)

    return drop_of([tuple(row) for row in lost], exposed, found.funnel, step, link)


@dataclass(frozen=True, slots=True)
class Support:
    """What one arm's participants asked of support."""

    asked: int
    percent: float
    tickets: int
    solved: int
    waited: str  # until the first answer, the median of those that were solved


def support_of(units: "QuerySet[Unit]", arms: list[str]) -> dict[str, Support]:
    waits = medians(units, "answered_us")
    sums = {
        "n": Count("pk"),
        "asked": Count("pk", filter=Q(tickets__gt=0)),
        "all": Sum("tickets"),
        "done": Sum("solved"),
    }
    found = {row[0]: row[1:] for row in units.order_by().values_list("arm").annotate(**sums)}
    return {arm: _support(found.get(arm, (0, 0, 0, 0)), waits.get(arm, "")) for arm in arms}


def _support(sums: tuple[int, int, int, int], waited: str) -> Support:
    n, asked, tickets, solved = sums
    return Support(asked, 100 * asked / n if n else 0.0, int(tickets or 0), int(solved or 0), waited)


def medians(units: "QuerySet[Unit]", field: str) -> dict[str, str]:
    """Half of an arm's participants of whom it is known took less time."""
    known: dict[str, list[int]] = defaultdict(list)
    for arm, us in units.filter(**{f"{field}__isnull": False}).order_by(field).values_list("arm", field):
        known[arm].append(us)
    return {arm: duration(times[len(times) // 2]) for arm, times in known.items()}
