"""One journey's page: what is drawn of its events, of its path when they are gone, and of odd journeys."""

import re
from html import unescape

import pytest
from django.urls import reverse

from analytics.counts.counting import count
from analytics.models import Journey, packed
from analytics.timelines import timeline
from analytics.timelines.drawn import BROKEN, SECOND, bands, marks, rows
from analytics.timelines.folding import fold
from analytics.timelines.telling import stopped_at
from journey.models import Event, Participant
from journey.models.variant import Experiment
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, HOUR, START, WATCHED, batch
from tests.analytics.told import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(admin_client):
    """The page of a participant's only journey, with its white space made one."""

    def get(participant=5):
        journey = Journey.objects.get(participant=participant)
        answer = admin_client.get(reverse("admin:analytics_journey_change", args=[journey.pk]))
        assert answer.status_code == 200
        return unescape(re.sub(r"\s+", " ", answer.content.decode()))

    return get


def walked(*events, participant=5, **more):
    store([batch(participant, *events, **more)])
    count()


def titles(page):
    return [title.strip() for title in re.findall(r"<h4>([^<]*)", page)]


def test_a_journey_is_read_from_top_to_bottom(read):
    walked(*BOUGHT)
    page = read()
    assert titles(page) == [
        "Watched Rose Serum In A Week",
        "Tapped Rose Serum on the video",
        "Opened Rose Serum",
        "Put Rose Serum into the cart",
        "Opened the checkout",
        "Bought order K3V9",
    ]
    assert re.findall(r"<time>([^<]*)</time>", page) == ["0:00.0", "0:09.0", "0:10.0", "0:40.0", "0:50.0", "1:39.0"]
    assert re.findall(r"<span>([^<]*) pause</span>", page) == ["30 s", "10 s", "49 s"]
    assert re.findall(r"<h3><i></i>(.*?) <small>", page) == ["Interest", "Link", "Purchase"]
    assert "Watched 1 video, tapped an anchor, opened Rose Serum" in page
    assert f'{reverse("admin:shop_order_changelist")}?q=K3V9"' in page
    assert f'src="{reverse("shop:poster", args=["rose-serum-in-a-week"])}"' in page


def test_the_arms_lead_to_their_experiments(read):
    Experiment.objects.create(slug="anchor", name="Anchor")
    walked(*WATCHED, context=("phone", "Chrome", "direct", "anchor=late;gone=b"))
    page = read()
    assert f'href="{reverse("experiment_results", args=["anchor"])}">anchor=late</a>' in page
    assert "<dd>gone=b</dd>" in page


def test_journeys_of_the_same_participant_lead_to_each_other(admin_client):
    store([batch(5, *WATCHED, at=START + hours * HOUR) for hours in (0, 5, 9)])
    count()
    first, second, third = (journey.pk for journey in Journey.objects.order_by("start"))
    page = admin_client.get(reverse("admin:analytics_journey_change", args=[second])).content.decode()
    assert re.findall(r"/journey/(\d+)/change/\" rel=\"(\w+)\"", page) == [(str(first), "prev"), (str(third), "next")]
    assert (
        "Their first journey"
        in admin_client.get(reverse("admin:analytics_journey_change", args=[first])).content.decode()
    )


def test_of_a_journey_without_events_the_path_is_drawn_and_it_is_said(read):
    walked(*BOUGHT)
    Event.objects.all().delete()
    page = read()
    assert "known from its path alone" in page
    assert titles(page) == [
        "Watched a video",
        "Opened a product page",
        "Put a product into the cart, or tapped buy now",
        "Opened the checkout",
        "Placed and paid an order",
    ]
    assert re.findall(r"<time>([^<]*)</time>", page) == ["0:00.0", "0:10.0", "0:40.0", "0:50.0", "1:39.0"]


def test_a_letter_without_a_word_is_left_out_and_it_is_said(read):
    walked(*WATCHED)
    Journey.objects.update(path="s?!", pauses=packed([0, 1, 2]))
    Event.objects.all().delete()
    assert "2 steps without a word in this version are left out" in read()


def test_one_event_is_a_journey_too(read):
    walked((0, Step.VIEW_FEED))
    page = read()
    assert titles(page) == ["Opened the feed"]
    assert "Left." in page


