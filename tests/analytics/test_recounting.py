"""Everyone is counted again while somebody reads: what is read is never less than everything."""

import pytest

from analytics.answers.questions import Question, funnel_of
from analytics.answers.reports import report
from analytics.counts import recounting
from analytics.counts.counting import count
from analytics.counts.recounting import drift, recount_all
from analytics.models import FunnelCount, Journey
from analytics.semantics.funnels import SHOP, SIX_STAGES
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ASKED = (SIX_STAGES, SHOP, funnel_of("video_start,view_item", "7d", "ordered"))


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr(recounting, "CHUNK", 2)
    store([batch(n, *(BOUGHT, TAPPED, WATCHED)[n % 3], at=START + n % 4 * DAY) for n in range(1, 10)])
    count()


def read():
    return [(answer.units, [line.count for line in answer.lines]) for answer in map(report, map(Question, ASKED))]


def test_who_reads_meanwhile_reads_all_of_it(shop):
    before, seen = read(), []
    assert recount_all(lambda done: seen.append(read())) == 9
    assert seen == [before] * 5
    assert drift().differences == []


class Killed(BaseException):
    """As good as a kill: nothing that was open is committed."""


def test_whoever_is_killed_on_the_way_leaves_everything_there(shop):
    before = read()
    Journey.objects.filter(participant__in=(2, 8)).update(revenue_cents=1)

    def kill(done):
        raise Killed

    with pytest.raises(Killed):
        recount_all(kill)
    assert read() == before
    assert Journey.objects.filter(revenue_cents=1).values_list("participant", flat=True).get() == 8
    assert count() == 0  # nobody waits; the day of who was put right has been counted
    assert recount_all() == 9
    assert drift().differences == []


def test_days_on_which_nobody_is_left_are_emptied(shop):
    FunnelCount.objects.filter(day="2026-09-22").update(day="2026-10-05")
    Journey.objects.filter(participant=1).update(participant=77)
    recount_all()
    assert drift().differences == []
    assert not FunnelCount.objects.filter(day="2026-10-05").exists()
    assert not Journey.objects.filter(participant=77).exists()
