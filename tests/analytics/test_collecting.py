"""What waits in the stream and in the spool is stored, and one bad batch never holds up the others."""

import orjson
import pytest

from analytics import tasks
from analytics.counts import collecting
from analytics.models import Journey
from journey import sink
from journey.models import DeadEvent, Event, SpooledBatch
from tests.analytics.taken import BOUGHT, WATCHED, batch

pytestmark = pytest.mark.django_db


def test_what_waits_is_stored_and_counted(db):
    for number in range(1, 4):
        sink.send(orjson.loads(batch(number, *WATCHED)))
    SpooledBatch.objects.create(payload=batch(4, *BOUGHT))
    collecting.settle()
    assert Journey.objects.count() == 4
    assert sink.backlog() == (0, 0)
    collecting.settle()
    assert Journey.objects.count() == 4


def test_the_alarm_clock_collects_and_counts():
    sink.send(orjson.loads(batch(1, *BOUGHT)))
    tasks.collect()
    tasks.count()
    assert Journey.objects.get().stage == 5


@pytest.mark.both
def test_a_batch_that_cannot_be_stored_is_kept_and_the_others_go_in():
    bad = batch(2, (0, "video_start", {"video": "a\0b"})), b"{", batch(3, (0, "no_such_step"))
    collecting.keep([batch(1, *WATCHED), *bad, batch(4, *WATCHED)])
    stored = set(Event.objects.values_list("participant_id", flat=True))
    assert stored >= {1, 4}
    assert DeadEvent.objects.count() == 5 - len(stored)
