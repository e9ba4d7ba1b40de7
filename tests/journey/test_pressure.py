"""As the broker fills up: thinner, then the spool; and it is asked seldom."""

import pytest

from journey import pressure, sink, spool
from journey.models import Event, SpooledBatch
from journey.store import store
from journey.trails import Context, Trail, now_us

pytestmark = pytest.mark.django_db
STEPS = ["video_start", *["video_progress"] * 10, "select_promotion"]


def batch() -> dict:
    trail = Trail(5, "visitor", 99, now_us(), Context())
    for step in STEPS:
        trail.add(step, {"video": "waffle"})
    return trail.batch()


@pytest.fixture
def used(monkeypatch):
    def set_to(share: float) -> None:
        monkeypatch.setattr(pressure.gauge, "read", lambda: share)

    return set_to


def stored() -> list[tuple[int, str, object]]:
    with sink.drain("test") as waiting:
        store(one.payload for one in waiting)
    return [(event.n, event.step, event.props.get("rate")) for event in Event.objects.order_by("n")]


def test_with_room_everything_is_kept(used):
    used(0.69)
    sink.send(batch())
    assert (len(stored()), sink.state()) == (12, "stream")


def test_when_it_fills_up_one_in_five_progress_steps_is_kept_and_says_so_and_no_other_step_is_lost(used):
    used(0.7)
    sink.send(batch())
    assert stored() == [(1, "s", None), (5, "p", 5), (10, "p", 5), (12, "A", None)]
    assert sink.state() == "thinned"


def test_when_it_is_nearly_full_batches_wait_in_the_database(used):
    used(0.9)
    sink.send(batch())
    assert (SpooledBatch.objects.count(), sink.state()) == (1, "spool")
    assert len(stored()) == 12
    assert spool.size() == (0, 0)


def test_the_broker_tells_its_memory_every_other_second_at_most():
    calls = []
    real = pressure.stream

    def counted(patience):
        calls.append(patience)
        return real(patience)

    pressure.stream = counted
    try:
        assert [pressure.gauge.read() < 0.5 for _ in range(20)] == [True] * 20
    finally:
        pressure.stream = real
    assert len(calls) == 1
