"""Lost steps in reports: what was dropped on purpose is what the pages say, no more and no less."""

import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analytics.answers.questions import Question
from analytics.counts.counting import count
from analytics.counts.recounting import drift
from analytics.instrument.lost_steps import Lost, lost_by, lost_by_arm, two_proportions, unequal
from analytics.models import Journey
from analytics.semantics.funnels import SIX_STAGES
from analytics.simulation import pipeline
from analytics.simulation.arms import control
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import lost
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from shop import catalogue
from tests.analytics.taken import HOUR, batch
from tests.analytics.world import END, WORLD

pytestmark = pytest.mark.django_db

MONTH = Period.before(END, days=3, seed=7, journeys=200)
EVERYONE = Question(SIX_STAGES, kinds=frozenset({"simulated"}))


@pytest.fixture
def ask(admin_client):
    def get(name, **params):
        answer = admin_client.get(reverse(name), params)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


def pages(number, seen, lost=(), context=("phone", "Chrome", "direct", ""), at=0):
    """A page whose browser says so many steps; `lost` numbers of them do not arrive."""
    seen = [(n, Step.VIEW_BLOCK) for n in range(1, seen + 1)]
    return batch(number, (0, Step.VIDEO_START), *seen, at=at or now_us() - HOUR, context=context, lost=lost)


def known_to_be_lost():
    """Per browser: numbers of pages that were dropped though a later number, or the next page, tells of them."""
    dropped = Counter()
    for walk in (walk for _, walks in crowd(MONTH, WORLD, control) for walk in lost(walks) or walks):
        told = {p["trail"]: p["last"] for t in walk.trails for *_, step, p in t.events if step == Step.TRAIL_END}
        for trail in walk.trails:
            arrived = {n for n, *_ in trail.events}
            end = max(told.get(str(trail.number), 0), *arrived, 0)
            dropped[trail.context.browser] += len(set(range(1, end + 1)) - arrived)
    return dropped


@pytest.mark.both
def test_what_a_fault_drops_is_what_is_reported_of_each_browser():
    pipeline.run(MONTH, WORLD, lambda journeys: None, lost)
    dropped = known_to_be_lost()
    assert set(+dropped) == {"Safari"}
    assert {row.name: row.missing for row in lost_by(EVERYONE, "browser") if row.missing} == +dropped
    assert sum(row.missing for row in lost_by(EVERYONE, "day")) == dropped["Safari"] > 50
    assert drift().differences == []


def test_without_a_fault_nothing_is_lost():
    pipeline.run(MONTH, WORLD, lambda journeys: None)
    assert {row.missing for row in lost_by(EVERYONE, "browser")} == {0}


def test_a_fault_is_for_walks_that_need_no_browser():
    catalogue.load()
    with pytest.raises(CommandError, match="lost is for --through pipeline"):
        call_command("simulate", fault="lost", through="http")


def test_a_late_step_is_no_longer_lost():
    store([pages(1, 4, lost=[2, 3])])
    count()
    assert Journey.objects.values_list("said", "missing").get() == (5, 2)
    late = batch(1, *[(n, Step.VIEW_BLOCK) for n in range(4)], at=now_us(), trail=Journey.objects.get().start, lost=[0])
    store([late])
    count()
    assert Journey.objects.values_list("missing", flat=True).first() == 2, "another trail has other numbers"


def test_a_report_says_beside_its_numbers_what_was_lost_and_of_whom(ask):
    safari = ("phone", "Safari", "direct", "")
    store([pages(n, 9) for n in range(1, 71)] + [pages(n, 9, lost=[2, 3], context=safari) for n in range(100, 170)])
    count()
    page = ask("admin:analytics_funnel")
    assert "10.0 % of the steps of these journeys were lost on their way (140 of 1,400). Worst: Safari, 20.0 %." in page
    assert "lost on their way" not in ask("admin:analytics_funnel", browser="Chrome")
    assert "20.0 % of the steps of these journeys" in ask("admin:analytics_funnel", browser="Safari")
    link = re.search(r'href="([^"]*)">Where they were lost', page)[1].replace("&amp;", "&")
    assert link.startswith(reverse("lost_steps") + "?from=")


