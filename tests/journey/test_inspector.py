"""The journey inspector: who may look, what it tells, and starting over."""

import pytest
from django.contrib.auth.models import User

from analytics.counts.collecting import collect, settle
from journey.identity import COOKIE
from journey.models import Event, Experiment
from journey.models.participant import code_of
from tests.factories import ArmFactory, SkuFactory
from tests.shop.buying import put_in_cart, queries
from tests.walker import Walker

pytestmark = pytest.mark.django_db


def steps(walker, **query) -> dict:
    return walker.get("journey:inspector-steps", **query).json()


def test_steps_are_stored_and_then_counted_the_newest_first(walker):
    walker.get("shop:shop")
    walker.get("shop:cart")
    assert (steps(walker)["steps"], steps(walker)["counted"]) == ([], True)
    collect()
    told = steps(walker)
    assert ([step["step"] for step in told["steps"]], told["counted"]) == (["view_cart", "view_shop"], False)
    settle()
    assert steps(walker)["counted"] is True


def test_a_step_is_told_with_its_place_its_properties_and_its_arms(walker):
    ArmFactory(experiment__slug="trust", experiment__state=Experiment.State.RUNNING, slug="on", variant=None)
    walker.get("shop:search", q="lamp")
    collect()
    event = Event.objects.get()
    assert steps(walker)["steps"] == [
        {
            "trail": str(event.trail),
            "n": 0,
            "at": event.at / 1000,
            "step": "search",
            "props": {"term": "lamp", "results": 0},
            "arms": "trust=on",
        }
    ]


def test_only_what_comes_after_is_told_when_it_is_asked_so(walker):
    walker.get("shop:shop")
    walker.get("shop:cart")
    collect()
    last = Event.objects.order_by("trail").last().trail
    assert [step["step"] for step in steps(walker, after=last)["steps"]] == ["view_cart"]
    assert len(steps(walker, after="9" * 30)["steps"]) == 2


def test_an_earlier_journey_is_not_told(walker):
    walker.get("shop:shop")
    walker.get("shop:cart")
    collect()
    first = Event.objects.order_by("trail").first()
    Event.objects.filter(trail=first.trail).update(at=first.at - 31 * 60 * 1_000_000)
    assert [step["step"] for step in steps(walker)["steps"]] == ["view_cart"]


def test_the_panel_shows_who_one_is_and_the_arm_of_ones_events(walker):
    ArmFactory(
        experiment__slug="trust",
        experiment__name="Trust first",
        experiment__state=Experiment.State.RUNNING,
        variant__name="Badges",
    )
    walker.get("shop:shop")
    page = walker.get("journey:inspector").content.decode()
    assert [text in page for text in (code_of(walker.participant), "Trust first", "Badges")] == [True, True, True]


def test_looking_is_no_step_and_costs_three_queries_at_most(walker):
    walker.get("shop:shop")
    collect()
    with queries() as asked:
        steps(walker)
    with queries() as drawn:
        walker.get("journey:inspector")
    assert (len(asked) <= 3, len(drawn) <= 3) == (True, True)
    assert [event.step for event in walker.events] == ["G"]


def test_outside_a_demo_only_staff_may_look(walker, settings):
    settings.DEMO = False
    assert "data-inspector" not in walker.get("shop:shop").content.decode()
    for name in ["journey:inspector", "journey:inspector-steps"]:
        assert walker.get(name).status_code == 403
    assert walker.post("journey:start-over").status_code == 403
    walker.client.force_login(User.objects.create(username="buyer"))
    assert walker.get("journey:inspector").status_code == 403
    walker.client.force_login(User.objects.create(username="staff", is_staff=True))
    assert walker.get("journey:inspector").status_code == 200
    assert "data-inspector" in walker.get("shop:shop").content.decode()


def test_nobody_sees_the_steps_of_somebody_else(walker):
    walker.get("shop:shop")
    collect()
    other = Walker()
    other.get("shop:cart")
    assert steps(other)["steps"] == []


def test_starting_over_makes_somebody_new_who_has_nothing(walker):
    put_in_cart(walker, SkuFactory())
    walker.get("shop:cart")
    before = walker.participant
    answer = walker.post("journey:start-over")
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert {name: walker.client.cookies[name].value for name in (COOKIE, "buyer")} == {COOKIE: "", "buyer": ""}
    page = walker.get("shop:cart").content.decode()
    assert ("Your cart is empty" in page, walker.participant == before) == (True, False)
