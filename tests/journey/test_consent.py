"""Whose steps are recorded: who said yes, or did not say no. The shop is the same for everyone."""

import json
import re

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.counts.collecting import collect, settle
from analytics.semantics.funnels import SIX_STAGES
from journey import consent, streams
from journey.consent import CONSENT_VERSION, IMPLIED, REQUIRED, Answer, Standing, standing
from journey.identity import COOKIE as PARTICIPANT
from journey.models import Consent, Event, Fact, Participant
from journey.steps import Step
from shop.models import Order, Ticket
from tests.factories import ArmFactory, ExperimentFactory, SkuFactory, VariantFactory
from tests.searching import places_of
from tests.shop.buying import bought, told
from tests.walker import PHONE, Walker, drawn

pytestmark = pytest.mark.django_db
YES, NO = Answer(True, CONSENT_VERSION), Answer(False, CONSENT_VERSION)
OLD_YES, OLD_NO = Answer(True, CONSENT_VERSION - 1), Answer(False, CONSENT_VERSION - 1)
GPC, DNT = {"sec-gpc": "1"}, {"dnt": "1"}


@pytest.fixture
def asked_first(settings):
    settings.CONSENT = REQUIRED


@pytest.fixture(params=["said no", "was never asked", "GPC", "DNT"])
def unrecorded(request, settings, db) -> Walker:
    """Four people whose steps are not recorded, for four reasons."""
    settings.CONSENT = REQUIRED if request.param == "was never asked" else IMPLIED
    walker = with_headers({"GPC": GPC, "DNT": DNT}.get(request.param, {}))
    if request.param == "said no":
        say(walker, "no")
    return walker


def with_headers(headers: dict[str, str]) -> Walker:
    walker = Walker()
    walker.client = Client(headers={"user-agent": PHONE} | headers)
    return walker


def say(walker: Walker, word: str, back: str = "/shop") -> HttpResponse:
    return walker.client.post(reverse("journey:consent"), {"answer": word, "next": back})


def beacon(walker: Walker, page: HttpResponse) -> HttpResponse:
    """What the browser would say from this page."""
    token = re.search(r'data-trail="([^"]+)"', page.content.decode())[1]
    said = {"trail": token, "events": [{"n": 1, "dt": 5, "step": "video_start", "props": {"video": "waffle"}}]}
    return walker.client.post(reverse("journey:beacon"), json.dumps(said), content_type="application/json")


def waiting() -> int:
    return streams.stream().xlen(django_settings.STREAM_KEY)


@pytest.mark.parametrize(
    ("setting", "answer", "objects", "expected"),
    [
        (REQUIRED, None, False, Standing(recorded=False, asks=True)),
        (IMPLIED, None, False, Standing(recorded=True, asks=True)),
        (REQUIRED, None, True, Standing(recorded=False, asks=False)),
        (IMPLIED, None, True, Standing(recorded=False, asks=False)),
        (REQUIRED, YES, False, Standing(recorded=True, asks=False)),
        (REQUIRED, YES, True, Standing(recorded=True, asks=False)),
        (IMPLIED, YES, True, Standing(recorded=True, asks=False)),
        (IMPLIED, NO, False, Standing(recorded=False, asks=False)),
        (REQUIRED, OLD_YES, False, Standing(recorded=False, asks=True)),
        (IMPLIED, OLD_YES, True, Standing(recorded=False, asks=True)),
        (IMPLIED, OLD_NO, False, Standing(recorded=False, asks=True)),
    ],
)
def test_who_is_recorded_and_who_is_asked(setting, answer, objects, expected):
    assert standing(setting, answer, objects) == expected


def test_nothing_is_set_and_nothing_sent_before_a_yes(walker, asked_first):
    page = walker.get("shop:shop")
    assert page.client.cookies.keys() <= {"csrftoken"}
    assert (b"data-trail" in page.content, waiting(), Participant.objects.count()) == (False, 0, 0)


def test_after_a_yes_the_next_page_is_recorded(walker, asked_first):
    walker.get("shop:shop")
    answer = say(walker, "yes")
    assert (answer.status_code, answer["Location"]) == (303, "/shop")
    page = walker.get("shop:shop")
    assert beacon(walker, page).status_code == 204
    assert walker.steps == [Step.CONSENT, Step.VIEW_SHOP, Step.VIDEO_START]
    assert b'class="consent' not in page.content


def test_after_a_no_nothing_more_is_recorded_and_an_open_page_is_told_so(walker):
    page = walker.get("shop:shop")
    assert say(walker, "no").status_code == 303
    refused = beacon(walker, page)
    assert (refused.status_code, refused.json()) == (403, {"detail": "The steps of this browser are not counted."})
    assert b"data-trail" not in walker.get("shop:shop").content
    assert walker.steps == [Step.VIEW_SHOP, Step.CONSENT]
    assert told(Step.CONSENT) == [{"given": False, "version": CONSENT_VERSION}]


def test_a_no_of_somebody_unknown_makes_nobody_known(walker, asked_first):
    say(walker, "no")
    collect()
    assert (Participant.objects.count(), Event.objects.count(), PARTICIPANT in walker.client.cookies) == (0, 0, False)


