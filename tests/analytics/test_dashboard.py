"""The first page of the admin: what it says, that its panels stand alone, and what it costs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from analytics.alerts.models import Alert, AlertRule
from analytics.counts.counting import count
from analytics.dashboard.moment import Moment
from analytics.dashboard.panels import Panel, shown
from analytics.dashboard.verdicts import changed, popular_without_sale
from analytics.models import VerdictDay
from config import dashboard
from journey import streams
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, INTERESTED, TAPPED, WATCHED, batch
from tests.factories import ArmFactory, ExperimentFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOON_US = round(NOON.timestamp()) * 1_000_000
QUERIES = 29  # with those of the session, the user and the sidebar


@pytest.fixture
def shop():
    """Now three watch, one sees an anchor, one taps and one buys."""
    at = now_us() - 60_000_000
    store([batch(number, *WATCHED, at=at) for number in (1, 2, 3)])
    store([batch(4, *INTERESTED, at=at), batch(5, *TAPPED, at=at), batch(6, *BOUGHT, at=at)])
    count()


def verdict(slug, key, views=10, day=None, certain=True, about="video", product=""):
    told = {
        "product": product,
        "sentence": f"{slug} has {key}.",
        "lost_cents": 1_000,
        "views": views,
        "certain": certain,
    }
    return VerdictDay.objects.create(day=day or NOON.date(), about=about, slug=slug, key=key, **told)


@pytest.fixture
def ask(admin_client):
    def get():
        answer = admin_client.get(reverse("admin:index"))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


def test_the_answer_stands_before_everything(shop, ask):
    page = ask()
    assert "Most stop between <strong>Watch</strong> and <strong>Interest</strong>: 50.0 % of 6." in page
    marks = ("buyers stop?", "50.0 % of 6", 'class="small-funnel"', "a week ago", "What does it cost?", "All tables")
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "6 journeys today are too few to say" in page


def test_an_empty_shop_is_told_how_to_begin_instead_of_zeros(ask):
    page = ask()
    assert "Nobody has walked through the shop yet" in page
    assert "manage.py simulate" in page
    assert "What does it cost?" not in page


def test_a_panel_that_fails_says_so_and_takes_no_other_along(shop, admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user
    broken = Panel("tickets", "Broken", dashboard.REPORTS, lambda moment: {"none": 1 // 0})
    some = [broken, *(panel for panel in dashboard.PANELS if panel.name == "answer")]
    first, second = shown(some, Moment(), request)
    assert first.trouble.endswith("nothing else depends on it. What it says: integer division or modulo by zero")
    assert (first.html, second.trouble) == ("", "")
    assert "Most stop between" in second.html


def test_a_broker_that_is_away_hides_nothing_but_the_instrument(shop, ask, settings):
    settings.STREAM_URL = "unix:///nowhere/valkey.sock?db=1"
    streams.stream.cache_clear()
    page = ask()
    streams.stream.cache_clear()
    assert page.count("This part cannot be shown now") == 1
    assert "Most stop between" in page


def test_who_may_see_nothing_of_reports_sees_none(shop, client):
    user = User.objects.create_user("desk", "desk@example.com", is_staff=True)
    client.force_login(user)
    assert b"Where did" not in client.get(reverse("admin:index")).content
    user.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    page = client.get(reverse("admin:index")).content.decode()
    assert "Who waits for an answer?" in page
    assert "What does it cost?" not in page


def test_its_queries_do_not_grow_with_what_there_is_to_say(shop, ask, django_assert_num_queries):
    ask()
    rule = AlertRule.objects.first()
    verdict("one", "D04"), verdict("one", "D08", day=NOON.date() - timedelta(days=1))
    with django_assert_num_queries(QUERIES):
        ask()
    for number in range(3):
        verdict(f"video-{number}", "D04"), verdict(f"video-{number}", "D08", day=NOON.date() - timedelta(days=1))
        experiment = ExperimentFactory(state="running")
        for _ in range(3):
            ArmFactory(experiment=experiment, variant=None)
        other = rule if not number else AlertRule.objects.create(name=f"Rule {number}", step=0)
        Alert.objects.create(rule=other, span="hour", start=NOON, n=10, took=1, outside="drop")
    with django_assert_num_queries(QUERIES + 1):  # the arms of running experiments
        ask()


# Verdicts


def test_the_most_shown_videos_that_are_broken_for_certain_are_named(shop, ask):
    for number in range(7):
        verdict(f"video-{number}", "D04", views=number)
    (
        verdict("loved", "", views=99),
        verdict("new", "D27", views=98, certain=False),
        verdict("hat", "D04", about="product"),
    )
    told = popular_without_sale(NOON.date())
    assert [line.name for line in told] == ["Video 6", "Video 5", "Video 4", "Video 3", "Video 2"]
    page = ask()
    assert "video-6 has D04." in page
    assert reverse("admin:analytics_diagnosis_subject", args=["video", "video-6"]) in page


def test_a_popular_video_whose_product_is_broken_is_named_with_the_products_verdict(shop, ask):
    verdict("well", "", views=50, product="jar")
    verdict("early", "D27", views=40, product="lamp", certain=False)
    verdict("sound", "", views=30, product="cup")
    for product, key, certain in (("jar", "D18", True), ("lamp", "D11", True), ("cup", "D15", False)):
        verdict(product, key, about="product", certain=certain)
    told = popular_without_sale(NOON.date())
    assert [(line.name, line.sentence) for line in told] == [
        ("Well", "Its product, Jar: jar has D18."),
        ("Early", "Its product, Lamp: lamp has D11."),
    ]
    assert "Its product, Jar: jar has D18." in ask()


def test_a_verdict_that_became_another_is_told_and_one_that_is_new_or_unsure_is_not():
    before = NOON.date() - timedelta(days=1)
    for slug, then, now in (("worse", "D04", "D08"), ("mended", "D04", ""), ("same", "D04", "D04")):
        verdict(slug, then, day=before), verdict(slug, now)
    verdict("unsure", "D04", day=before), verdict("unsure", "D08", certain=False)
    verdict("young", "D27", day=before, certain=False), verdict("young", "D05")
    verdict("new", "D05")
    found = {line.row.slug: (line.was, line.row.key) for line in changed(NOON.date())}
    assert found == {"worse": ("D04", "D08"), "mended": ("D04", ""), "young": ("D27", "D05")}
    assert changed(None) == []


def test_an_open_alert_stands_at_the_top(shop, ask):
    rule = AlertRule.objects.get(step=1)
    Alert.objects.create(rule=rule, span="hour", start=timezone.now(), n=100, took=10, low=30, high=50, outside="drop")
    page = ask()
    assert "From Watch to Interest went 10.0 % of 100; between 30.0 % and 50.0 % is usual." in page
    assert page.index("10.0 % of 100") < page.index("buyers stop?")
