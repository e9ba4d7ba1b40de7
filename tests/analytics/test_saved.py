"""Saved reports: kept, changed, given up, and never answered from counts that are not complete."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command

from analytics import saved
from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.counts import recounting
from analytics.counts.counting import count, count_days, count_participants
from analytics.exporting.exports import as_json
from analytics.jobs.models import Job, Kind
from analytics.jobs.working import work
from analytics.models import FunnelCount, Uncounted
from analytics.saved.models import SavedReport
from analytics.saved.saving import give_up, keep
from analytics.semantics.funnels import FUNNELS
from analytics.semantics.notation import BadQuestion
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LINE = "select_promotion,view_item:optional,purchase"


@pytest.fixture
def shop():
    store([batch(n, *(BOUGHT, TAPPED, WATCHED)[n % 3], at=START + n % 4 * DAY) for n in range(1, 13)])
    count()


def tap(**changes) -> SavedReport:
    fields = {"slug": "tap", "name": "Tap to buy", "question": "Who taps and does not buy?", "line": LINE}
    return SavedReport(**fields | changes)


def found(funnel) -> list[int]:
    return [line.count for line in report(Question(funnel)).lines]


def test_a_new_report_is_answered_from_journeys_until_its_counts_are_complete(shop):
    keep(tap())
    funnel = saved.find("tap")
    assert (Question(funnel).saved, found(funnel)) == (False, [8, 4, 4])
    work(patience=60)
    assert (Question(funnel).saved, found(funnel)) == (True, [8, 4, 4])
    assert FunnelCount.objects.filter(funnel=funnel.key).exists()


def test_half_of_its_counts_are_never_read(shop):
    keep(tap())
    work(patience=0)
    assert Job.objects.get().done == 1
    funnel = saved.find("tap")
    assert FunnelCount.objects.filter(funnel=funnel.key).exists()
    assert found(funnel) == [8, 4, 4]


@pytest.mark.parametrize("by", [(), ("video",), ("device",)])
def test_its_counts_say_what_a_walk_through_journeys_says(shop, by):
    keep(tap())
    work(patience=60)
    funnel = saved.find("tap")
    asked = replace(funnel, slug="asked")
    assert as_json(report(Question(funnel, by=by))) == as_json(report(Question(asked, by=by)))


def test_an_edit_that_counts_something_else_is_a_new_version_without_the_old_counts(shop):
    keep(tap())
    work(patience=60)
    one = saved.find("tap")
    keep(SavedReport.objects.get())
    assert (saved.find("tap"), SavedReport.objects.get().version) == (one, 1)
    changed = SavedReport.objects.get()
    changed.line = "select_promotion,purchase"
    keep(changed)
    two = saved.find("tap")
    assert (SavedReport.objects.get().version, two.key == one.key) == (2, False)
    assert not FunnelCount.objects.filter(funnel=one.key).exists()
    assert (Question(one).saved, Question(two).saved, found(two)) == (False, False, [8, 4])
    work(patience=60)
    assert (Question(two).saved, found(two), recounting.drift().differences) == (True, [8, 4], [])


def test_other_words_for_the_same_steps_keep_the_counts(shop):
    keep(tap())
    work(patience=60)
    renamed = SavedReport.objects.get()
    renamed.name, renamed.labels = "Tap and buy", ["Tapped", "", "Bought"]
    assert keep(renamed) is None
    funnel = saved.find("tap")
    assert (renamed.version, funnel.labels, Question(funnel).saved) == (1, ("Tapped", "view_item", "Bought"), True)


def test_a_report_that_is_given_up_leaves_no_counts_and_its_job_ends(shop):
    keep(tap())
    give_up(SavedReport.objects.get())
    assert (saved.find("tap"), Uncounted.objects.count()) == (None, 0)
    work(patience=60)
    assert Job.objects.get().state == "cancelled"
    assert set(FunnelCount.objects.values_list("funnel", flat=True)) == set(FUNNELS)


def test_new_steps_are_counted_for_saved_reports_as_for_those_that_are_always_there(shop):
    keep(tap())
    work(patience=60)
    store([batch(99, *BOUGHT, at=START + 9 * DAY)])
    count()
    assert found(saved.find("tap")) == [9, 5, 5]
    assert recounting.drift().differences == []


def test_a_report_of_participants_is_not_counted_by_days(shop):
    assert keep(tap(unit="participant")) is None
    count()
    assert not FunnelCount.objects.exclude(funnel__in=FUNNELS).exists()
    assert Question(saved.find("tap")).saved is False


def test_counting_asks_once_a_day_which_reports_there_are(shop, django_assert_max_num_queries):
    keep(tap())
    store([batch(n, *BOUGHT) for n in range(100, 140)])
    count_participants(500)
    with django_assert_max_num_queries(25) as asked:
        count_days()
    assert len([query for query in asked.captured_queries if "analytics_savedreport" in query["sql"]]) == 1


def test_a_report_that_cannot_be_read_is_refused_and_one_that_no_longer_can_be_is_left_out(shop):
    with pytest.raises(BadQuestion, match="There is no step “teleport”"):
        keep(tap(line="teleport"))
    assert not SavedReport.objects.exists()
    keep(tap())
    SavedReport.objects.update(line="teleport")
    assert set(saved.every_funnel()) == set(FUNNELS)
    count()


def test_the_api_and_the_command_know_saved_reports(shop, admin_client, capsys):
    keep(tap())
    assert [funnel["slug"] for funnel in admin_client.get("/api/funnels/").json()] == [*FUNNELS, "tap"]
    told = admin_client.get("/api/funnels/tap/", {"kind": "all"}).json()
    call_command("funnel", funnel="tap", format="json", kind="all")
    assert json.loads(capsys.readouterr().out) == told
    assert Job.objects.get().kind == Kind.BACKFILL
