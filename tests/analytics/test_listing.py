"""The list of journeys: what its address asks for, what is found, how it is counted and had as a file."""

import csv
import re
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse

from analytics.counts.counting import count
from analytics.listing.asked import Narrowed, narrowed_from
from analytics.listing.search import matching
from analytics.models import Journey
from analytics.semantics.notation import BadQuestion
from journey.models import Fact, Participant
from journey.models.participant import code_of
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, START, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:analytics_journey_changelist")
MONDAY = date(2026, 9, 21)
ANGRY = [(0, Step.VIEW_CART), (700, Step.RAGE_TAP, {"element": "b"}), (701, Step.FIELD_ERROR, {"field": "zip"})]
ELSEWHERE = [
    (0, Step.VIDEO_START, {"video": "lamp", "creator": "ode"}),
    (3, Step.VIEW_ITEM, {"product": "sunset-lamp"}),
]


@pytest.fixture
def shop():
    """1 watches; 2 is interested the next day, on a desktop; 3 buys and asks; 4 is a bot; 5 is angry for minutes."""
    desktop = ("desktop", "Chrome", "direct", "anchor=late;price=low")
    store([batch(1, *ELSEWHERE), batch(2, *INTERESTED, at=START + DAY, context=desktop)])
    store([batch(3, *BOUGHT, (200, Step.SUPPORT_OPEN, {"ticket": "tk77"})), batch(4, *TAPPED, kind="bot")])
    store([batch(5, *ANGRY, context=("phone", "Safari", "tiktok", "anchor=late"))])
    count()
    cache.clear()


@pytest.fixture
def listed(admin_client):
    """Participants of the journeys that an address lists."""

    def get(**params):
        answer = admin_client.get(ADDRESS, params)
        assert answer.status_code == 200
        return sorted(journey.participant for journey in answer.context["cl"].result_list)

    return get


@pytest.mark.both
@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"day__gte": "2026-09-22"}, [2]),
        ({"day__lte": "2026-09-21"}, [1, 3, 4, 5]),
        ({"day__gte": "2026-09-21", "day__lte": "2026-09-22"}, [1, 2, 3, 4, 5]),
        ({"stage__gte": "4"}, [3, 4]),
        ({"kind__in": "bot"}, [4]),
        ({"kind__in": "visitor,tester"}, [1, 2, 3, 5]),
        ({"video__exact": "lamp"}, [1]),
        ({"video__exact": "(none)"}, [5]),
        ({"product__exact": "rose-serum"}, [2, 3, 4]),
        ({"creator__exact": "ode"}, [1]),
        ({"device__exact": "desktop"}, [2]),
        ({"browser__exact": "Safari"}, [5]),
        ({"source__exact": "tiktok"}, [5]),
        ({"visit__exact": "returning"}, []),
        ({"arm": "anchor=late"}, [2, 5]),
        ({"arm": "price=low"}, [2]),
        ({"arm": "price"}, []),
        ({"has": "purchase"}, [3]),
        ({"has": "ticket"}, [3]),
        ({"has": "error"}, [5]),
        ({"has": "anger,error"}, [5]),
        ({"has": "purchase,error"}, []),
        ({"length": "10s"}, [1, 2, 4]),
        ({"length": "10min"}, [3]),
        ({"length": "long"}, [5]),
        ({"participant__exact": "3"}, [3]),
        ({"stage__in": "4,6"}, [3, 4]),
        ({"q": "3"}, [3]),
        ({"q": "sunset"}, [1]),
        ({"q": "nothing like it"}, []),
        ({"q": "z" * 30}, []),
        ({"device__exact": "phone", "stage__gte": "4", "kind__in": "visitor"}, [3]),
    ],
    ids=str,
)
def test_a_filter_finds_its_journeys(shop, listed, params, found):
    assert listed(**params) == found


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"day__gte": "yesterday"}, "“yesterday” is not a day"),
        ({"day__gte": "2026-09-22", "day__lte": "2026-09-21"}, "The first day, 2026-09-22, is after the last"),
        ({"stage__gte": "9"}, "There is no stage “9”"),
        ({"kind__in": "ghost"}, "There is no kind “ghost”"),
        ({"has": "luck"}, "There is no sign “luck”"),
        ({"length": "ages"}, "There is no length “ages”"),
        ({"days": "year"}, "There is no period “year”"),
    ],
)
def test_what_is_not_understood_is_said_and_everything_is_listed(shop, admin_client, listed, params, problem):
    with pytest.raises(BadQuestion, match=re.escape(problem)):
        narrowed_from(params)
    page = admin_client.get(ADDRESS, params).content.decode()
    assert problem in page
    assert "All journeys are shown instead." in page
    assert listed(**params) == [1, 2, 3, 4, 5]


