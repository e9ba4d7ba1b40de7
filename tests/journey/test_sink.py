"""The stream, and the spool behind it."""

import pytest
from django.conf import settings as django_settings

from journey import sink, streams
from journey.models import DeadEvent, Event, SpooledBatch, Touched
from journey.store import store
from journey.trails import Context, Trail, now_us

pytestmark = pytest.mark.django_db


def batch(number: int = 99) -> dict:
    trail = Trail(5, "visitor", number, now_us(), Context())
    trail.begin("view_item", {"product": "rose-serum"})
    return trail.batch()


def drained() -> list[str]:
    with sink.drain("test") as waiting:
        store(one.payload for one in waiting)
    return [one.place for one in waiting]


def test_a_batch_goes_through_the_stream_once():
    sink.send(batch())
    assert [drained(), drained()] == [["stream"], []]
    assert Event.objects.count() == 1


def test_what_was_read_but_not_stored_comes_again(settings):
    sink.send(batch())
    with pytest.raises(RuntimeError), sink.drain("dies"):
        raise RuntimeError("killed before the commit")
    assert drained() == []
    settings.STREAM_IDLE_MS = 0
    assert drained() == ["stream"]


def test_without_a_broker_batches_wait_in_the_database(monkeypatch):
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    sink.send(batch())
    assert SpooledBatch.objects.count() == 1
    assert drained() == ["spool"]
    assert (SpooledBatch.objects.count(), Event.objects.count()) == (0, 1)


def test_a_broker_that_cannot_be_reached_is_left_alone_for_a_while(settings):
    settings.STREAM_URL = "unix:///nowhere/at/all.sock"
    streams.stream.cache_clear()
    try:
        for number in range(3):
            sink.send(batch(number))
        assert (sink.breaker.resting(), SpooledBatch.objects.count()) == (True, 3)
    finally:
        streams.stream.cache_clear()


def test_a_full_spool_takes_nothing(monkeypatch, settings):
    settings.SPOOL_LIMIT = 1
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    sink.send(batch(1))
    with pytest.raises(sink.SinkFull):
        sink.send(batch(2))


def test_a_broken_payload_never_stops_the_others():
    streams.stream().xadd(django_settings.STREAM_KEY, {"batch": b"\x00{not json"})
    sink.send(batch())
    assert drained() == ["stream", "stream"]
    assert (Event.objects.count(), DeadEvent.objects.count()) == (1, 1)


def test_storing_touches_the_participant_with_a_new_mark_each_time():
    sink.send(batch(1))
    drained()
    first = Touched.objects.get().mark
    sink.send(batch(2))
    drained()
    assert Touched.objects.get().mark != first


@pytest.mark.parametrize(
    "change",
    [
        {"participant": 2**63},
        {"trail": "x"},
        {"kind": "ghost"},
        {"context": ["phone"] * 6},
        {"events": [[0, 0, "teleport", {}]]},
        {"events": [[2**31, 0, "view_item", {}]]},
        {"events": [[0]]},
        {"t0": 253_402_300_800_000_000},
    ],
)
def test_a_batch_that_makes_no_sense_is_dead_alone(change):
    sink.send(batch() | change)
    sink.send(batch(1))
    drained()
    assert (Event.objects.count(), DeadEvent.objects.count()) == (1, 1)


def test_whatever_a_view_hands_over_can_be_stored():
    trail = Trail(5, "visitor", 99, now_us(), Context())
    trail.begin("view_item", {"a": "nul\0 and \ud800", "b": 10**30, "c": float("nan"), "d": object})
    sink.send(trail.batch())
    drained()
    props = Event.objects.get().props
    assert (props["a"], props["b"], props["c"], props["d"]) == ("nul� and ?", 2**53, None, "<class 'object'>")


def test_a_context_is_cut_to_its_columns():
    sink.send(batch() | {"context": ["d" * 99, "b" * 99, "s\0" * 99, "a" * 999]})
    drained()
    context = Event.objects.select_related("context").get().context
    assert [len(text) for text in (context.device, context.browser, context.source, context.arms)] == [10, 20, 80, 400]
