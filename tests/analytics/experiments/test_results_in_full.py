"""The results page in full: what decides, what else was looked at, where the lost went, whose journeys those are."""

import re

import pytest
from django.urls import reverse

from analytics.answers.questions import default_kinds
from analytics.counts.counting import count
from analytics.experiments.models import Unit
from analytics.experiments.reading import results_of
from analytics.models import Journey
from journey.models import Experiment
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.experiments.test_results_page import experiment as experiment
from tests.analytics.experiments.test_results_page import exposed, text_of
from tests.analytics.taken import batch

pytestmark = pytest.mark.django_db


def changed(**changes) -> None:
    Experiment.objects.update(**changes)


def test_the_goal_may_be_a_step_or_money(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 300, 60, first=10_000)
    changed(goal="step:1")
    assert "Does short bring more participants to “Added to cart” than the control?" in text_of(admin_client)
    changed(goal="revenue")
    assert "Does short bring more revenue a participant than the control?" in text_of(admin_client)


def test_other_metrics_stand_with_their_q(experiment, admin_client):
    exposed("control", 3_000, 150, loads=2, load_ms=2_400)
    exposed("short", 3_000, 300, first=10_000, loads=1, load_ms=1_500)
    changed(secondary=["revenue", "step:1"], guardrails=["speed"])
    text = text_of(admin_client)
    assert "What else was looked at" in text
    assert "1.20 s" in text
    assert "1.50 s" in text
    assert "Page speed" in text
    assert "Tickets a purchase" not in text


def test_one_look_at_the_end_is_no_lift_before_it(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 3_000, 300, first=10_000)
    changed(reading="fixed", planned_days=14)
    text = text_of(admin_client)
    assert "It is read once, at its end" in text
    assert "+100.0 %" not in text


def test_a_broken_split_names_its_browser(experiment, admin_client):
    exposed("control", 2_000, 100, browser="Chrome")
    exposed("short", 2_000, 100, first=10_000, browser="Chrome")
    exposed("control", 1_000, 50, first=20_000, browser="Safari")
    exposed("short", 600, 50, first=30_000, browser="Safari")
    assert "browser Safari: 1,000 control, 600 short; without them the rest is as planned" in text_of(admin_client)


def test_weights_that_were_changed_on_the_way_do_not_break_the_split(experiment):
    exposed("control", 500, 50)
    exposed("short", 500, 50, first=10_000)
    exposed("control", 100, 5, first=20_000)
    exposed("short", 900, 50, first=30_000)
    Unit.objects.filter(participant__gte=20_000).update(exposed_at=5_000)
    halves, few = {"control": 50, "short": 50}, {"control": 10, "short": 90}
    changed(phases=[{"at": 0, "share": 100, "weights": halves}, {"at": 4_000, "share": 100, "weights": few}])
    found = results_of(Experiment.objects.get(), default_kinds())
    assert found.planned == pytest.approx({"control": 0.3, "short": 0.7})
    assert not found.split.broken


def test_every_number_of_the_lost_opens_exactly_their_journeys(experiment, admin_client):
    took = {1: Step.VIEW_FEED, 2: Step.VIEW_FEED, 3: Step.SEARCH, 4: None}
    view = (0, Step.VIEW_ITEM, {"product": "serum", "exposed": "body"})
    for number, then in took.items():
        steps = [view, *([(60, then, {})] if then else [])]
        store([batch(number, *steps, at=now_us() - 10**9, context=("phone", "Chrome", "direct", "body=short"))])
    count()
    assert Journey.objects.count() == 4
    page = admin_client.get(reverse("experiment_results", args=["body"])).content.decode()
    links = re.findall(r'<a class="n" href="([^"]+)">(\d+)</a>', page)
    assert sorted(n for _, n in links) == ["0", "1", "1", "2", "4"]  # of the control nobody is lost
    for address, n in links:
        listed = admin_client.get(address.replace("&amp;", "&"))
        assert listed.context["cl"].queryset.count() == int(n)
    assert "exposed to body in short, lost before Added to cart" in listed.content.decode()


def test_an_arm_that_does_not_exist_is_said_in_the_list(experiment, admin_client):
    for wrong in ("body=none", "body", "body=short,9", "body=short,x", "body=short,1,fly"):
        answer = admin_client.get(reverse("admin:analytics_journey_changelist"), {"exposed": wrong})
        assert answer.status_code == 200
        assert answer.context["cl"].problem


def test_support_stands_arm_by_arm(experiment, admin_client):
    exposed("control", 300, 30, tickets=1, solved=1, answered_us=600_000_000)
    exposed("short", 300, 30, first=10_000)
    text = text_of(admin_client)
    assert "What support had to do" in text
    assert "10 min" in text
