"""What journeys are told apart by beside their device: category, campaign, visit, study."""

from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import orjson
import pytest
from django.apps import apps
from django.core import signing
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.answers.sources import daily, is_immature
from analytics.counts import recounting
from analytics.counts.collecting import collect, settle
from analytics.keeping.retention import enforce
from analytics.models import FunnelCount, Journey, TouchedDay
from analytics.semantics.funnels import SHOP, SIX_STAGES
from analytics.simulation.arms import control
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.people import CAMPAIGNS
from analytics.simulation.pipeline import payloads_of
from journey import testers
from journey.models import Event, Horizon, Participant, Touched
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, HOUR, MINUTE, START, TAPPED, WATCHED, batch
from tests.analytics.world import WORLD

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_campaign_is_that_of_the_link_somebody_arrived_by(walker):
    walker.client.get("/?utm_source=tiktok&utm_campaign=spring%00glow" + "x" * 99)
    walker.client.get("/?utm_source=tiktok")
    settle()
    journey = Journey.objects.get()
    assert (journey.source, journey.campaign) == ("tiktok", ("spring�glow" + "x" * 99)[:80])


def test_a_page_from_the_version_before_knows_no_campaign_and_is_stored(db):
    old = orjson.loads(batch(1, *WATCHED)) | {"context": ["phone", "Chrome", "direct", ""]}
    new = orjson.loads(batch(2, *WATCHED)) | {"context": ["phone", "Chrome", "direct", "", "spring"]}
    assert store([orjson.dumps(old), orjson.dumps(new)]) == 2
    assert sorted(Event.objects.values_list("context__campaign", flat=True)) == ["", "spring"]


def test_the_category_is_that_of_the_first_product_and_not_of_a_shelf(db):
    shelf, view = (
        (0, Step.VIEW_SHOP, {"category": "home"}),
        (5, Step.VIEW_ITEM, {"product": "rose", "category": "beauty"}),
    )
    store([batch(1, shelf, view)])
    settle()
    assert Journey.objects.get().category == "beauty"


def test_the_first_journey_is_new_and_every_later_one_returns_in_whatever_order_they_arrive(db):
    store([batch(1, *WATCHED, at=START + 2 * DAY)])
    settle()
    assert visits() == ["new"]
    store([batch(1, *WATCHED, at=START)])
    settle()
    assert visits() == ["new", "returning"]
    assert Participant.objects.get().first_seen == START


