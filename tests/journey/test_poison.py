"""What kills its worker is found, alone, and put aside; who stood beside it gets through."""

from contextlib import suppress

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError

from journey import sink, spool, streams
from journey.models import DeadEvent, Event, SpooledBatch
from journey.store import store
from journey.streams import POISON
from tests.journey.test_sink import batch

pytestmark = pytest.mark.django_db
GUILTY = 7


class Killed(BaseException):
    """As kill -9 does: nothing after it runs."""


@pytest.fixture(autouse=True)
def _at_once(settings):
    settings.STREAM_IDLE_MS = 0


def collected(*, by: str) -> str:
    """What one turn of a worker comes to, when the batch of trail 7 kills whoever has it in hand."""
    try:
        with sink.drain(by) as waiting:
            if any(b'"trail":7,' in one.payload for one in waiting):
                raise Killed
            store(one.payload for one in waiting)
    except Killed:
        return "killed"
    return "well" if waiting else "nothing to do"


def in_vain(by: str) -> list[str]:
    """Where the batches waited that a worker could not store."""
    places = []
    with suppress(DatabaseError), sink.drain(by) as waiting:
        places = [one.place for one in waiting]
        raise DatabaseError("away")
    return places


def until_nothing_waits() -> list[str]:
    turns = []
    for turn in range(50):
        turns.append(collected(by=f"worker-{turn}"))
        if turns[-1] == "nothing to do":
            return turns
    raise AssertionError("it never ends")


def test_a_batch_that_kills_its_worker_is_buried_and_its_neighbours_are_stored():
    for number in range(1, 21):
        sink.send(batch(number))
    turns = until_nothing_waits()
    assert turns.count("killed") == POISON
    assert (Event.objects.count(), DeadEvent.objects.count()) == (19, 1)
    assert not Event.objects.filter(trail=GUILTY).exists()
    assert DeadEvent.objects.get().reason == "whoever collected it died, 4 times"
    assert streams.stream().xlen(django_settings.STREAM_KEY) == 0


def test_the_same_in_the_spool(monkeypatch):
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    for number in range(1, 21):
        sink.send(batch(number))
    turns = until_nothing_waits()
    assert turns.count("killed") == POISON
    assert (Event.objects.count(), DeadEvent.objects.count(), SpooledBatch.objects.count()) == (19, 1, 0)


def test_without_going_out_alone_the_neighbours_would_be_buried_with_it(monkeypatch):
    """The guard removed: a lot that killed its worker is handed out as a lot again."""
    monkeypatch.setattr(streams, "SUSPECT", POISON)
    for number in range(1, 21):
        sink.send(batch(number))
    until_nothing_waits()
    assert (Event.objects.count(), DeadEvent.objects.count()) == (0, 20)


@pytest.mark.parametrize("place", ["stream", "spool"])
def test_a_database_that_is_away_for_long_buries_nothing(monkeypatch, place):
    if place == "spool":
        monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    sink.send(batch())
    assert [in_vain(f"worker-{turn}") for turn in range(3 * POISON)] == [[place]] * (3 * POISON)
    with sink.drain("last") as waiting:
        store(one.payload for one in waiting)
    assert (Event.objects.count(), DeadEvent.objects.count()) == (1, 0)


def test_a_spool_is_full_by_rows_and_by_bytes(settings, monkeypatch):
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    sink.send(batch())
    settings.SPOOL_MAX_BYTES = spool.size()[1] + 10
    with pytest.raises(sink.SinkFull):
        sink.send(batch())
    assert spool.size() == (1, settings.SPOOL_MAX_BYTES - 10)
    assert sink.state() == "spool"
    settings.SPOOL_LIMIT = 1
    assert sink.state() == "refused"


def test_an_entry_without_a_batch_is_dead_and_holds_up_nobody():
    streams.stream().xadd(django_settings.STREAM_KEY, {"nonsense": b"x"})
    sink.send(batch())
    assert collected(by="worker") == "well"
    assert (Event.objects.count(), DeadEvent.objects.count()) == (1, 1)


def test_workers_that_are_gone_leave_no_names_behind():
    sink.send(batch())
    assert collected(by="gone") == "well"
    assert streams.forget_dead_consumers(idle_ms=-1) == 1
    assert streams.forget_dead_consumers(idle_ms=-1) == 0