def test_the_same_answer_twice_is_one_fact(walker):
    for word in ("yes", "yes", "no", "no", "yes"):
        say(walker, word)
    assert list(Consent.objects.values_list("given", flat=True)) == [True, False, True]
    assert len(told(Step.CONSENT)) == 3


def test_everybody_who_says_no_carries_the_same_cookie(db):
    one, other = Walker(), Walker()
    for walker in (one, other):
        walker.get("shop:shop")
        say(walker, "no")
    kept = [walker.client.cookies[consent.COOKIE].value for walker in (one, other)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("headers", [GPC, DNT], ids=["GPC", "DNT"])
def test_a_browser_that_objects_is_not_recorded_and_not_asked_until_its_owner_says_yes(headers, db):
    walker = with_headers(headers)
    page = walker.get("shop:shop")
    assert (b"data-trail" in page.content, b'class="consent' in page.content, waiting()) == (False, False, 0)
    say(walker, "yes")
    walker.get("shop:shop")
    assert walker.steps == [Step.CONSENT, Step.VIEW_SHOP]


def test_an_answer_nobody_signed_is_no_answer(walker, asked_first):
    walker.client.cookies[consent.COOKIE] = f"yes.{CONSENT_VERSION}:forged"
    assert b"data-trail" not in walker.get("shop:shop").content


@pytest.mark.parametrize("word", ["", "maybe", "YES"])
def test_an_answer_is_yes_or_no(walker, word):
    assert say(walker, word).status_code == 400


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "shop", ""])
def test_an_answer_leads_back_into_this_shop_only(walker, there):
    assert say(walker, "yes", there)["Location"] == "/"


def test_an_answer_comes_from_a_page_of_this_shop():
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(reverse("journey:consent"), {"answer": "yes"}).status_code == 403


def test_who_is_not_recorded_takes_part_in_no_experiment(unrecorded):
    experiment = ExperimentFactory(state="running")
    variant = VariantFactory(slots={"product/body": ["price"]})
    ArmFactory(experiment=experiment, variant=variant, weight=100)
    slug = SkuFactory().product.slug
    assert drawn(Walker().get("shop:product", slug)) == ["price"] or django_settings.CONSENT == REQUIRED
    assert len(drawn(unrecorded.get("shop:product", slug))) > 5


def test_a_whole_purchase_and_a_question_go_well_without_being_recorded(unrecorded):
    sku = SkuFactory()
    for room in ("feed", "shop", "cart", "orders", "support"):
        assert unrecorded.get(f"shop:{room}").status_code == 200
    orders = [bought(unrecorded, sku), bought(unrecorded, sku, 2)]
    unrecorded.post("shop:cancel", orders[1].code)
    unrecorded.post("shop:open-ticket", key="k", topic="where", order=orders[0].code, text="Where is it?")
    ticket = Ticket.objects.get()
    assert unrecorded.get("shop:ticket", ticket.code).status_code == 200
    assert waiting() == 0, "nothing but facts"
    settle()
    told_of = {f"purchase:{order.code}" for order in Order.objects.all()}
    told_of |= {f"cancel:{orders[1].code}", f"refund:{orders[1].code}", f"support_open:{ticket.code}"}
    assert set(Fact.objects.values_list("key", flat=True)) == told_of
    assert {event["order"] for event in told(Step.PURCHASE)} == {order.code for order in orders}
    facts = Event.objects.select_related("participant", "context")
    assert {(event.participant.kind, str(event.context)) for event in facts} == {("anonymous", "unknown")}
    assert len(facts) == 5
    assert len({event.participant_id for event in facts}) == 4, "no number is there twice, but of cancelling and refund"


def test_what_nobody_did_is_no_part_of_a_report_unless_it_is_asked_for(unrecorded):
    bought(unrecorded, SkuFactory())
    settle()
    asked = [Question(SIX_STAGES), Question(SIX_STAGES, kinds=frozenset({"visitor", "anonymous"}))]
    assert [report(question).units for question in asked] == [0, 1]


def test_what_the_shop_does_later_for_who_said_no_is_not_told_under_their_number(walker):
    order = bought(walker, SkuFactory())
    known = walker.participant
    say(walker, "no")
    walker.post("shop:cancel", order.code)
    cancelled = Event.objects.select_related("participant").get(step=Step.CANCEL.letter)
    assert (cancelled.participant_id == known, cancelled.participant.kind) == (False, "anonymous")


def test_no_address_of_a_device_is_kept_anywhere(walker):
    walker.client.defaults |= {"REMOTE_ADDR": "203.0.113.77", "HTTP_X_FORWARDED_FOR": "198.51.100.23"}
    page = walker.get("shop:shop")
    beacon(walker, page)
    order = bought(walker, SkuFactory())
    walker.post("shop:open-ticket", key="k", topic="where", order=order.code, text="Where is it?")
    say(walker, "no")
    assert waiting() > 0
    assert places_of("203.0.113.77", "198.51.100.23") == set()
    settle()
    assert places_of("203.0.113.77", "198.51.100.23") == set()
    assert places_of(order.code) >= {"shop_order.code", "journey_fact.key"}, "the search finds what there is"


def test_the_shop_says_that_it_abides_by_global_privacy_control(client):
    answer = client.get("/.well-known/gpc.json")
    assert (answer.status_code, answer["Content-Type"], answer.json()["gpc"]) == (200, "application/json", True)