@pytest.mark.parametrize(
    ("kind", "said"), [("bot", "This is a bot"), ("staff", "This is staff"), ("simulated", "was simulated")]
)
def test_who_is_no_buyer_is_said(read, kind, said):
    walked(*WATCHED, kind=kind)
    assert said in read()


def test_of_a_participant_who_was_deleted_the_page_still_opens(read):
    walked(*WATCHED)
    Participant.objects.all().delete()
    assert "This participant was deleted" in read()


def test_two_thousand_events_are_folded_and_drawn_with_few_queries(admin_client, django_assert_max_num_queries):
    """A video every two seconds, and a tap on every tenth."""
    events = []
    for n in range(400):
        about = {"video": f"video-{n}", "creator": "mira"}
        events += [(n * 2, Step.VIDEO_IMPRESSION, about), (n * 2 + 0.2, Step.VIDEO_START, about)]
        events += [(n * 2 + 1, Step.VIDEO_PROGRESS, about | {"watch_ms": 800}), (n * 2 + 1.5, Step.VIDEO_VIEW, about)]
        events += [(n * 2 + 1.9, Step.WATCH, about | {"watch_ms": 1900, "reason": "left", "showing": n})]
    walked(*events)
    journey = Journey.objects.get()
    assert len(journey.path) == 2_000
    with django_assert_max_num_queries(22):
        page = admin_client.get(reverse("admin:analytics_journey_change", args=[journey.pk])).content.decode()
    assert len(titles(page)) == 400
    assert "Watched 400 videos for 12 min 40 s, left." in page


def test_more_events_than_anybody_reads_are_cut_and_it_is_said(read, monkeypatch):
    monkeypatch.setattr("analytics.timelines.told.MOST", 3)
    walked(*BOUGHT)
    page = read()
    assert "Only the first 3 steps are drawn; 4 more follow." in page
    assert "Opened the checkout" not in titles(page)


def test_three_hours_are_drawn_to_scale_up_to_a_broken_line():
    hours = told((0, Step.VIEW_FEED), (10, Step.VIEW_CART), (25 * 60, Step.BEGIN_CHECKOUT), (3 * 3600, Step.VIEW_FEED))
    drawn = rows(fold(hours))
    assert [(row.clock, row.gap, row.pause, row.is_broken) for row in drawn] == [
        ("0:00.0", 0, "", False),
        ("0:10.0", 30, "10 s", False),
        ("25:00.0", 3 * BROKEN // SECOND, "24 min 50 s", True),
        ("3:00:00", 3 * BROKEN // SECOND, "2 h 35 min", True),
    ]
    strip = [(mark.left, mark.width) for mark in marks(drawn, 3 * 3600 * SECOND)]
    assert strip == [(0, 0.09), (0.09, 13.8), (13.89, 86.11), (100, 0)]


def test_a_page_took_as_long_as_it_was_on_the_screen_as_the_sentence_says():
    opened = (0, Step.VIEW_PROFILE, {"creator": "desk-dan"})
    cards = fold(told(opened, (3, Step.VIEW_ITEM_LIST, {"list": "profile"}), (6, Step.PAGE_HIDDEN)))
    assert (rows(cards)[0].took, stopped_at(cards)) == ("6.0 s", "looked at a profile for 6.0 s")


def test_bands_never_go_back():
    events = told(
        (0, Step.VIDEO_START, {"video": "a"}),
        (1, Step.VIEW_PROMOTION, {"video": "b"}),
        (2, Step.VIDEO_START, {"video": "c"}),
        (9, Step.WATCH, {"video": "a", "reason": "left", "watch_ms": 9000}),
    )
    assert [band.stage for band in bands(rows(fold(events)), [0, SECOND, None, None, None, None])] == [2]


def test_what_a_page_says_is_said_as_text(admin_client):
    walked((0, Step.SEARCH, {"term": "<script>alert(1)</script>"}), (1, Step.VIEW_ITEM, {"product": "<b>x"}))
    journey = Journey.objects.get()
    assert timeline(journey).rows[0].title == "Searched for “<script>alert(1)</script>”"
    page = admin_client.get(reverse("admin:analytics_journey_change", args=[journey.pk])).content.decode()
    assert ("<script>alert(1)" in page, "<b>x" in page, "&lt;b&gt;x" in page) == (False, False, True)