def test_a_preset_counts_days_back_from_today():
    today = date(2026, 11, 26)
    asked = [narrowed_from({"days": days}, lambda: today) for days in ("today", "7", "all")]
    assert asked == [
        Narrowed(today, days="today"),
        Narrowed(today - timedelta(days=6), days="7"),
        Narrowed(None, days="all"),
    ]
    assert narrowed_from({"days": "7", "day__gte": "2026-01-01"}) == Narrowed(date(2026, 1, 1), days="")


def test_people_are_found_by_their_label_and_codes_by_the_fact_they_belong_to(shop):
    Participant.objects.filter(pk=2).update(label="Anna P07")
    trail, n = 77, 0
    store([batch(1, (50, Step.PURCHASE, {"order": "K3V9X"}), trail=trail)])
    Fact.objects.create(key="purchase:K3V9X", participant_id=1, trail=trail, n=n)
    count()

    def who(term):
        return sorted(Journey.objects.filter(matching(term)).values_list("participant", flat=True))

    assert [who(term) for term in ("anna", "p07", "k3v9x", "K3V9X", "K3V9")] == [[2], [2], [1], [1], []]


def test_a_code_finds_the_one_journey_in_which_it_happened(shop):
    store([batch(3, *WATCHED, at=START + 2 * DAY), batch(3, (9, Step.PURCHASE), at=START + 3 * DAY, trail=901)])
    Fact.objects.create(key="purchase:late", participant_id=3, trail=901, n=0)
    count()
    assert [row.start for row in Journey.objects.filter(matching("late"))] == [START + 3 * DAY + 9_000_000]


def test_a_row_says_who_came_for_what_and_how_far(shop, admin_client):
    Participant.objects.filter(pk=3).update(label="Anna")
    page = unescape(re.sub(r"\s+", " ", admin_client.get(ADDRESS, {"q": "3"}).content.decode()))
    assert f'src="{reverse("shop:poster", args=["rose-serum-in-a-week"])}"' in page
    assert "<span>Rose Serum In A Week<small>@mira-glows</small></span>" in page
    assert re.findall(r'<i class="(on)? stage-(\d)">', page) == [("on", str(n)) for n in range(1, 7)]
    assert re.findall(r'class="sign (\w+)"', page) == ["purchase", "ticket"]
    assert f"<b>Anna</b> <small>{code_of(3)}</small>" in page
    assert "16.90" in page


def test_choices_are_the_values_that_were_counted_and_what_is_chosen_can_be_taken_away(shop, admin_client):
    form = admin_client.get(ADDRESS, {"device__exact": "desktop", "has": "purchase", "days": "7"}).context["form"]
    fields = {field.column: field.choices for field in form.fields}
    assert (sorted(fields["device"]), fields["browser"]) == (["desktop", "phone"], ["Chrome", "Safari"])
    assert [choice.value for choice in form.arms] == ["", "anchor=late", "price=low"]
    assert [(chip.label, chip.url) for chip in form.chips] == [
        ("the last 7 days", "?device__exact=desktop&has=purchase"),
        ("device: desktop", "?days=7&has=purchase"),
        ("bought", "?days=7&device__exact=desktop"),
    ]


def test_the_file_has_every_row_whatever_the_page_and_is_written_down(shop, admin_client, monkeypatch):
    monkeypatch.setattr("analytics.screens.journey_pages.JourneyAdmin.list_per_page", 2)
    Participant.objects.filter(pk=5).update(label="=SUM(A1)")
    answer = admin_client.get(ADDRESS, {"format": "csv", "kind__in": "visitor", "o": "1"})
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["participant"] for row in rows] == ["1", "2", "3", "5"]
    assert (rows[3]["label"], rows[3]["met"], rows[2]["revenue_cents"]) == ("'=SUM(A1)", "error anger", "1690")
    assert rows[1]["began"] == "2026-09-22T14:13:20+00:00"
    assert LogEntry.objects.get().object_repr.startswith("journeys as csv: format=csv&kind__in=visitor")


def test_no_file_is_given_for_what_is_not_understood(shop, admin_client):
    answer = admin_client.get(ADDRESS, {"format": "csv", "has": "luck"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert admin_client.get(ADDRESS, {"format": "csv", "mood": "x"}).status_code == 400
    assert not LogEntry.objects.exists()


def test_only_who_may_read_journeys_sees_them_and_has_the_file(shop, client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert [client.get(ADDRESS, params).status_code for params in ({}, {"format": "csv"})] == [403, 403]
    reader.user_permissions.add(Permission.objects.get(codename="view_journey"))
    assert [client.get(ADDRESS, params).status_code for params in ({}, {"format": "csv"})] == [200, 200]


def test_today_is_among_the_last_days(listed):
    store([batch(8, *WATCHED, at=now_us())])
    count()
    assert listed(days="today") == [8]


@pytest.mark.both
@pytest.mark.parametrize("name", ["video__exact", "arm", "q"])
def test_no_letter_of_an_address_is_too_odd_for_the_database(name, admin_client):
    assert admin_client.get(reverse("admin:analytics_journey_changelist"), {name: "a\0b"}).status_code == 200
