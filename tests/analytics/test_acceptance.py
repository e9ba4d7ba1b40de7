"""Cases that other tools are known to get wrong: one answer on the command line, over the API and in the report."""

import json

import pytest
from django.core.management import call_command

from analytics.answers.questions import Question, funnel_of
from analytics.answers.reports import report
from analytics.counts.counting import count
from analytics.models import FunnelCount, Journey
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import HOUR, MINUTE, SECOND, START, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
A, B, C, X = Step.VIEW_ITEM, Step.ADD_TO_CART, Step.PURCHASE, Step.SCROLL
AB, ABC = "view_item,add_to_cart", "view_item,add_to_cart,purchase"


@pytest.fixture
def asked(admin_client, capsys):
    """The counts and the last median of a funnel, asked for in three ways that must agree."""

    def ask(**params):
        call_command("funnel", format="json", kind="visitor", **params)
        told = json.loads(capsys.readouterr().out)
        assert admin_client.get("/api/funnel/", params | {"kind": "visitor"}).json() == told
        order, attempt = params.get("order", "ordered"), params.get("attempt", "best")
        funnel = funnel_of(params["steps"], params.get("window", "7d"), order, attempt)
        lines = report(Question(funnel, unit=params.get("unit", "journey"))).lines
        assert [line.count for line in lines] == [step["count"] for step in told["steps"]]
        return [step["count"] for step in told["steps"]], told["steps"]

    return ask


def taken(*steps, at=START, participant=1):
    """One trail of (microseconds after `at`, step); then everybody is counted."""
    store([batch(participant, *((us / SECOND, step) for us, step in steps), at=at)])
    count()


def test_the_best_attempt_converts_where_the_first_one_stops(asked):
    """Mixpanel's example: A at 13:00 and 13:30, B at 13:45, C at 14:15, a window of an hour."""
    taken((0, A), (30 * MINUTE, A), (45 * MINUTE, B), (75 * MINUTE, C))
    found, steps = asked(steps=ABC, window="1h")
    assert found == [1, 1, 1]
    assert sum(step["median_seconds"] or 0 for step in steps) == pytest.approx(45 * 60, rel=0.04)  # of two histograms
    assert asked(steps=ABC, window="1h", attempt="first")[0] == [1, 1, 0]


def test_two_steps_at_the_same_instant_are_in_the_order_of_their_numbers(asked):
    taken((0, A), (0, B))
    assert asked(steps=AB)[0] == [1, 1]
    assert asked(steps="add_to_cart,view_item")[0] == [1, 0]


def test_a_whole_funnel_within_one_second_converts(asked):
    taken((0, A), (0, B), (999_999, C))
    assert asked(steps=ABC, window="1s")[0] == [1, 1, 1]


def test_exactly_a_window_apart_is_inside_and_a_millisecond_more_is_not(asked):
    taken((0, A), (10 * MINUTE, B))
    taken((0, A), (10 * MINUTE + 1_000, B), at=START + 2 * HOUR)
    assert asked(steps=AB, window="10m")[0] == [2, 1]
    assert asked(steps=AB, window="10m", unit="participant")[0] == [1, 1]
    assert asked(steps=AB, window="10m", order="any")[0] == [2, 1]


def test_a_foreign_step_between_drops_who_must_be_strict(asked):
    taken((0, A), (1, X), (2, B))
    assert asked(steps=AB, order="strict")[0] == [1, 0]
    assert asked(steps=AB)[0] == [1, 1]


def test_what_must_not_happen_may_happen_before_and_afterwards(asked):
    taken((0, X), (1, A), (2, B), (3, X))
    assert asked(steps="view_item,!scroll,add_to_cart")[0] == [1, 1]
    taken((0, A), (1, X), (2, B), at=START + 2 * HOUR)
    assert asked(steps="view_item,!scroll,add_to_cart")[0] == [2, 1]


def test_a_late_event_makes_one_journey_of_two_and_the_counts_follow(asked):
    taken((0, A))
    taken((0, B), at=START + 31 * MINUTE)
    assert (asked(steps=AB)[0], counted()) == ([1, 0], {0b0001: 1, 0b0000: 1})
    taken((0, X), at=START + 15 * MINUTE)
    assert (asked(steps=AB)[0], counted(), Journey.objects.count()) == ([1, 1], {0b0011: 1}, 1)


def test_a_batch_that_is_played_again_changes_nothing(asked):
    again = batch(1, (0, A), (5, B))
    store([again])
    count()
    before = list(Journey.objects.values()), counted()
    store([again, again])
    count()
    assert (list(Journey.objects.values()), counted()) == before
    assert asked(steps=AB, unit="event")[0] == [1, 1]


def test_views_are_counted_beside_viewers_and_conditions_beside_all(asked):
    views = [(second, A, {"product": product}) for second, product in enumerate(["serum", "serum", "lamp"])]
    store([batch(1, *views, (9, B, {"product": "serum"})), batch(2, (0, A, {"product": "lamp"}))])
    count()
    assert asked(steps=AB)[0] == [2, 1]
    assert asked(steps=AB, unit="event")[0] == [4, 1]
    serum = "view_item[product=serum],add_to_cart[product=serum]"
    assert asked(steps=serum)[0] == [1, 1]
    assert asked(steps=serum, unit="event")[0] == [2, 1]
    assert asked(steps="view_item[product=serum|lamp]|add_to_cart[value>=1],!view_item[product=lamp],add_to_cart")[
        0
    ] == [2, 1]


def counted():
    cells = FunnelCount.objects.filter(funnel="shop", field="", kind="visitor")
    return dict(cells.values_list("reached", "n"))


def test_a_journey_is_worth_once_what_it_is_worth_however_many_attempts_it_has(db):
    store([batch(1, (0, A), (1, A), (2, B), (3, C, {"value": 1690}), (4, A)), batch(2, (0, X))])
    count()
    answer = report(Question(funnel_of(ABC, "7d", "ordered"), unit="event", by=("product",), attribute="1"))
    assert (answer.units, answer.revenue_cents) == (3, 1690)
    assert [(one.value, one.tally.n, one.tally.revenue_cents) for one in answer.segments] == [("(none)", 3, 1690)]
