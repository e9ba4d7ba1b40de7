"""Workers that count at the same time, beside others that store and one who reads, leave what one would have left."""

import time
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest
from django.db import connection, transaction

from analytics.columns import days
from analytics.columns.versions import versions
from analytics.counts import recounting
from analytics.counts.counting import count, touch_days
from analytics.counts.journeys import day_of
from analytics.jobs.working import work
from analytics.keeping.retention import clear_events, close, drop_journeys
from analytics.models import DayVersion, FunnelCount, Journey, TouchedDay
from analytics.saved.models import SavedReport
from analytics.saved.saving import keep
from journey.models import Touched
from journey.store import store, touch
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, MINUTE, START, TAPPED, WATCHED, batch

ROUNDS = 24
PEOPLE = range(1, 13)


pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def in_thread(work, failures):
    def run():
        try:
            work()
        except BrokenBarrierError:
            pass
        except Exception as failure:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(failure)
        finally:
            connection.close()

    return Thread(target=run)


def all_at_once(*threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_counters_beside_two_writers_miss_nothing_and_count_nothing_twice():
    report = SavedReport(slug="tap", name="Tap", question="Who?", line="select_promotion,purchase")
    keep(report)
    work(patience=60)
    failures, together = [], Barrier(5)

    def in_rounds(act):
        def run():
            try:
                for turn in range(ROUNDS):
                    together.wait(timeout=60)
                    act(turn)
            except Exception:
                together.abort()
                raise

        return in_thread(run, failures)

    # Later rounds join, split and move the journeys of earlier ones, on three days.
    batches = [
        [batch(number, *taken, at=START + (turn * 7 % 3) * DAY + turn * 11 * MINUTE) for number in PEOPLE]
        for turn, taken in enumerate([WATCHED, TAPPED, BOUGHT] * (ROUNDS // 3))
    ]
    all_at_once(
        in_rounds(lambda turn: store(batches[turn])),
        in_rounds(lambda turn: store(batches[-1 - turn][::-1])),
        in_rounds(lambda turn: count(most=3)),
        in_rounds(lambda turn: count(most=3)),
        in_rounds(lambda turn: list(days.between(None, None))),
    )
    assert failures == []
    count()
    assert recounting.drift().differences == []
    assert not Touched.objects.exists()
    assert not TouchedDay.objects.exists()
    assert_everything_is_counted(["shop", report.key])


def assert_everything_is_counted(funnels):
    journeys = Journey.objects.count()
    for funnel in funnels:
        assert sum(FunnelCount.objects.filter(funnel=funnel, field="").values_list("n", flat=True)) == journeys
    assert [counts.__name__ for counts in recounting.COUNTS if not counts.objects.exists()] == []
    assert set(DayVersion.objects.exclude(counted=0).values_list("day", flat=True)) == set(versions())
    assert [len(days.of(*one).walks) for one in versions().items()] == [
        Journey.objects.filter(day=day).count() for day in versions()
    ]


def test_who_throws_journeys_away_waits_for_a_worker_who_counts_and_stops_nobody():
    long_ago, today = now_us() - 30 * DAY, now_us() - 3 * MINUTE
    store([batch(1, *WATCHED, at=long_ago), batch(1, *WATCHED, at=today)])
    count()
    close(now_us() - 10 * DAY)
    clear_events()
    touch([1])
    touch_days({day_of(today)})
    has_claimed, failures = Event(), []

    def worker():
        with transaction.atomic():
            list(Touched.objects.select_for_update())
            has_claimed.set()
            time.sleep(0.5)  # the other one takes what it can get
            touch_days({day_of(today)})

    def cleaner():
        has_claimed.wait(timeout=30)
        drop_journeys(now_us() - 20 * DAY)

    all_at_once(in_thread(worker, failures), in_thread(cleaner, failures))
    assert failures == []
    assert [row.day for row in Journey.objects.all()] == [day_of(today)]
    count()
    assert recounting.drift().differences == []
