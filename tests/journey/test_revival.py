"""Dead events once more."""

import orjson
import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from journey import revival, sink
from journey.models import DeadEvent, Event
from journey.steps import Step
from journey.store import store
from journey.trails import Context, Trail, now_us

pytestmark = pytest.mark.django_db
REFUSED = {"n": 3, "dt": 7, "step": "teleport", "props": {"video": "waffle"}}


def trail() -> Trail:
    return Trail(5, "visitor", 99, now_us() - 1_000_000, Context("phone", "Chrome", "tiktok", "trust=on"))


def refused(event: dict = REFUSED) -> DeadEvent:
    store([orjson.dumps(trail().batch([(orjson.dumps(event).decode(), "there is no step 'teleport'")]))])
    return DeadEvent.objects.get()


def test_an_event_whose_step_has_come_to_exist_is_stored_where_it_belongs(monkeypatch):
    dead = refused()
    monkeypatch.setitem(Step.named.__func__.__globals__["_BY_NAME"], "teleport", Step.VIDEO_START)
    assert revival.revive([dead]) == (1, 0)
    event = Event.objects.select_related("context").get()
    assert (event.participant_id, event.trail, event.n, event.step, event.props, event.context.arms) == (
        5, 99, 3, "s", {"video": "waffle"}, "trust=on",
    )  # fmt: skip
    assert not DeadEvent.objects.exists()


def test_what_is_still_refused_stays_dead_with_the_reason_of_today():
    dead = refused()
    DeadEvent.objects.update(reason="of long ago")
    assert revival.revive([dead]) == (0, 1)
    assert (DeadEvent.objects.get().reason, Event.objects.count()) == ("there is no step 'teleport'", 0)


def test_a_whole_batch_that_could_not_be_stored_is_stored_later():
    payload = orjson.dumps(trail().batch() | {"events": [[0, 0, "view_item", {"product": "rose-serum"}]]})
    DeadEvent.keep([DeadEvent.of(payload, "could not be stored: the disk was full")])
    assert revival.revive(DeadEvent.objects.all()) == (1, 0)
    assert (Event.objects.get().step, DeadEvent.objects.count()) == ("v", 0)


@pytest.mark.parametrize("raw", [b"\x00\x01", b"[1]", b"{}", b'{"participant": 1}'])
def test_nonsense_stays_dead(raw):
    DeadEvent.keep([DeadEvent.of(raw, "not a batch")])
    assert revival.revive(DeadEvent.objects.all()) == (0, 1)
    assert DeadEvent.objects.count() == 1


def test_a_batch_that_comes_twice_has_its_dead_once():
    payload = orjson.dumps(trail().batch([("{}", "an event is an object")]))
    store([payload, payload])
    store([payload])
    assert DeadEvent.objects.count() == 1


def test_staff_tries_again_in_the_admin(client):
    client.force_login(User.objects.create_superuser("ada"))
    payload = orjson.dumps(trail().batch() | {"events": [[0, 0, "view_item", {}]]})
    DeadEvent.keep([DeadEvent.of(payload, "could not be stored: the disk was full")])
    chosen = {"action": "try_again", "_selected_action": [DeadEvent.objects.get().pk]}
    answer = client.post(reverse("admin:journey_deadevent_changelist"), chosen, follow=True)
    assert "1 stored; reports count them within seconds." in answer.content.decode()
    assert (Event.objects.count(), DeadEvent.objects.count()) == (1, 0)


def test_an_event_is_dead_through_the_stream_as_it_is_at_the_door():
    sink.send(trail().batch([("{}", "an event is an object")]))
    with sink.drain("test") as waiting:
        store(one.payload for one in waiting)
    assert (DeadEvent.objects.get().participant, DeadEvent.objects.get().envelope["trail"]) == (5, 99)