def test_who_comes_back_after_their_events_are_gone_returns(db, settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS = 90, 110
    begin = now_us() - 120 * DAY
    store([batch(1, *WATCHED, at=begin + 20 * DAY), batch(2, *WATCHED, at=now_us() - HOUR)])
    settle()
    store([batch(1, *WATCHED, at=begin)])  # the first one arrives last
    settle()
    enforce()
    assert (Event.objects.filter(participant=1).count(), Journey.objects.filter(participant=1).count()) == (0, 1)
    store([batch(1, *WATCHED, at=now_us() - HOUR)])
    settle()
    assert list(Journey.objects.order_by("participant", "start").values_list("visit", flat=True)) == [
        *("returning", "returning"),
        "new",
    ]
    assert recounting.drift().differences == []


def test_a_study_comes_by_the_testers_link_and_stays_with_all_their_journeys(walker, admin_client):
    walker.get("shop:feed")
    settle()
    assert Journey.objects.get().study == ""
    invited = admin_client.get(reverse("admin:journey_participant_invite"), {"label": "Anna", "study": "Checkout"})
    assert "For Anna, in the study “Checkout”" in invited.content.decode()
    walker.client.get(invited.context["link"])
    settle()
    assert Journey.objects.get().study == "Checkout"
    walker.client.get(testers.link(RequestFactory().get("/"), "Anna", "Another"))
    settle()
    assert (Participant.objects.get().study, Participant.objects.get().label) == ("Checkout", "Anna")
    everyone = frozenset({"tester"})
    found = report(Question(SIX_STAGES, kinds=everyone, by=("study",))).segments
    assert [(one.value, one.tally.n) for one in found] == [("Checkout", 1)]


def test_who_was_pinned_as_a_tester_still_gets_the_study_they_come_for(db):
    store([batch(1, *WATCHED)])
    Participant.objects.update(kind="tester", pinned=True)
    store([batch(1, *TAPPED, kind="tester", study="Checkout")])
    settle()
    assert set(Journey.objects.values_list("kind", "study")) == {("tester", "Checkout")}


def test_a_link_from_before_there_were_studies_still_names_its_tester(walker):
    walker.client.get("/", {"tester": signing.dumps("Anna", salt=testers.SALT)})
    collect()
    assert Participant.objects.values_list("kind", "label", "study").get() == ("tester", "Anna", "")


def test_the_trend_puts_an_attempt_on_the_day_of_its_first_step_and_needs_counts_only(db, django_assert_num_queries):
    midnight = START - START % DAY + DAY
    early = (0, Step.VIEW_FEED), (20 * 60, Step.VIEW_ITEM, {"product": "rose"}), (25 * 60, Step.ADD_TO_CART)
    store([batch(1, *early, at=midnight - 10 * MINUTE), batch(2, *BOUGHT, at=midnight - HOUR), batch(3, *WATCHED)])
    settle()
    with django_assert_num_queries(
        4
    ):  # the counts, long ago and of late; which version of them; whether they are complete
        found = daily(Question(SHOP))
    assert {day: [tally.count(step) for step in range(4)] for (day, _), tally in found.items()} == {
        date(2026, 9, 21): [1, 1, 1, 1],
        date(2026, 9, 22): [1, 1, 0, 0],
    }


def test_a_day_is_immature_while_somebody_of_it_may_go_on():
    day, over = date(2026, 9, 21), START - START % DAY + DAY
    assert is_immature(Question(SHOP), day, over + 30 * MINUTE - 1)
    assert not is_immature(Question(SHOP), day, over + 30 * MINUTE)
    assert is_immature(Question(SHOP, unit="participant"), day, over + 7 * DAY - 1)
    assert not is_immature(Question(SHOP, unit="participant"), day, over + 7 * DAY)


def test_questions_about_what_events_said_leave_closed_journeys_out_and_say_how_many(db, settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS = 90, 0
    store([batch(1, *BOUGHT, at=now_us() - 120 * DAY), batch(2, *BOUGHT, at=now_us() - 2 * DAY)])
    settle()
    enforce()
    plain, said = report(Question(SHOP, by=("product",))), report(Question(SHOP, by=("product",), attribute="1"))
    assert [(plain.units, plain.unread), (said.units, said.unread)] == [(2, 0), (1, 1)]


def test_what_was_counted_before_there_were_these_dimensions_still_adds_up(db):
    store([batch(1, *BOUGHT), batch(1, *WATCHED, at=START + DAY), batch(2, *WATCHED, at=START - 9 * DAY)])
    settle()
    FunnelCount.objects.filter(field__in=("category", "campaign", "visit", "study")).delete()
    Journey.objects.update(visit="")
    Horizon.move("journeys", START - START % DAY)
    migration = import_module("analytics.migrations.0007_more_dimensions")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert list(Journey.objects.filter(participant=1).order_by("start").values_list("visit", flat=True)) == [
        *("new", "returning"),
    ]
    assert (TouchedDay.objects.count(), Touched.objects.count()) == (2, 2)
    settle()
    for field in ("category", "campaign", "visit", "study"):
        answer = report(Question(SIX_STAGES, by=(field,)))
        assert sum(one.tally.n for one in answer.segments) == report(Question(SIX_STAGES)).units == 3


def visits():
    return list(Journey.objects.order_by("start").values_list("visit", flat=True))


def test_simulated_buyers_come_by_campaigns_and_look_at_categories(db):
    products = {slug: replace(product, category="beauty") for slug, product in WORLD.products.items()}
    buyers = crowd(Period.before(date(2026, 11, 1), 7, 1, 80), replace(WORLD, products=products), control)
    for _, strolls in buyers:
        store(payloads_of(strolls))
    settle()
    campaigns = set(Journey.objects.values_list("source", "campaign").distinct())
    assert ("tiktok-ads", "") not in campaigns
    assert {campaign for source, campaign in campaigns if source == "tiktok-ads"} <= {*CAMPAIGNS["tiktok-ads"]}
    assert len({campaign for _, campaign in campaigns}) > 3
    assert set(Journey.objects.filter(path__contains="v").values_list("category", flat=True)) == {"beauty"}
