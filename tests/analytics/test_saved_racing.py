"""A report is changed and filled in while a worker, who has read the old list of reports, counts a day again."""

from threading import Event, Thread

import pytest
from django.db import connection

from analytics import saved
from analytics.counts import counting, recounting
from analytics.counts.counting import count, count_days, touch_days
from analytics.jobs.models import Job
from analytics.jobs.working import work
from analytics.models import FunnelCount, Journey
from analytics.saved.models import SavedReport
from analytics.saved.saving import keep
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, batch

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
PLACES = ("analytics.counts.counting.hold", "analytics.saved.saving.hold", "analytics.saved.backfill.hold")


def raced(monkeypatch) -> list[str]:
    """What is wrong with the counts in the end."""
    store([batch(n, *BOUGHT, at=START + n % 3 * DAY) for n in range(1, 10)])
    count()
    keep(SavedReport(slug="tap", name="Tap", question="Who?", line="select_promotion,purchase"))
    work(patience=60)
    has_read, is_filled_in, problems = Event(), Event(), []

    class Slow:
        """The list of reports as it was, a while ago."""

        @staticmethod
        def counted():
            found = saved.counted()
            has_read.set()
            is_filled_in.wait(timeout=2)  # with the guard, it cannot be before this worker is done
            return found

    def in_thread(act):
        def run():
            try:
                act()
            except Exception as problem:  # noqa: BLE001 - a thread's failure must reach the test
                problems.append(repr(problem))
            finally:
                connection.close()

        return Thread(target=run)

    def fill_in():
        has_read.wait(timeout=10)
        report = SavedReport.objects.get()
        report.line = "select_promotion,add_to_cart,purchase"
        keep(report)
        work(patience=60)
        is_filled_in.set()

    touch_days({min(Journey.objects.values_list("day", flat=True))})
    monkeypatch.setattr(counting, "saved", Slow)
    threads = [in_thread(count_days), in_thread(fill_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.setattr(counting, "saved", saved)
    count_days()
    work(patience=60)
    assert list(Job.objects.values_list("state", flat=True)) == ["done"] * 2
    assert saved.is_counted(saved.find("tap"))
    return problems + recounting.drift().differences


def test_a_report_that_is_changed_while_a_day_is_counted_has_the_counts_of_its_new_version_only(monkeypatch):
    assert raced(monkeypatch) == []
    assert FunnelCount.objects.filter(funnel=saved.find("tap").key, field="").values("day").distinct().count() == 3


def test_without_the_lock_counts_of_the_old_version_stay_for_good(monkeypatch):
    """SQLite has one writer and needs none."""
    for place in PLACES:
        monkeypatch.setattr(place, lambda alone: None)
    left = any("should not be there" in problem for problem in raced(monkeypatch))
    assert left is (connection.vendor == "postgresql")
