"""Saved reports remember what was counted long ago, and never what is no longer true."""

from datetime import date

import pytest

from analytics.answers.questions import Question
from analytics.answers.sources import daily, told
from analytics.columns import answers
from analytics.counts.counting import count
from analytics.models import FunnelCount
from analytics.semantics.funnels import SHOP
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
QUESTIONS = [Question(SHOP, by=by) for by in ((), ("device",), ("kind",), ("video",))]


@pytest.fixture
def week():
    store([batch(1 + day, *BOUGHT, at=START + day * DAY) for day in range(7)])
    count()


def right() -> bool:
    return all(
        told(question) == answers.told(question) and daily(question) == answers.daily(question)
        for question in QUESTIONS
    )


def test_what_was_counted_long_ago_is_read_once(week, django_assert_num_queries):
    with django_assert_num_queries(4):  # what is settled, and the last days
        first = told(QUESTIONS[0])
    with django_assert_num_queries(2) as asked:
        assert told(QUESTIONS[0]) == first
    assert not any("funnelcount" in query["sql"] for query in asked)


def test_when_a_day_changes_the_last_ones_are_read_again_and_no_others(week, django_assert_num_queries):
    told(QUESTIONS[0])
    store([batch(100, *TAPPED, at=START + 6 * DAY)])
    count()
    with django_assert_num_queries(3) as asked:
        assert told(QUESTIONS[0]).total.n == 8
    [read] = [query["sql"] for query in asked if "funnelcount" in query["sql"]]
    assert "2026-09-27" in read
    assert "2026-09-21" not in read


def test_a_sum_that_is_given_away_may_be_changed(week):
    told(QUESTIONS[0]).parts[()].reached.clear()
    assert right()


@pytest.mark.parametrize("day", range(7))
def test_what_happens_on_any_day_is_seen_at_once(week, day):
    assert right()
    store([batch(100, *TAPPED, at=START + day * DAY)])
    count()
    assert told(QUESTIONS[0]).total.n == 8
    assert right()


def test_a_new_day_and_a_day_that_loses_its_journeys_are_seen(week):
    assert right()
    store([batch(50, *WATCHED, at=START + 9 * DAY), batch(51, *WATCHED, at=START - DAY)])
    count()
    assert told(QUESTIONS[0]).total.n == 9
    store([batch(51, *WATCHED, at=START - DAY - 10_000_000)])
    count()
    assert right()


def test_periods_are_remembered_apart(week):
    for first, last in [(21, 24), (22, 24), (21, 27), (27, 27), (21, 21)]:
        period = Question(SHOP, date(2026, 9, first), date(2026, 9, last))
        assert told(period).total.n == last - first + 1


def test_counts_that_are_left_when_journeys_are_gone_are_read_too(week):
    FunnelCount.objects.create(funnel="shop", field="", day=date(2020, 1, 1), kind="visitor", reached=1, n=5,
                               revenue_cents=0, gaps={})  # fmt: skip
    assert told(QUESTIONS[0]).total.n == 12
