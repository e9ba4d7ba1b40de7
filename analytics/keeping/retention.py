"""What was kept for long enough is thrown away: first events, in the end who walked and how, never the counts.

Counts and journeys are computed from what goes here, so a horizon moves before anything is deleted: what lies behind
it is never computed again (horizons.py), and nothing from before is stored any more (journey/admitting.py).
"""

import math
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Min, Model, OuterRef
from django.utils import timezone

from analytics.columns.versions import bump
from analytics.counts.counting import count_days, count_participants
from analytics.counts.journeys import DAY_US, day_of
from analytics.keeping.horizons import first_open_day, frozen_before
from analytics.models import Journey, TouchedDay, Unit
from journey.models import DeadEvent, Event, Forgotten, Horizon, Participant, Touched
from journey.store import touch
from journey.tombstones import hold
from journey.trails import now_us

CHUNK = 500
Name = Horizon.Name
Walk = tuple[int, int, int]  # participant, start, stop


def enforce() -> None:
    """Once or five times, alone or beside others: what is due goes, and the next run finds nothing to do."""
    events, people = settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS
    if kept := [days for days in (events, people) if days]:
        close(now_us() - min(kept) * DAY_US)  # events of somebody who is gone would bring them back
        clear_events()
    if people:
        drop_journeys(now_us() - people * DAY_US)
        _drop_older(Forgotten, "at", people)  # what still arrived of them would be too old by now
    if settings.RETENTION_DEAD_DAYS:
        _drop_older(DeadEvent, "seen_at", settings.RETENTION_DEAD_DAYS)


def close(horizon: int) -> None:
    """From now on no event from before is stored; what was stored is counted first."""
    while count_participants(CHUNK):
        pass  # nearly all of it without holding anybody up
    with transaction.atomic():
        hold(alone=True)
        list(Touched.objects.select_for_update().order_by("pk"))  # another worker may be counting some of them
        while count_participants(CHUNK):
            pass
        Horizon.move(Name.EVENTS, horizon)


def clear_events() -> None:
    """Delete the events of frozen journeys, and remember from which one on there may be some left."""
    frozen, left = frozen_before(), []
    for walks in _begun_before(frozen):
        left += _clear(walks, frozen)
    Horizon.move(Name.CLEARED, min(left, default=frozen))


def _begun_before(frozen: int) -> Iterator[list[Walk]]:
    """The walks that began before, whose events may still be there, a day at a time."""
    walks = Journey.objects.filter(start__gte=Horizon.of(Name.CLEARED)).order_by("start")
    begin = walks.values_list("start", flat=True).first()
    while begin is not None and begin < frozen:
        end = min(begin + DAY_US, frozen)
        yield list(walks.filter(start__gte=begin, start__lt=end).values_list("participant", "start", "stop"))
        begin = walks.filter(start__gte=end).values_list("start", flat=True).first()


def _clear(walks: list[Walk], frozen: int) -> list[int]:
    """Returns the starts of those that are not frozen yet, go on in an open journey, or are being counted by a worker
    that knows no horizon."""
    left = []
    for begin in range(0, len(walks), CHUNK):
        with transaction.atomic():
            some = walks[begin : begin + CHUNK]
            touched = Touched.objects.filter(participant__in={walk[0] for walk in some})
            busy = set(touched.values_list("participant_id", flat=True))
            walking = _walking(some, frozen)
            gone = [walk for walk in some if walk[2] < frozen and walk[0] not in busy and walk not in walking]
            _delete_events(gone)
            left += [start for _, start, stop in set(some) - set(gone)]
    return left


def _walking(walks: list[Walk], frozen: int) -> set[Walk]:
    """Those on whose trail somebody may be walking still, in a journey that is open: without its beginning, it would
    look as if steps had been lost. A trail is good for a day."""
    open_ = Journey.objects.filter(stop__gte=frozen, start__lt=frozen + DAY_US)
    nearby = open_.filter(participant__in={walk[0] for walk in walks}).values_list("participant").annotate(Min("start"))
    next_start: dict[int, int] = dict(nearby)
    return {walk for walk in walks if next_start.get(walk[0], math.inf) <= walk[2] + DAY_US}


def _delete_events(walks: list[Walk]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM journey_event WHERE participant_id = %s AND at BETWEEN %s AND %s", walks)


def drop_journeys(horizon: int) -> None:
    """Delete journeys whole days at a time, when their events are gone, and participants of whom nothing is left."""
    end = min(horizon, Horizon.of(Name.CLEARED)) // DAY_US * DAY_US
    with transaction.atomic():
        if day_of(end) <= first_open_day():
            return
        hold(alone=True)
        _touch_who_goes_on(end)  # before the days: a worker locks those it counts, and then their days
        list(TouchedDay.objects.select_for_update().order_by("pk"))  # nobody counts a day while it loses its journeys
        count_days()
        Horizon.move(Name.JOURNEYS, end)
        gone = Journey.objects.filter(day__lt=day_of(end))
        bump(gone.values_list("day", flat=True).distinct())
        gone.delete()
    _drop_participants(end)


def _touch_who_goes_on(end: int) -> None:
    """What their open journeys say of earlier ones (how long ago a video was seen) is of journeys that go now."""
    open_ = Journey.objects.filter(stop__gte=frozen_before()).values("participant")
    gone = Journey.objects.filter(day__lt=day_of(end), participant__in=open_)
    touch(gone.values_list("participant", flat=True).distinct())


def _drop_participants(horizon: int) -> None:
    theirs = {"participant": OuterRef("pk")}
    alive = [Exists(model._default_manager.filter(**theirs)) for model in (Journey, Event, Touched)]
    gone = Participant.objects.filter(first_seen__lt=horizon).exclude(alive[0] | alive[1] | alive[2])
    numbers = list(gone.values_list("pk", flat=True))
    for begin in range(0, len(numbers), CHUNK):
        with transaction.atomic():
            hold(alone=True)
            some = list(gone.filter(pk__in=numbers[begin : begin + CHUNK]).values_list("pk", flat=True))
            Unit.objects.filter(participant__in=some).delete()
            Participant.objects.filter(pk__in=some).delete()


def _drop_older(model: type[Model], field: str, days: int) -> None:
    model._default_manager.filter(**{f"{field}__lt": timezone.now() - timedelta(days=days)}).delete()
