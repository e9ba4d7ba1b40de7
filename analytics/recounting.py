"""All of it again: throw the derived tables away and count, or compare them with what they should be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from analytics.collecting import settle
from analytics.counting import (
    Cell,
    Progress,
    Steps,
    count,
    counts_of,
    journeys_of,
    steps_of,
    stored_journeys,
    touch_days,
)
from analytics.horizons import first_open_day, frozen_before
from analytics.models import FunnelCount, Journey, StepCount, TouchedDay
from journey.models import Participant, Touched
from journey.store import touch

CHUNK = 500
COUNTS = (FunnelCount, StepCount)


@dataclass(slots=True)
class Drift:
    """How many rows were compared, and every difference in words."""

    journeys: int = 0
    counts: int = 0
    differences: list[str] = field(default_factory=list)


def recount_all(progress: Progress = lambda done: None) -> int:
    """Throw journeys and counts away and count everyone again; returns how many participants. Workers may go on.

    What nobody could count again stays.
    """
    with transaction.atomic():
        # Marks first: a worker that holds one finishes before its rows are thrown away.
        for numbers in _participants():
            touch(numbers)
        touch_days(_days())
        Journey.objects.filter(stop__gte=frozen_before()).delete()
        for counts in COUNTS:
            counts.objects.filter(day__gte=first_open_day()).delete()
    return count(CHUNK, progress)


def drift(progress: Progress = lambda done: None) -> Drift:
    """Count everything again in memory and compare, cell by cell. What waits is counted first."""
    settle()
    found = Drift()
    for numbers in _participants():
        _compare_journeys(numbers, found)
        progress(len(numbers))
    _compare_strays(found)
    for day in sorted(_days() - set(TouchedDay.objects.values_list("day", flat=True))):
        _compare_day(day, found)
    return found


def _compare_journeys(participants: list[int], found: Drift) -> None:
    # Who was touched since is about to be counted: that is lag, not drift.
    waiting = set(Touched.objects.filter(participant__in=participants).values_list("participant", flat=True))
    settled = [number for number in participants if number not in waiting]
    wanted = {draft[:2]: draft._asdict() for draft in journeys_of(settled)}
    found.journeys += len(wanted)
    found.differences += _differences(wanted, {draft[:2]: draft._asdict() for draft in stored_journeys(settled)})


def _compare_strays(found: Drift) -> None:
    known = Participant.objects.values("number")
    strays = Journey.objects.exclude(participant__in=known).values_list("participant", "start")
    found.differences += [f"{(number, start)} has no participant" for number, start in strays]


def _compare_day(day: date, found: Drift) -> None:
    stored = FunnelCount.objects.filter(day=day).values_list(*Cell._fields)
    wanted = _by_key(counts_of(day))
    found.counts += len(wanted)
    found.differences += _differences(wanted, _by_key(Cell(*row) for row in stored))
    steps = StepCount.objects.filter(day=day).values_list(*Steps._fields)
    found.differences += _differences(_steps_by_key(steps_of(day)), _steps_by_key(Steps(*row) for row in steps))


def _by_key(cells: Iterable[Cell]) -> dict[Any, dict[str, Any]]:
    return {(cell.funnel, cell.field, str(cell.day), *cell[3:6]): cell._asdict() for cell in cells}


def _steps_by_key(steps: Iterable[Steps]) -> dict[Any, dict[str, Any]]:
    return {(str(step.day), step.kind, step.step): step._asdict() for step in steps}


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


def _days() -> set[date]:
    """Whose counts follow from journeys: those of earlier days are all that is left of them."""
    rows = [model.objects.filter(day__gte=first_open_day()) for model in (Journey, *COUNTS)]
    return {day for some in rows for day in some.values_list("day", flat=True).distinct()}
