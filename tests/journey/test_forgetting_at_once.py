"""Forgetting somebody at the very moment at which something of theirs is being stored."""

import time
from threading import Event as Signal
from threading import Thread

import orjson
import pytest
from django.db import IntegrityError, connection, transaction

from analytics.counts.collecting import settle
from journey import privacy, store
from journey.models import Event
from journey.models.participant import code_of
from journey.privacy import Person
from journey.steps import Step
from journey.trails import Context, Trail, now_us
from tests.journey.known import Known, said_by
from tests.searching import places_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def at_the_same_moment(work, has_looked: Signal, known: Known) -> list[Exception]:
    """Forget them while this work goes on, from when it has looked for a tombstone; returns what went wrong."""
    failures: list[Exception] = []

    def run(part):
        try:
            part()
        except Exception as failure:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(failure)
        finally:
            connection.close()

    working = Thread(target=run, args=[work])
    forgetting = Thread(target=run, args=[lambda: privacy.forget(Person(frozenset({known.number})))])
    working.start()
    assert has_looked.wait(timeout=30)
    forgetting.start()
    working.join()
    forgetting.join()
    return failures


def test_a_batch_that_is_being_stored_right_now_is_waited_for(known, monkeypatch):
    let_in = Signal()

    def slowly(batches, at_once=store._keep_participants):
        let_in.set()  # no tombstone was found, and nothing is written yet
        time.sleep(0.5)
        return at_once(batches)

    monkeypatch.setattr(store, "_keep_participants", slowly)
    late = orjson.dumps(said_by(known.number, "at the same moment"))
    failures = at_the_same_moment(lambda: store.store([late]), let_in, known)
    settle()
    assert failures == []
    assert places_of(*known.needles, "at the same moment") == set()


def test_a_fact_at_the_very_moment_of_forgetting_leaves_no_number_behind(known, monkeypatch):
    """The tombstone is looked for, and then the event is written: without waiting, it would outlive the deletion."""
    looked = Signal()

    def slowly(*args, at_once=store._keep_participants):
        looked.set()
        time.sleep(0.5)
        return at_once(*args)

    monkeypatch.setattr(store, "_keep_participants", slowly)
    trail = Trail(known.number, "visitor", now_us(), now_us(), Context())

    def fact():
        with transaction.atomic():
            store.commit_fact(trail, Step.REQUEST_RETURN, "at-that-moment", {})

    failures = at_the_same_moment(fact, looked, known)
    monkeypatch.undo()
    settle()
    assert failures == []
    assert places_of(known.number, code_of(known.number)) == set()


def test_no_event_is_kept_of_somebody_whose_row_is_gone_although_events_are_not_checked(monkeypatch):
    """The mark of what must be counted points at them as well, once a batch and not once an event."""
    batch = said_by(77, "of nobody")

    def lost(rows) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journey_participant WHERE number = 77")

    monkeypatch.setattr(store, "after_insert", [lost])
    with pytest.raises(IntegrityError):
        store.store([orjson.dumps(batch)])
    assert not Event.objects.exists()
