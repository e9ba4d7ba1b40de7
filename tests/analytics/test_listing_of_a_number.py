"""The list behind a number of a report: exactly its journeys, said in a sentence, narrowed and had as a file."""

import csv
import re
from datetime import date
from html import unescape
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse

from analytics.answers.addresses import params_of
from analytics.answers.cells import Cell, ids, url
from analytics.answers.questions import UNITS, Question, funnel_of
from analytics.counts.counting import count
from analytics.listing.sets import Set, set_from
from analytics.models import Journey
from analytics.semantics.funnels import SHOP, SIX_STAGES
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, START, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:analytics_journey_changelist")
LOOKED = [*TAPPED, (10, Step.VIEW_ITEM, {"product": "rose-serum"})]


@pytest.fixture(autouse=True)
def shop():
    """1 to 3 watch, 4 to 6 look at a product on a phone, 7 on a desktop, 8 buys; 4 comes back the next day."""
    cache.clear()
    desktop = ("desktop", "Chrome", "direct", "anchor=late")
    store([batch(number, *WATCHED) for number in (1, 2, 3)] + [batch(number, *LOOKED) for number in (4, 5, 6)])
    store([batch(7, *LOOKED, context=desktop), batch(8, *BOUGHT), batch(4, *INTERESTED, at=START + DAY)])
    count()


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["cl"], unescape(re.sub(r"\s+", " ", answer.content.decode()))


@pytest.mark.both
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("funnel", [SHOP, SIX_STAGES], ids=lambda funnel: funnel.slug)
def test_the_list_is_exactly_what_the_number_counts(admin_client, funnel, unit):
    asked = Question(funnel, unit=unit)
    cells = [Cell(step, state) for step in range(len(funnel.steps)) for state in ("reached", "lost")]
    for cell in cells:
        cl, _ = shown(admin_client, url(asked, cell))
        assert sorted(row.pk for row in cl.result_list) == ids(asked, cell)
        assert cl.result_count == len(ids(asked, cell))


SENTENCES = [
    (Question(SHOP), Cell(1, "lost"), "that reached Product page and not Added to cart"),
    (Question(SHOP), Cell(0), "that reached Product page"),
    (Question(SIX_STAGES), Cell(3, "lost"), "that reached Interest and not Link"),
    (Question(SHOP, unit="participant"), Cell(1), "of participants who reached Added to cart"),
    (Question(SHOP, unit="event"), Cell(1), "with an attempt that reached Added to cart"),
    (
        Question(SHOP, date(2026, 11, 1), date(2026, 11, 7), only=(("device", "phone"),)),
        Cell(1, "lost"),
        "that reached Product page and not Added to cart, 1–7 Nov 2026, phone",
    ),
    (
        Question(SHOP, by=("device",)),
        Cell(1, "lost", "desktop", date(2026, 9, 21), ("search", "left")),
        "that reached Product page and not Added to cart (then: search, then left), entered on 21 Sep 2026, desktop",
    ),
    (
        Question(funnel_of("view_item,purchase", "1h", "ordered")),
        Cell(1, "lost"),
        "that reached view_item and not purchase",
    ),
]


@pytest.mark.parametrize(("asked", "cell", "said"), SENTENCES, ids=range(len(SENTENCES)))
def test_which_number_it_is_stands_in_a_sentence(asked, cell, said):
    assert Set(asked, cell).sentence == said


def test_the_sentence_has_its_number_and_the_way_back(admin_client):
    asked = Question(SHOP, date(2026, 9, 21), date(2026, 9, 21), only=(("device", "phone"),))
    _, page = shown(admin_client, url(asked, Cell(1, "lost")))
    assert "<strong>3 journeys</strong> that reached Product page and not Added to cart, 21 Sep 2026, phone" in page
    back = f"{reverse('admin:analytics_funnel')}?{urlencode(params_of(asked))}"
    assert f'<a href="{back}">Product page to purchase</a>' in page


@pytest.mark.parametrize(
    ("unit", "note"), [("journey", ""), ("participant", "counts people"), ("event", "counts attempts")]
)
def test_why_the_list_may_be_longer_or_shorter_than_the_number_is_said(admin_client, unit, note):
    cl, page = shown(admin_client, url(Question(SHOP, unit=unit), Cell(0)))
    assert (cl.set.note in page, note in cl.set.note, bool(cl.set.note)) == (True, True, unit != "journey")


def test_filters_search_and_sorting_stay_within_the_set(admin_client):
    address = url(Question(SHOP), Cell(1, "lost"))
    cl, page = shown(admin_client, f"{address}&device__exact=desktop")
    assert [row.participant for row in cl.result_list] == [7]
    assert "<strong>4 journeys</strong>" in page
    assert "1 journey of these." in page
    cl, _ = shown(admin_client, f"{address}&q=1")
    assert list(cl.result_list) == []
    cl, page = shown(admin_client, f"{address}&o=1&video__exact=rose-serum-in-a-week")
    assert [row.participant for row in cl.result_list] == [4, 5, 6, 7]
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert kept.items() >= {"funnel": "shop", "step": "2", "state": "lost", "period": "all"}.items()


def test_the_reports_own_field_and_a_filter_of_the_list_do_not_meet(admin_client):
    asked = Question(SHOP, only=(("device", "phone"),))
    cl, _ = shown(admin_client, f"{url(asked, Cell(1, 'lost'))}&device__exact=desktop")
    assert list(cl.result_list) == []


def test_the_set_is_had_as_a_file(admin_client):
    answer = admin_client.get(f"{url(Question(SHOP), Cell(1, 'lost'))}&format=csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert sorted(row["participant"] for row in rows) == ["4", "5", "6", "7"]


@pytest.mark.parametrize(
    "broken", ["funnel=nonsense&step=1", "funnel=shop&step=9", "funnel=shop&step=x", "step=1&by=mood"]
)
def test_of_a_number_that_is_not_understood_nothing_is_listed(admin_client, broken):
    cl, page = shown(admin_client, f"{ADDRESS}?{broken}")
    assert list(cl.result_list) == []
    assert "No journeys are shown." in page


def test_without_a_step_there_is_no_set():
    assert set_from({"funnel": "shop", "device": "phone"}) is None


def test_who_comes_while_the_list_is_read_is_in_it(admin_client):
    address = url(Question(SHOP), Cell(1, "lost"))
    shown(admin_client, address)
    store([batch(9, *LOOKED)])
    count()
    cl, _ = shown(admin_client, address)
    assert sorted(row.participant for row in cl.result_list) == [4, 5, 6, 7, 9]


def test_a_forgotten_person_is_gone_from_a_set_that_is_remembered(admin_client):
    address = url(Question(SHOP), Cell(1, "lost"))
    shown(admin_client, address)
    Journey.objects.filter(participant=5).delete()
    _, page = shown(admin_client, address)
    assert "<strong>3 journeys</strong>" in page


@pytest.mark.both
def test_a_set_is_one_parameter_however_large(django_assert_num_queries):
    keys = [*Journey.objects.values_list("pk", flat=True), *range(10**12, 10**12 + 100_000)]
    with django_assert_num_queries(1):
        assert Journey.objects.filter(pk__among=keys).count() == 9
    assert Journey.objects.filter(pk__among=[]).count() == 0
