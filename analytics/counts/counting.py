"""Events → journeys → counts. What was touched is counted again from the start; nothing is ever added to."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from analytics import saved
from analytics.columns.versions import bump, mark_counted
from analytics.counts.bots import looks_like_a_bot
from analytics.counts.journeys import About, Contexts, Draft, Taken, draft, split, visit_of
from analytics.counts.losses import losses
from analytics.dashboard import hours
from analytics.experiments import counting as experiments
from analytics.experiments.counting import UnitRow
from analytics.keeping.horizons import first_open_day, frozen_before
from analytics.models import FunnelCount, Journey, StepCount, TouchedDay
from analytics.saved.locks import hold
from analytics.semantics.funnels import Funnel
from analytics.videos import counting as videos
from analytics.videos.seen import NOTHING, sights_of
from journey.bulk import insert, unswept
from journey.models import Context, Event, Participant, Touched
from journey.store import touch

if TYPE_CHECKING:
    from analytics.columns.day import Day

VISITOR, BOT = Participant.Kind.VISITOR.value, Participant.Kind.BOT.value
ROWS_A_STATEMENT = 2_000
Progress = Callable[[int], Any]


class Cell(NamedTuple):
    """The row of a count, as plain values; the names are FunnelCount's fields."""

    funnel: str
    field: str
    day: date
    kind: str
    value: str
    entry: int
    reached: int
    n: int
    revenue_cents: int
    said: int
    missing: int
    gaps: dict[str, dict[str, int]]

    def as_row(self) -> tuple[Any, ...]:
        return *self[:2], str(self.day), *self[3:11], orjson.dumps(self.gaps).decode()


class Steps(NamedTuple):
    """The row of a step's count, as plain values; the names are StepCount's fields."""

    day: date
    kind: str
    step: str
    n: int

    def as_row(self) -> tuple[Any, ...]:
        return self._replace(day=str(self.day))  # type: ignore[arg-type]


def count(most: int = 500, progress: Progress = lambda counted: None) -> int:
    """Count what is touched, `most` participants a transaction; returns how many participants that were."""
    counted = count_everyone(most, progress)
    count_days()
    return counted


def count_everyone(most: int, progress: Progress = lambda counted: None) -> int:
    """All who are touched, and not yet their days; `progress` hears how many more participants were counted."""
    counted = 0
    while claimed := count_participants(most):
        counted += claimed
        progress(claimed)
    return counted


def count_participants(most: int) -> int:
    """One transaction: claim touched participants, write the difference to their journeys, mark its days."""
    if not Touched.objects.exists():
        return 0
    with unswept(), transaction.atomic():
        # Two workers never claim the same participant; where rows cannot be locked (SQLite), one waits for the other.
        touched = Touched.objects.select_for_update(skip_locked=True).order_by("participant_id")
        marks = dict(touched.values_list("participant_id", "mark")[:most])
        touch_days(_write_difference(list(marks)))
        Touched.objects.filter(participant__in=marks, mark__in=marks.values()).delete()
    return len(marks)


def recount_participants(numbers: list[int]) -> None:
    """Make the journeys of these right, touched or not. Wants to be in a transaction."""
    touch(numbers)  # whoever counts some of them finishes first, and nobody begins before the transaction ends
    touch_days(_write_difference(numbers))
    Touched.objects.filter(participant__in=numbers).delete()


def count_days() -> None:
    """Rebuild the counts of touched days from journeys, one transaction a day."""
    while TouchedDay.objects.exists() and _count_a_day():
        pass


def _count_a_day() -> bool:
    with unswept(), transaction.atomic():
        hold(alone=False)
        touched = TouchedDay.objects.select_for_update(skip_locked=True).order_by("day").first()
        if touched is None:
            return False
        FunnelCount.objects.filter(day=touched.day).delete()
        insert(FunnelCount, Cell._fields, [cell.as_row() for cell in counts_of(touched.day, saved.counted())])
        StepCount.objects.filter(day=touched.day).delete()
        insert(StepCount, Steps._fields, [steps.as_row() for steps in steps_of(touched.day)])
        hours.rebuild(touched.day)
        videos.rebuild(touched.day)
        mark_counted(touched.day)
        TouchedDay.objects.filter(day=touched.day, mark=touched.mark).delete()
    return True


def touch_days(days: Iterable[date]) -> None:
    """The journeys of these days change: mark their counts as out of date, but for days whose journeys are gone."""
    days, first = sorted(days), first_open_day()
    TouchedDay.objects.bulk_create(
        # Rows in key order: two workers marking the same days in different orders deadlock on PostgreSQL.
        [TouchedDay(day=day, mark=secrets.randbits(62)) for day in days if day >= first],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["mark"],
    )
    bump(days)  # after the marks, as whoever counts a day locks its mark first