def test_up_to_one_percent_a_report_says_nothing(ask):
    store([pages(n, 9, lost=[2] if n <= 10 else []) for n in range(1, 101)])
    count()
    assert "lost on their way" not in ask("admin:analytics_funnel")
    store([pages(200, 9, lost=[2])])
    count()
    assert "1.1 % of the steps" in ask("admin:analytics_funnel")


def test_the_page_lists_who_lost_how_much(ask):
    safari = ("tablet", "Safari", "direct", "price=low")
    store([pages(n, 9) for n in range(1, 71)] + [pages(n, 9, lost=[2, 3], context=safari) for n in range(100, 130)])
    count()
    page = ask("lost_steps")
    assert "<strong>6.0 %</strong> of the steps were lost: 60 of 1,000." in page
    rows = re.findall(
        r'<tr( class="few")?> <th scope="row">([^<]*)</th> <td>([^<]*)</td> <td>([^<]*)</td> <td><b>', page
    )
    assert rows[:5] == [
        (' class="few"', "Safari", "60", "300"),
        ("", "Chrome", "0", "700"),
        (' class="few"', "tablet", "60", "300"),
        ("", "phone", "0", "700"),
        (' class="few"', "low", "60", "300"),
    ]


def test_nothing_to_show_is_said_with_a_way_out(ask):
    page = ask("lost_steps", **{"from": "2020-01-01", "to": "2020-01-31"})
    assert "No step was taken in these days." in page
    assert 'href="?period=all">Show all days' in page
    assert "There is no kind “robot”" in ask("lost_steps", kind="robot")


def test_an_arm_that_loses_more_than_the_other_is_said_in_words(ask):
    for arm, missing, numbers in (("early", [2, 3, 4], range(1, 301)), ("late", [2], range(301, 601))):
        context = ("phone", "Chrome", "direct", f"anchor={arm};price=low")
        store([pages(n, 9, lost=missing, context=context) for n in numbers])
    count()
    page = ask("lost_steps")
    assert "<strong>anchor: do not compare its arms.</strong> early loses 30.0 % of its steps, late 10.0 %" in page
    assert "price: do not compare its arms" not in page


def test_arms_that_lose_alike_are_not_told_apart():
    arms = {"anchor": [Lost("early", 10_000, 300), Lost("late", 10_000, 380)]}
    assert unequal(arms) == []
    assert unequal({"anchor": [Lost("early", 0, 0), Lost("late", 10, 0)]}) == []


@pytest.mark.parametrize(("one", "other"), [((20_000, 700), (20_000, 1_300)), ((9_000, 100), (30_000, 900))])
def test_the_comparison_of_two_shares_is_the_pooled_z_test(one, other):
    chi2_contingency = pytest.importorskip("scipy.stats").chi2_contingency
    table = [[missing / 20, (said - missing) / 20] for said, missing in (one, other)]
    p = two_proportions(Lost("a", *one), Lost("b", *other))
    assert p == pytest.approx(chi2_contingency(table, correction=False).pvalue, rel=1e-6)


def test_a_journey_counts_for_its_arm_in_every_experiment():
    store([pages(1, 4, lost=[2], context=("phone", "Chrome", "direct", "anchor=early;price=low"))])
    store([pages(2, 4, context=("phone", "Chrome", "direct", "anchor=early"))])
    count()
    asked = Question(SIX_STAGES)
    assert lost_by_arm(asked) == {"anchor": [Lost("early", 10, 1)], "price": [Lost("low", 5, 1)]}


def test_only_who_may_view_journeys_sees_what_was_lost(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.get(reverse("lost_steps")).status_code == 403
