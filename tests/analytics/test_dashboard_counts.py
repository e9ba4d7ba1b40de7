"""What the dashboard counts: hours, a week ago, what a step costs, the split of an experiment."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.urls import reverse
from scipy.stats import chisquare

from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.counts.counting import count
from analytics.counts.recounting import drift
from analytics.dashboard.figures import Figures, today, weeks
from analytics.dashboard.hours import hours_of
from analytics.dashboard.leaks import leaks, worth
from analytics.dashboard.models import ArmCount, HourCount
from analytics.dashboard.split import count_arms, splits
from analytics.experiments.split import split
from analytics.models import Journey, offsets
from analytics.semantics.funnels import SIX_STAGES
from analytics.semantics.stages import reached
from analytics.semantics.walking import walk
from analytics.simulation import pipeline
from analytics.simulation.arms import control
from analytics.simulation.crowd import Period
from analytics.stats import newcombe
from journey.models import Experiment
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, HOUR, INTERESTED, TAPPED, WATCHED, batch
from tests.analytics.world import END, WORLD
from tests.factories import ArmFactory, ExperimentFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOON_US = round(NOON.timestamp()) * 1_000_000


@pytest.fixture
def ask(admin_client):
    def get():
        answer = admin_client.get(reverse("admin:index"))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


# Counts of hours


@pytest.mark.both
def test_hours_are_what_the_journeys_of_a_day_are():
    store([batch(number, *WATCHED, at=NOON_US) for number in (1, 2)] + [batch(3, *BOUGHT, at=NOON_US + HOUR)])
    count()
    rows = HourCount.objects.order_by("hour", "reached").values_list(
        "day", "hour", "kind", "reached", "n", "buyers", "views", "pages", "orders", "revenue_cents"
    )
    day = NOON.date()
    bought = reached("saAvtKB", 0, list)
    assert list(rows) == [(day, 12, "visitor", 1, 2, 0, 0, 0, 0, 0), (day, 13, "visitor", bought, 1, 1, 0, 1, 1, 1690)]
    assert drift().differences == []
    HourCount.objects.filter(hour=13).delete()
    assert drift().differences == [f"('hour', '{day}', 13, 'visitor', {bought}) is missing"]


def test_reach_is_what_walking_says_of_simulated_journeys():
    pipeline.run(Period.before(END, days=2, seed=3, journeys=150), WORLD, control)
    journeys = list(Journey.objects.all())
    assert len(journeys) > 100
    for one in journeys:
        expected = walk(SIX_STAGES, one.path, offsets(one.pauses)).reached
        assert reached(one.path, one.stop - one.start, partial(offsets, one.pauses)) == expected
    found = sum(hour.n for day in {one.day for one in journeys} for hour in hours_of(day))
    assert found == len(journeys)


def test_a_journey_longer_than_the_window_is_walked():
    path, week = "saAvtKB", 8 * 86_400 * 1_000_000
    pauses = b"".join(n.to_bytes(4, "little") for n in (0, *[4_000_000_000] * (len(path) - 1)))
    assert reached(path, week, lambda: offsets(pauses)) == walk(SIX_STAGES, path, offsets(pauses)).reached


# Today and a week ago


def test_today_is_compared_with_the_same_hours_of_last_week():
    week = 7 * DAY
    at_ten, at_noon = NOON_US - 2 * HOUR, NOON_US
    store([batch(1, *BOUGHT, at=at_ten), batch(2, *WATCHED, at=at_ten), batch(3, *WATCHED, at=at_noon)])
    store([batch(number, *WATCHED, at=at_ten - week) for number in (4, 5, 6)] + [batch(7, *BOUGHT, at=at_noon - week)])
    count()
    compared = today(NOON + timedelta(minutes=40))
    assert compared.title == "Today until 12:00 UTC"
    assert (compared.now, compared.before) == (Figures(2, 1, 0, 1, 1, 1690), Figures(3))
    assert compared.young == 1
    assert compared.difference == (0.5, *newcombe(1, 2, 0, 3))
    assert [change.relative for change in compared.changes] == [-1 / 3, None, None, None, None]


def test_the_first_half_hour_is_not_over_and_at_night_yesterday_is_shown():
    assert today(NOON + timedelta(minutes=29)).title == "Today until 11:00 UTC"
    assert today(NOON.replace(hour=1, minute=10)).title == "Wednesday until 24:00 UTC"


def test_weeks_add_up():
    store([batch(1, *BOUGHT, at=NOON_US), batch(2, *WATCHED, at=NOON_US - 7 * DAY)])
    count()
    compared = weeks(NOON.date())
    assert (compared.now, compared.before) == (Figures(1, 1, 0, 1, 1, 1690), Figures(1))


# What a step costs


def test_a_leak_is_who_was_lost_times_what_those_who_passed_brought():
    store([batch(number, *WATCHED) for number in (1, 2, 3)] + [batch(4, *INTERESTED), batch(5, *TAPPED)])
    store([batch(6, *BOUGHT), batch(7, *BOUGHT)])
    count()
    store([batch(8, *BOUGHT[3:])])  # straight to the product page: in the revenue, and on no step that was lost
    count()
    asked = Question(SIX_STAGES, date(2026, 9, 1), date(2026, 10, 1))
    found = leaks(report(asked), worth(asked))
    brought = 2 * 1690
    assert [(leak.step, leak.lost, leak.cents) for leak in found] == [
        ("Interest", 3, round(3 * brought / 4)),
        ("Purchase", 1, round(1 * brought / 2)),
        ("Link", 1, round(1 * brought / 3)),
    ]
    assert all(leak.low_cents <= leak.cents <= leak.high_cents for leak in found)


def test_without_a_sale_nothing_is_said_of_money():
    store([batch(1, *WATCHED), batch(2, *INTERESTED)])
    count()
    asked = Question(SIX_STAGES, date(2026, 9, 1), date(2026, 10, 1))
    assert leaks(report(asked), worth(asked)) == []


# The split of an experiment


def p_of(observed, weights) -> float:
    return split(observed, weights).p


@pytest.mark.parametrize(
    ("observed", "p"), [((821_588, 815_482), 1.8218e-6), ((44_000, 45_000), 0.000802), ((600, 400), 2.5396e-10)]
)
def test_a_mismatch_is_what_published_examples_say(observed, p):
    assert p_of(dict(zip("ab", observed, strict=True)), {"a": 50, "b": 50}) == pytest.approx(p, rel=1e-3)


def test_a_mismatch_of_uneven_weights_is_that_of_scipy():
    observed, weights = {"a": 812, "b": 205, "c": 190}, {"a": 70, "b": 15, "c": 15}
    expected = [1_207 * share / 100 for share in weights.values()]
    assert p_of(observed, weights) == pytest.approx(chisquare(list(observed.values()), expected).pvalue)


def test_nothing_to_compare_is_no_mismatch_and_an_arm_without_weight_is_one():
    assert p_of({}, {"a": 50, "b": 50}) == 1.0
    assert p_of({"a": 7}, {"a": 50}) == 1.0
    assert p_of({"a": 7, "b": 6, "c": 1}, {"a": 50, "b": 50, "c": 0}) == 0.0


@pytest.mark.both
def test_who_was_exposed_counts_once_in_an_arm_whatever_else_they_are_in(ask):
    experiment = ExperimentFactory(slug="look", state=Experiment.State.RUNNING)
    for slug in ("old", "new"):
        ArmFactory(experiment=experiment, slug=slug, variant=None)
    shown = [(0, Step.VIEW_ITEM, {"exposed": "look"})]
    for number in range(1, 61):
        context = ("phone", "Chrome", "direct", "look=new;more=a" if number > 1 else "look=old")
        store([batch(number, *shown, at=NOON_US, context=context)])
        store([batch(number, *shown, at=NOON_US + DAY, context=(*context[:3], context[3].partition(";")[0]))])
    count()
    count_arms()
    count_arms()
    (found,) = splits()
    assert found.arms == {"old": 1, "new": 59}
    assert found.is_broken
    assert "The split is broken" in ask()
    Experiment.objects.update(state=Experiment.State.STOPPED)
    count_arms()
    assert not ArmCount.objects.exists()
