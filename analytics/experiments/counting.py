"""Units out of a participant's events, and their rows: written as a difference, in the transaction of the journeys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import QuerySet

from analytics.counts.journeys import Contexts, Draft, Taken, day_of
from analytics.experiments.exposures import MARK, Outcome, outcomes
from analytics.experiments.models import Unit
from analytics.semantics.funnels import FUNNELS, Funnel
from journey.bulk import insert
from journey.models import Experiment, Participant


class UnitRow(NamedTuple):
    """The row of a unit, as plain values; the names are Unit's fields."""

    experiment: str
    participant: int
    kind: str
    arm: str
    day: date
    exposed_at: int
    crossed: bool
    device: str
    source: str
    visit: str
    reached: int
    before: int
    goal_us: int | None
    revenue_cents: int
    revenue_before_cents: int
    refund_cents: int
    tickets: int
    errors: int
    purchases: int
    loads: int
    load_ms: int
    gone_to: str
    solved: int
    answered_us: int | None
    browser: str

    def as_row(self) -> tuple[Any, ...]:
        return self._replace(day=str(self.day))  # type: ignore[arg-type]


def asked() -> dict[str, Funnel]:
    """What each experiment that has ever run looks at."""
    begun = Experiment.objects.exclude(state=Experiment.State.DRAFT).values_list("slug", "funnel")
    return {slug: FUNNELS[funnel] for slug, funnel in begun if funnel in FUNNELS}


def units_of(
    walks: Sequence[Sequence[Taken]], drafts: Sequence[Draft], contexts: Contexts, funnels: Mapping[str, Funnel]
) -> Iterator[UnitRow]:
    """The units of one participant, whose walks are all here, with the journeys drafted from them."""
    if funnels and any(event.props and MARK in event.props for walk in walks for event in walk):
        for outcome in outcomes(list(chain.from_iterable(walks)), contexts, funnels):
            # In a journey that is closed, the unit stays as it was left.
            if walk := next((d for d in drafts if d.start <= outcome.exposed_at <= d.stop), None):
                yield _row(outcome, walk)


def _row(outcome: Outcome, walk: Draft) -> UnitRow:
    known = outcome._asdict() | {
        "kind": walk.kind,
        "day": day_of(outcome.exposed_at),
        "device": walk.device,
        "browser": walk.browser,
        "source": walk.source,
        "visit": walk.visit,
    }
    return UnitRow(**known)


def stored_units(participants: list[int], frozen: int) -> dict[UnitRow, int]:
    """Rows that may be counted again: those whose exposure lies where events are still kept."""
    rows = Unit.objects.filter(participant__in=participants, exposed_at__gte=frozen)
    return {UnitRow(*row[:-1]): row[-1] for row in rows.values_list(*UnitRow._fields, "pk")}


def as_left(participants: list[int], wanted: set[UnitRow], frozen: int) -> set[UnitRow]:
    """The units that are to be there: what rests on events that may be gone is as it was left then.

    That is everything of who was exposed before `frozen`, and what others did before their exposure.
    """
    if frozen <= 0 or not wanted:
        return wanted
    rows = Unit.objects.filter(participant__in=participants).values_list(*UnitRow._fields)
    left = {unit[:2]: unit for unit in (UnitRow(*row) for row in rows)}
    old = set(begun_before(frozen).filter(pk__in=participants).values_list("pk", flat=True))
    found = set()
    for unit in wanted:
        stored = left.get(unit[:2])
        if stored and stored.exposed_at < frozen:
            continue
        if stored and unit.participant in old:
            unit = unit._replace(before=stored.before, revenue_before_cents=stored.revenue_before_cents)
        found.add(unit)
    return found


def begun_before(frozen: int) -> "QuerySet[Participant]":
    """Whose first events may be gone."""
    return Participant.objects.filter(first_seen__lt=frozen)


def write_units(participants: list[int], wanted: set[UnitRow], frozen: int) -> None:
    """Make the units of these participants right."""
    wanted, stored = as_left(participants, wanted, frozen), stored_units(participants, frozen)
    Unit.objects.filter(pk__in=[stored[unit] for unit in stored.keys() - wanted]).delete()
    insert(Unit, UnitRow._fields, [unit.as_row() for unit in sorted(wanted - stored.keys(), key=lambda u: u[:2])])
