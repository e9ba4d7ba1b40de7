"""Who comes straight to a product is in none of the six stages; list, journey and report say so."""

import re

import pytest
from django.urls import reverse

from analytics.counts.counting import count
from analytics.listing.words import without_video
from analytics.models import Journey
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, HOUR, batch

STRAIGHT = [(0, Step.VIEW_ITEM), (5, Step.ADD_TO_CART), (6, Step.BEGIN_CHECKOUT), (9, Step.PURCHASE)]


@pytest.fixture
def shop(db):
    at = now_us() - HOUR
    store([batch(1, *BOUGHT, at=at), *(batch(2 + n, *STRAIGHT[: n + 1], at=at) for n in range(4))])
    count()


def test_how_far_somebody_came_without_a_video_is_said():
    walks = ["v", "vt", "vtK", "vtKB", "G"]
    assert [without_video(path) for path in walks] == [
        "saw no video, opened a product page",
        "saw no video, filled the cart",
        "saw no video, came to the checkout",
        "saw no video, bought",
        "saw no video",
    ]


def test_the_list_and_the_journey_say_it(shop, admin_client):
    text = re.sub(r"\s+", " ", admin_client.get(reverse("admin:analytics_journey_changelist")).content.decode())
    assert text.count("saw no video, ") == 4
    bought = Journey.objects.get(participant=5)
    page = admin_client.get(reverse("admin:analytics_journey_change", args=[bought.pk])).content.decode()
    assert "saw no video, bought" in page
    assert "No video yet" in page


def test_the_report_of_the_stages_says_how_many_and_leads_to_their_way(shop, admin_client):
    url = reverse("admin:analytics_funnel")
    text = re.sub(r"\s+", " ", admin_client.get(url).content.decode())
    (link,) = re.findall(r'4 saw no video, as who follows a link to a product: <a href="([^"]*)"', text)
    theirs = admin_client.get(url + link.replace("&amp;", "&"))
    assert theirs.context["report"].lines[0].count == 5
    assert "saw no video" not in theirs.content.decode()
