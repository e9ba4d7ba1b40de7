"""Workers that count at the same time, beside others that store, leave what one of them would have left."""

from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connection

from analytics import recounting
from analytics.counting import count
from analytics.models import FunnelCount, Journey, TouchedDay
from journey.models import Touched
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, MINUTE, START, TAPPED, WATCHED, batch

ROUNDS = 24
PEOPLE = range(1, 13)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_counters_beside_two_writers_miss_nothing_and_count_nothing_twice():
    failures, together = [], Barrier(4)

    def in_thread(work):
        def run():
            try:
                for turn in range(ROUNDS):
                    together.wait(timeout=60)
                    work(turn)
            except BrokenBarrierError:
                pass
            except Exception as failure:  # noqa: BLE001 - a thread's failure must reach the test
                failures.append(failure)
                together.abort()
            finally:
                connection.close()

        return Thread(target=run)

    # Later rounds join, split and move the journeys of earlier ones, on three days.
    batches = [
        [batch(number, *taken, at=START + (turn * 7 % 3) * DAY + turn * 11 * MINUTE) for number in PEOPLE]
        for turn, taken in enumerate([WATCHED, TAPPED, BOUGHT] * (ROUNDS // 3))
    ]
    writers = [in_thread(lambda turn: store(batches[turn])), in_thread(lambda turn: store(batches[-1 - turn][::-1]))]
    counters = [in_thread(lambda turn: count(most=3)) for _ in range(2)]
    for thread in writers + counters:
        thread.start()
    for thread in writers + counters:
        thread.join()
    assert failures == []
    count()
    assert recounting.drift().differences == []
    assert not Touched.objects.exists()
    assert not TouchedDay.objects.exists()
    assert (
        sum(FunnelCount.objects.filter(funnel="shop", field="").values_list("n", flat=True)) == Journey.objects.count()
    )
