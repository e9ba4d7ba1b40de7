"""All of it again: count everyone and every day anew, or compare what there is with what it should be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from analytics import saved
from analytics.counts.collecting import settle
from analytics.counts.counting import (
    Cell,
    Progress,
    Steps,
    count_days,
    counted_of,
    counts_of,
    recount_participants,
    steps_of,
    stored_journeys,
    touch_days,
)
from analytics.counts.journeys import Draft
from analytics.dashboard.hours import Hour, hours_of
from analytics.experiments.counting import UnitRow, as_left, stored_units
from analytics.keeping.horizons import first_open_day, frozen_before
from analytics.models import (
    FunnelCount,
    HourCount,
    Journey,
    ProductDay,
    StepCount,
    TouchedDay,
    Uncounted,
    Unit,
    VideoDay,
)
from analytics.saved.locks import hold
from analytics.videos import counting as videos
from journey import tombstones as forgetting
from journey.models import Participant, Touched

CHUNK = 500
COUNTS = (FunnelCount, StepCount, HourCount, VideoDay, ProductDay)


@dataclass(slots=True)
class Drift:
    """How many rows were compared, and every difference in words."""

    journeys: int = 0
    counts: int = 0
    differences: list[str] = field(default_factory=list)


def recount_all(progress: Progress = lambda done: None) -> int:
    """Count everyone again, in steps that each replace the old by the new; returns how many participants.

    Workers and readers may go on, and whoever ends it anywhere leaves every journey and every day as it was, or right.
    What nobody could count again stays.
    """
    counted, last = 0, -1
    while numbers := recount_some(last, CHUNK):
        counted, last = counted + len(numbers), numbers[-1]
        progress(len(numbers))
    with transaction.atomic():
        sweep()
    count_days()
    return counted


def recount_some(after: int, most: int) -> list[int]:
    """One transaction: the journeys of the next participants, by number; returns who that was."""
    with transaction.atomic():
        forgetting.hold(alone=False)  # nobody is forgotten between reading their number and marking it
        later = Participant.objects.filter(number__gt=after).order_by("number")
        numbers = list(later.values_list("number", flat=True)[:most])
        if numbers:
            recount_participants(numbers)
    return numbers


def sweep() -> None:
    """What nobody walked goes, and every day that is open is marked to be counted again. Wants a transaction."""
    nobodys, frozen = ~Exists(Participant.objects.filter(number=OuterRef("participant"))), frozen_before()
    strays = Journey.objects.filter(nobodys, stop__gte=frozen)
    touch_days({*open_days(), *strays.values_list("day", flat=True).distinct()})
    strays.delete()
    Unit.objects.filter(nobodys, exposed_at__gte=frozen).delete()
    keys = {funnel.key for funnel in saved.counted()} | set(Uncounted.objects.values_list("pk", flat=True))
    FunnelCount.objects.exclude(funnel__in=keys).delete()


def drift(progress: Progress = lambda done: None) -> Drift:
    """Count everything again in memory and compare, cell by cell. What waits is counted first."""
    settle()
    found = Drift()
    for numbers in _participants():
        _compare_journeys(numbers, found)
        progress(len(numbers))
    _compare_strays(found)
    for day in sorted(open_days() - set(TouchedDay.objects.values_list("day", flat=True))):
        _compare_day(day, found)
    return found


def _compare_journeys(participants: list[int], found: Drift) -> None:
    # Who was touched since is about to be counted: that is lag, not drift.
    waiting = set(Touched.objects.filter(participant__in=participants).values_list("participant", flat=True))
    settled = [number for number in participants if number not in waiting]
    counted, frozen = counted_of(settled), frozen_before()
    found.journeys += len(counted.journeys)
    found.differences += _differences(_rows(counted.journeys), _rows(stored_journeys(settled)))
    units = as_left(settled, counted.units, frozen)
    found.differences += _differences(_rows(units), _rows(stored_units(settled, frozen)))


def _rows(rows: Iterable[Draft | UnitRow]) -> dict[Any, dict[str, Any]]:
    return {row[:2]: row._asdict() for row in rows}


def _compare_strays(found: Drift) -> None:
    known = Participant.objects.values("number")
    strays = Journey.objects.exclude(participant__in=known).values_list("participant", "start")
    found.differences += [f"{(number, start)} has no participant" for number, start in strays]


def _compare_day(day: date, found: Drift) -> None:
    with transaction.atomic():
        hold(alone=False)  # no report is changed meanwhile
        funnels, waiting = saved.complete(), Uncounted.objects.values("pk")
        stored = list(FunnelCount.objects.filter(day=day).exclude(funnel__in=waiting).values_list(*Cell._fields))
        wanted = _by_key(counts_of(day, funnels))
    found.counts += len(wanted)
    found.differences += _differences(wanted, _by_key(Cell(*row) for row in stored))
    steps = StepCount.objects.filter(day=day).values_list(*Steps._fields)
    found.differences += _differences(_steps_by_key(steps_of(day)), _steps_by_key(Steps(*row) for row in steps))
    hours = HourCount.objects.filter(day=day).values_list(*Hour._fields)
    found.differences += _differences(_hours_by_key(hours_of(day)), _hours_by_key(Hour(*row) for row in hours))
    for _, _, name, _ in videos.TABLES:
        found.differences += _differences(*({_met(row, name): row for row in rows} for rows in videos.days(day, name)))


def _met(row: dict[str, Any], name: str) -> tuple[str, ...]:
    return str(row["day"]), row["kind"], row[name]


def _by_key(cells: Iterable[Cell]) -> dict[Any, dict[str, Any]]:
    return {(cell.funnel, cell.field, str(cell.day), *cell[3:7]): cell._asdict() for cell in cells}


def _steps_by_key(steps: Iterable[Steps]) -> dict[Any, dict[str, Any]]:
    return {(str(step.day), step.kind, step.step): step._asdict() for step in steps}


def _hours_by_key(hours: Iterable[Hour]) -> dict[Any, dict[str, Any]]:
    return {("hour", str(hour.day), *hour[1:4]): hour._asdict() for hour in hours}


def _differences(wanted: dict[Any, dict[str, Any]], stored: dict[Any, dict[str, Any]]) -> Iterator[str]:
    yield from (f"{key} is missing" for key in sorted(wanted.keys() - stored.keys()))
    yield from (f"{key} should not be there" for key in sorted(stored.keys() - wanted.keys()))
    for key in sorted(wanted.keys() & stored.keys()):
        for name, value in wanted[key].items():
            if stored[key][name] != value:
                yield f"{key}: {name} is {stored[key][name]!r} instead of {value!r}"


def _participants() -> Iterator[list[int]]:
    """Everyone's numbers, in key order and in chunks."""
    last = -1
    while numbers := list(
        Participant.objects.filter(number__gt=last).order_by("number").values_list("number", flat=True)[:CHUNK]
    ):
        yield numbers
        last = numbers[-1]


def open_days() -> set[date]:
    """Whose counts follow from journeys: those of earlier days are all that is left of them."""
    rows = [model.objects.filter(day__gte=first_open_day()) for model in (Journey, *COUNTS)]
    return {day for some in rows for day in some.values_list("day", flat=True).distinct()}
