"""Events → journeys → counts. What was touched is counted again from the start; nothing is ever added to."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import orjson
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from analytics.bots import looks_like_a_bot
from analytics.funnels import FUNNELS
from analytics.horizons import first_open_day, frozen_before
from analytics.journeys import Draft, Taken, draft, split
from analytics.losses import losses
from analytics.models import FIELDS, FunnelCount, Journey, StepCount, TouchedDay, offsets
from analytics.tallies import SUMS, Tally, gaps_to, measured
from analytics.walking import walk
from journey.bulk import insert
from journey.models import Context, Event, Participant, Touched

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
    reached: int
    n: int
    revenue_cents: int
    said: int
    missing: int
    gaps: dict[str, dict[str, int]]

    def as_row(self) -> tuple[Any, ...]:
        return self._replace(day=str(self.day), gaps=orjson.dumps(self.gaps).decode())  # type: ignore[arg-type]


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
    with transaction.atomic():
        # Two workers never claim the same participant; where rows cannot be locked (SQLite), one waits for the other.
        touched = Touched.objects.select_for_update(skip_locked=True).order_by("participant_id")
        marks = dict(touched.values_list("participant_id", "mark")[:most])
        touch_days(_write_difference(list(marks)))
        Touched.objects.filter(participant__in=marks, mark__in=marks.values()).delete()
    return len(marks)


def count_days() -> None:
    """Rebuild the counts of touched days from journeys, one transaction a day."""
    while TouchedDay.objects.exists() and _count_a_day():
        pass


def _count_a_day() -> bool:
    with transaction.atomic():
        touched = TouchedDay.objects.select_for_update(skip_locked=True).order_by("day").first()
        if touched is None:
            return False
        FunnelCount.objects.filter(day=touched.day).delete()
        insert(FunnelCount, Cell._fields, [cell.as_row() for cell in counts_of(touched.day)])
        StepCount.objects.filter(day=touched.day).delete()
        insert(StepCount, Steps._fields, [steps.as_row() for steps in steps_of(touched.day)])
        TouchedDay.objects.filter(day=touched.day, mark=touched.mark).delete()
    return True


def touch_days(days: Iterable[date]) -> None:
    """Mark days as out of date, but for those whose journeys are gone."""
    first = first_open_day()
    TouchedDay.objects.bulk_create(
        # Rows in key order: two workers marking the same days in different orders deadlock on PostgreSQL.
        [TouchedDay(day=day, mark=secrets.randbits(62)) for day in sorted(days) if day >= first],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["mark"],
    )


def journeys_of(participants: list[int]) -> Iterator[Draft]:
    """What the journeys of these participants are, from their events; without those that are frozen."""
    frozen = frozen_before()
    people, judged = Participant.objects.in_bulk(participants), _judged_before(participants, frozen)
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
            "pk", "device", "browser", "source", "arms"
        )
    }
    for number, walks in groupby(split(taken), lambda walked: walked[0].participant):
        mine = list(walks)
        kind = _kind(people[number], judged.get(number), mine)
        drafts = (draft(walked, kind, contexts, loss) for walked, loss in zip(mine, losses(mine), strict=True))
        yield from (journey for journey in drafts if journey.stop >= frozen)


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
    wanted, stored = set(journeys_of(participants)), stored_journeys(participants)
    gone, new = stored.keys() - wanted, wanted - stored.keys()
    Journey.objects.filter(pk__in=[stored[journey] for journey in gone]).delete()
    insert(Journey, Draft._fields, [journey.as_row() for journey in sorted(new)])
    return {journey.day for journey in gone | new}


def counts_of(day: date) -> list[Cell]:
    """What the counts of a day are, from its journeys, in key order."""
    found: dict[tuple[str, str, str, str, int], Tally] = defaultdict(Tally)
    journeys = Journey.objects.filter(day=day).values_list("path", "pauses", *SUMS, "kind", *FIELDS)
    for path, pauses, cents, said, missing, kind, *values in journeys.iterator(chunk_size=ROWS_A_STATEMENT):
        at, sums = offsets(pauses), (cents, said, missing)
        for funnel in FUNNELS.values():
            reached, gaps = measured(walk(funnel, path, at))
            for field, value in zip(("", *FIELDS), ("", *values), strict=True):
                found[funnel.slug, field, kind, value, reached].add_one(reached, sums, gaps)
    return [
        Cell(funnel, field, day, kind, value, reached, tally.n, *tally.sums, gaps_to(tally.gaps))
        for (funnel, field, kind, value, reached), tally in sorted(found.items())
    ]


def steps_of(day: date) -> list[Steps]:
    """How often each step was taken in the journeys of a day, in key order."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, path in Journey.objects.filter(day=day).values_list("kind", "path").iterator(chunk_size=ROWS_A_STATEMENT):
        found[kind].update(path)
    return [Steps(day, kind, step, n) for kind, steps in sorted(found.items()) for step, n in sorted(steps.items())]
