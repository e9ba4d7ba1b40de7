"""Reports and counts from columns are those from journeys, one after the other, on both databases."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from analytics.answers.questions import NONE, Question
from analytics.answers.reports import report, top
from analytics.answers.sources import _from_walks
from analytics.columns import answers
from analytics.columns.measuring import warm_up
from analytics.counts.counting import counts_of
from analytics.counts.journeys import day_of
from analytics.counts.tallies import Tally, sum_of
from analytics.semantics.funnels import FUNNELS, SHOP, SIX_STAGES, Attempt, Order
from tests.analytics import day_twin
from tests.analytics.journeys import lived
from tests.analytics.taken import START
from tests.analytics.test_funnels import A, B, C, D, funnel

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MONDAY = day_of(START)


@pytest.fixture(autouse=True, scope="module")
def _compiled():
    warm_up()


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_of_a_day_are_those_of_its_journeys_one_by_one(seed):
    lived(seed, 200)
    funnels = [*FUNNELS.values(), replace(SHOP, slug="asked", optional=frozenset({1}), attempt=Attempt.FIRST)]
    for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=9)):
        assert counts_of(day, funnels) == day_twin.counts_of(day, funnels)


def check(question):
    total, parts = answers.told(question)
    assert parts == _from_walks(question, lambda one: one.values)
    assert total == sum_of(parts.values())
    days = _from_walks(question, lambda one: (one.day, one.values))
    assert answers.daily(question) == {key: tally for key, tally in days.items() if key[0]}


FUNNELS_ASKED = [
    SIX_STAGES,
    replace(SHOP, order=Order.STRICT),
    funnel(A, frozenset({B, C}), D, window=10_000_000, optional=[1]),
    funnel(A, B, D, without={1: frozenset({C})}, attempt=Attempt.FIRST),
]
BYS = [(), ("device",), ("kind",), ("variant",), ("device", "video"), ("experiment:a", "source", "kind", "variant")]
ONLY = [(), (("device", "phone"),), (("video", "ü"), ("variant", "b=2")), (("device", NONE),), (("video", "none"),)]


@pytest.mark.parametrize("unit", ["journey", "participant"])
@pytest.mark.parametrize("by", BYS)
def test_a_question_to_columns_is_answered_as_journeys_answer_it(unit, by):
    lived(5, 150)
    for asked, only in product(FUNNELS_ASKED, ONLY):
        question = Question(asked, by=by, only=only, unit=unit, kinds=frozenset({"visitor", "simulated"}))
        check(question)


@pytest.mark.parametrize("unit", ["journey", "participant"])
def test_days_and_kinds_limit_columns_as_they_limit_journeys(unit):
    lived(6, 150)
    tuesday = MONDAY + timedelta(days=1)
    for first, last in [(None, MONDAY), (tuesday, tuesday), (tuesday, None), (MONDAY - timedelta(days=9), None)]:
        for kinds in ({"bot"}, {"visitor", "bot"}, {"staff"}):
            question = Question(SHOP, first, last, frozenset(kinds), ("device",), unit=unit)
            check(question)


def test_when_there_is_nobody_there_is_nothing():
    for unit in ("journey", "participant"):
        assert answers.told(Question(SHOP, unit=unit)) == (Tally(), {})
        assert answers.daily(Question(SHOP, unit=unit)) == {}


def test_the_rest_of_a_report_is_what_its_segments_are_together():
    lived(5, 150)
    asked = replace(SIX_STAGES, slug="asked")
    answer = report(Question(asked, by=("video", "source"), kinds=frozenset({"visitor", "simulated"})))
    assert len(answer.segments) > 3
    *shown, others = top(answer, 2).segments
    assert shown == answer.segments[:2]
    assert others.tally == sum_of(segment.tally for segment in answer.segments[2:])
    assert answer.total == sum_of(segment.tally for segment in answer.segments)
