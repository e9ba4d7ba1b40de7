"""Long work: turns, stops and second tries. That a kill changes nothing is shown in tests/faults."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.counts.counting import count
from analytics.exporting import jobs as event_files
from analytics.exporting.events import Wanted
from analytics.exporting.files import written
from analytics.jobs import files, recount, working
from analytics.jobs.models import LEASE, Job
from analytics.models import FunnelCount, Journey, TouchedDay
from analytics.saved.models import SavedReport
from analytics.saved.saving import keep
from journey.models import Touched
from journey.privacy import Person, forget
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, batch

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def shop():
    store([batch(n, *BOUGHT, at=START + n % 4 * DAY) for n in range(1, 9)])
    count()


@pytest.fixture
def job(shop) -> Job:
    """Four days to count for a new report."""
    return keep(SavedReport(slug="tap", name="Tap", question="Who?", line="select_promotion,purchase"))


def events(form: str) -> Job:
    return event_files.order(form, Wanted(), False, "All events", "ada")


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_is_done_in_as_many_steps_as_it_has_days(job):
    working.work(patience=60)
    assert (now(job).state, now(job).done, now(job).total, now(job).percent) == ("done", 4, 4, 100)
    assert now(job).words == "Counted over 4 days."


def test_a_worker_whose_time_is_over_lets_go_and_the_next_goes_on(job):
    working.work(patience=0)
    assert (now(job).state, now(job).turns, now(job).done) == ("waiting", 1, 1)
    working.work(patience=60)
    assert (now(job).state, now(job).turns, now(job).done) == ("done", 2, 4)


def test_two_jobs_have_their_turns_one_after_the_other(job):
    other = recount.order("ada")
    for done in ((1, 0), (1, 8), (2, 8)):
        working.work(patience=0)
        assert (now(job).done, now(other).done) == done


def test_a_job_that_is_cancelled_does_no_further_step_and_can_go_on(job):
    mine = working.take()
    assert working.step(mine)
    assert working.cancel(job)
    with pytest.raises(working.TakenAway):
        working.step(mine)
    working.work(patience=60)
    assert (now(job).state, now(job).done) == ("cancelled", 1)
    assert working.again(job)
    working.work(patience=60)
    assert (now(job).state, now(job).done) == ("done", 4)


def test_a_job_that_waits_says_for_what(job):
    assert now(job).words == "Waiting for its turn"
    Job.objects.update(created_at=timezone.now() - 2 * LEASE)
    assert now(job).words == "Still waiting for its turn: is a worker running?"
    other = recount.order("ada")
    Job.objects.filter(pk=other.pk).update(state="running", heard_at=timezone.now())
    assert now(job).words == "Waits until other work has had its turn"
    assert working.take() is None


def test_a_worker_that_was_thought_dead_writes_nothing_more(job):
    slow = working.take()
    assert working.take() is None
    Job.objects.update(heard_at=timezone.now() - LEASE - timedelta(seconds=1))
    quick = working.take()
    assert quick.turns == 2
    with pytest.raises(working.TakenAway):
        working.step(slow)
    assert working.step(quick)


def test_a_job_on_which_worker_after_worker_dies_is_given_up_in_words(job):
    for _ in range(3):
        assert working.take()
        Job.objects.update(heard_at=timezone.now() - LEASE - timedelta(seconds=1))
    assert working.take() is None
    assert (now(job).state, now(job).message[:22]) == ("failed", "Workers were stopped a")


def test_everyone_is_counted_again_while_reports_stay_whole(shop):
    rows = list(FunnelCount.objects.order_by("pk").values_list("funnel", "field", "day", "value", "reached", "n"))
    Journey.objects.filter(participant=3).update(path="f", stage=0)
    job = recount.order("ada")
    assert recount.order("bob") == job
    working.work(patience=60)
    assert now(job).message.startswith("Counted 8 participants again")
    assert not Touched.objects.exists()
    assert FunnelCount.objects.count() == len(rows)
    assert TouchedDay.objects.count() == 4
    count()
    again = FunnelCount.objects.order_by("pk").values_list("funnel", "field", "day", "value", "reached", "n")
    assert sorted(again) == sorted(rows)


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_file_of_events_is_what_a_download_would_have_been(shop, form, monkeypatch):
    monkeypatch.setattr("analytics.exporting.events.ROWS_A_READ", 10)
    monkeypatch.setattr("analytics.exporting.parquet.CHUNKS_A_GROUP", 2)
    job = events(form)
    working.work(patience=60)
    assert (now(job).state, now(job).done, now(job).total) == ("done", 56, 56)
    if form == "jsonl":
        assert files.finished(now(job)).read_bytes() == b"".join(written(form, Wanted().chunks()))
        return
    from analytics.exporting import parquet

    assert [row for _, row in parquet.lines(files.finished(now(job)), lambda size: None)] == _all_rows()


def _all_rows():
    from io import BytesIO

    import pyarrow.parquet as pq

    from analytics.exporting import columns

    table = pq.read_table(BytesIO(b"".join(written("parquet", Wanted().chunks()))))
    return [columns.line(row) for row in table.to_pylist()]


def test_what_stands_behind_the_place_of_a_file_is_cut_off(shop):
    job = events("jsonl")
    files.path_of(job, "jsonl").write_bytes(b"torn by a kill")
    working.work(patience=60)
    assert files.finished(now(job)).read_bytes() == b"".join(written("jsonl", Wanted().chunks()))


def test_no_file_of_events_outlives_the_forgetting_of_somebody(shop, django_capture_on_commit_callbacks):
    done, going_on = events("jsonl"), events("parquet")
    working.work(patience=60)
    Job.objects.filter(pk=going_on.pk).update(state="waiting", place="1 1 1 1")
    with django_capture_on_commit_callbacks(execute=True):
        forget(Person(frozenset({3})))
    assert list(files.folder().iterdir()) == []
    assert (now(done).file, now(done).state, now(done).message[:20]) == ("", "done", "The file was deleted")
    assert (now(going_on).state, now(going_on).place) == ("waiting", "")
    working.work(patience=60)
    assert now(going_on).done == 49


def test_files_are_kept_for_a_week_and_what_nobody_knows_of_goes_at_once(shop):
    job = events("jsonl")
    working.work(patience=60)
    (files.folder() / "0123456789abcdef.jsonl").write_bytes(b"left behind")
    event_files.tidy()
    assert [path.name for path in files.folder().iterdir()] == [f"{job.code}.jsonl"]
    Job.objects.update(ended_at=timezone.now() - event_files.KEPT - timedelta(minutes=1))
    event_files.tidy()
    assert list(files.folder().iterdir()) == []
    assert now(job).words == "The file was kept for long enough."