class Counted(NamedTuple):
    """What follows from the events of some participants."""

    journeys: set[Draft]
    units: set[UnitRow]


def counted_of(participants: list[int]) -> Counted:
    """Their journeys without those that are frozen, and their part in experiments."""
    counted, funnels = Counted(set(), set()), experiments.asked()
    for walks, drafts, contexts in _drafted(participants):
        counted.units.update(experiments.units_of(walks, drafts, contexts, funnels))
        counted.journeys.update(drafts)
    return counted


def _drafted(participants: list[int]) -> Iterator[tuple[list[list[Taken]], list[Draft], Contexts]]:
    """One participant after the other."""
    frozen = frozen_before()
    people, judged = Participant.objects.in_bulk(participants), _judged_before(participants, frozen)
    closed = videos.closed_of(participants, frozen)
    events = (
        Event.objects.filter(participant_id__in=participants)
        .order_by("participant_id", "at", "trail", "n")
        .annotate(text=Cast("props", TextField()))
        .values_list("participant_id", "at", "step", "context_id", "text", "trail", "n")
    )
    taken = [Taken(*event) for event in events]
    contexts = {
        row[0]: row[1:]
        for row in Context.objects.filter(pk__in={event.context for event in taken}).values_list(
            "pk", "device", "browser", "source", "arms", "campaign"
        )
    }
    for number, walks in groupby(split(taken), lambda walked: walked[0].participant):
        mine = list(walks)
        abouts = _about(people[number], judged.get(number), frozen, mine)
        drafts = (draft(walked, about, contexts) for walked, about in zip(mine, abouts, strict=True))
        sights = sights_of(mine, frozen, closed.get(number, NOTHING))
        known = [journey._replace(sights=text) for journey, text in zip(drafts, sights, strict=True)]
        yield mine, [journey for journey in known if journey.stop >= frozen], contexts


def _about(who: Participant, judged: str | None, frozen: int, walks: list[list[Taken]]) -> Iterator[About]:
    kind = _kind(who, judged, walks)
    gone = who.first_seen if who.first_seen < frozen else None  # what they did then may not be here any more
    for place, (walked, loss) in enumerate(zip(walks, losses(walks), strict=True)):
        yield About(kind, visit_of(walked[0].at, gone, place > 0), who.study, *loss)


def _kind(who: Participant, judged: str | None, walks: list[list[Taken]]) -> str:
    """As what somebody counts. Only a visitor is judged: whose label is known has been imported or invited."""
    if who.kind != VISITOR or who.pinned or who.label:
        return who.kind
    return judged or (BOT if looks_like_a_bot(walks) else VISITOR)


def _judged_before(participants: list[int], frozen: int) -> dict[int, str]:
    """As what those count whose first journeys are frozen: some of what they were judged by may be gone."""
    if frozen <= 0:
        return {}
    stopped = Journey.objects.filter(participant__in=participants, stop__lt=frozen).order_by("stop")
    return dict(stopped.values_list("participant", "kind"))


def stored_journeys(participants: list[int]) -> dict[Draft, int]:
    """The rows of these participants that are not frozen, with their keys."""
    open_ = Journey.objects.filter(participant__in=participants, stop__gte=frozen_before())
    rows = open_.values_list(*Draft._fields, "pk")
    return {Draft(*row[:-1]): row[-1] for row in rows}


def _write_difference(participants: list[int]) -> set[date]:
    """Make the journeys of these participants right; returns the days of what vanished or is new."""
    wanted, units = counted_of(participants)
    stored = stored_journeys(participants)
    gone, new = stored.keys() - wanted, wanted - stored.keys()
    Journey.objects.filter(pk__in=[stored[journey] for journey in gone]).delete()
    insert(Journey, Draft._fields, [journey.as_row() for journey in sorted(new)])
    experiments.write_units(participants, units, frozen_before())
    return {journey.day for journey in gone | new}


def counts_of(day: date, funnels: Sequence[Funnel], journeys: "Day | None" = None) -> list[Cell]:
    """What the counts of these funnels on a day are, from its journeys, in key order."""
    from analytics.columns.daily import counted  # numpy: only where somebody counts
    from analytics.columns.day import built

    found = sorted(counted(journeys or built(day), funnels), key=itemgetter(*range(6)))
    return [Cell(day=day, **one._asdict()) for one in found]


def steps_of(day: date) -> list[Steps]:
    """How often each step was taken in the journeys of a day, in key order."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, path in Journey.objects.filter(day=day).values_list("kind", "path").iterator(chunk_size=ROWS_A_STATEMENT):
        found[kind].update(path)
    return [Steps(day, kind, step, n) for kind, steps in sorted(found.items()) for step, n in sorted(steps.items())]
