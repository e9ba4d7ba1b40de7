"""Who is a visitor, and who is staff, a tester or a bot, from the request on."""

import re

import pytest
from django.core import signing
from django.test import RequestFactory
from django.urls import reverse

from analytics.counts.collecting import collect, settle
from analytics.models import Journey
from journey import agents, kinds, privacy, testers
from journey.models import Participant, Touched
from journey.privacy import Person
from journey.store import store
from shop import catalogue
from tests.analytics.taken import WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEADLESS = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36"


def kind_of(number):
    collect()
    return Participant.objects.get(pk=number).kind


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        HEADLESS,
        *("curl/8.9", "python-requests/2.32", "Go-http-client/2.0", "PostmanRuntime/7.4", "GPTBot/1.2", "Java/21"),
    ],
)
def test_crawlers_and_libraries_are_known_by_what_they_call_themselves(agent, walker):
    walker.client.get("/", headers={"user-agent": agent})
    assert kind_of(walker.participant) == "bot"


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 musical_ly_38 BytedanceWebview/d8a21c6",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Instagram 300.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    ],
)
def test_phones_and_the_browsers_inside_apps_are_no_crawlers(agent):
    assert not agents.is_crawler(agent)


def test_staff_is_staff_and_takes_along_what_they_did_before_they_signed_in(walker, admin_user):
    walker.get("shop:feed")
    assert kind_of(walker.participant) == "visitor"
    walker.client.force_login(admin_user)
    walker.get("shop:feed")
    assert kind_of(walker.participant) == "staff"
    del walker.client.cookies["sessionid"]
    walker.get("shop:feed")
    assert kind_of(walker.participant) == "staff"


def test_a_buyer_without_a_session_is_not_looked_up(walker, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = None  # asking it would fail
    with django_assert_num_queries(0):
        assert kinds._is_staff(request) is False


def test_a_tester_comes_by_a_signed_link_and_stays_one(walker):
    request = RequestFactory().get("/")
    link = testers.link(request, "Anna, second round")
    assert link.startswith("http://testserver/?tester=")
    walker.client.get(link)
    walker.get("shop:feed")
    assert kind_of(walker.participant) == "tester"
    assert Participant.objects.get().label == "Anna, second round"


def test_a_link_that_nobody_signed_makes_no_tester(walker):
    for token in ("anna", signing.dumps("Anna", salt="another"), ""):
        walker.client.get("/", {"tester": token})
    assert kind_of(walker.participant) == "visitor"


def test_a_known_visitor_who_opens_the_link_becomes_a_tester_with_that_name(walker):
    walker.get("shop:feed")
    assert kind_of(walker.participant) == "visitor"
    walker.client.get(testers.link(RequestFactory().get("/"), "Anna"))
    assert kind_of(walker.participant) == "tester"
    assert Participant.objects.get().label == "Anna"


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        (["visitor", "bot"], "bot"),
        (["bot", "visitor"], "bot"),
        (["tester", "bot"], "tester"),
        (["bot", "tester"], "tester"),
        (["staff", "tester"], "staff"),
        (["visitor", "staff"], "staff"),
        (["simulated", "staff"], "simulated"),
        (["visitor", "simulated"], "visitor"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_nobody_moves_down(said, becomes, at_once):
    batches = [batch(7, *WATCHED, kind=kind) for kind in said]
    if at_once and "simulated" not in said:
        store(batches)
    else:
        for one in batches:
            store([one])
    assert kind_of(7) == becomes


def test_who_moves_up_is_counted_again_even_when_nothing_else_was_stored():
    store([batch(7, *WATCHED)])
    Touched.objects.all().delete()
    store([batch(7, *WATCHED, kind="staff", lost=range(9))])
    assert list(Touched.objects.values_list("participant_id", flat=True)) == [7]


def test_what_staff_has_said_by_hand_stays():
    store([batch(7, *WATCHED)])
    assert kinds.pin([7], "visitor") == 1
    store([batch(7, *WATCHED, kind="bot")])
    assert kind_of(7) == "visitor"


def test_a_beacon_says_the_kind_of_its_page(walker, admin_user):
    catalogue.load()
    walker.client.force_login(admin_user)
    page = walker.get("shop:feed").content.decode()
    token = re.search(r'data-trail="([^"]+)"', page)[1]
    del walker.client.cookies["sessionid"]
    said = {"trail": token, "events": [{"n": 1, "dt": 5, "step": "page_hidden", "props": {}}]}
    answer = walker.client.post(reverse("journey:beacon"), said, content_type="application/json")
    assert answer.status_code == 204
    assert kind_of(walker.participant) == "staff"


@pytest.mark.parametrize("kind", ["staff", "tester", "bot"])
def test_who_is_forgotten_does_not_come_back_by_turning_out_to_be_more(kind):
    store([batch(7, *WATCHED)])
    privacy.forget(Person(frozenset({7})))
    store([batch(7, *WATCHED, kind=kind), batch(8, *WATCHED)])
    assert kinds.move_up([{"participant": 7, "kind": kind, "label": "Anna"}]) == []
    settle()
    assert list(Participant.objects.values_list("pk", flat=True)) == [8]
    assert list(Journey.objects.values_list("participant", flat=True)) == [8]


def test_a_forgotten_visitor_who_signs_in_is_staff_under_no_number_that_was_theirs(walker, admin_user):
    walker.get("shop:feed")
    collect()
    was = walker.participant
    privacy.forget(Person(frozenset({was})))
    walker.client.force_login(admin_user)
    walker.get("shop:feed")
    collect()
    assert (walker.participant, Participant.objects.count()) == (was, 0)
