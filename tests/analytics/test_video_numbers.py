"""Every number of a video's or product's page opens exactly the journeys that it counts.

FUNNELS_LONG=1 looks at more of them.
"""

import os
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.answers.questions import Question, default_kinds
from analytics.counts.collecting import settle
from analytics.counts.counting import count
from analytics.models import Journey
from analytics.semantics.funnels import SIX_STAGES
from analytics.videos import periods
from analytics.videos.apart import BY_BROWSER, BY_SOURCE
from analytics.videos.behind import Number, Opener, number_from
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import DAY, HOUR, START, batch
from tests.analytics.test_seen import BATCHES, day
from tests.analytics.test_video_pages import WEEK, bought, shown

EXAMPLES = 100 if os.environ.get("FUNNELS_LONG") else 15
EVERYONE = frozenset({"visitor", "bot"})
APART = {*BY_SOURCE.values(), *BY_BROWSER.values()}  # known of a journey's row alone; no page shows them


@pytest.mark.both
class EveryNumberOfAVideo(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, st.integers(0, 3), st.integers(0, 3))
    def test_a_number_is_what_is_counted_in_the_journeys_it_opens(self, batches, skipped, long):
        cache.clear()  # keys of journeys come again when an example is rolled back
        store([batch(n, *walk, at=at, trail=trail, context=c) for n, walk, at, trail, c in batches])
        count()
        first = day((START // DAY * DAY + skipped * DAY,))
        days = first, first + timedelta(days=long)
        for kind, ask in ASKED.items():
            for slug, figures in ask(*days, EVERYONE).items():
                for figure, name, n in numbers_of(figures):
                    number = Number(Question(SIX_STAGES, *days, EVERYONE), kind, slug, (figure,), name)
                    assert sum(times for _, times in number.found) == n, (kind, slug, figure, name)
                    if figure.endswith("journeys"):
                        assert len(number.found) == n


ASKED = {"video": periods.figures, "product": periods.product_figures}


def numbers_of(figures):
    yield from ((name, "", getattr(figures, name)) for name in figures.numbers())
    shown = [name for code, name in figures.codes().items() if code not in APART and name in figures.spreads()]
    yield from ((name, key, n) for name in shown for key, n in getattr(figures, name).items())


@pytest.fixture
def shop(db):
    at = now_us() - HOUR
    store([batch(1, *bought(WEEK), at=at), batch(2, *shown(WEEK), at=at), batch(3, *bought(WEEK)[:7], at=at)])
    settle()


@pytest.fixture
def ask(admin_client):
    def get(address):
        answer = admin_client.get(address)
        assert answer.status_code == 200
        return answer

    return get


PAGES = [("videoday", "week-one"), ("productday", "serum")]


@pytest.mark.parametrize(("name", "slug"), PAGES)
def test_every_link_of_a_page_opens_as_many_as_it_says(name, slug, shop, ask):
    page = ask(reverse(f"admin:analytics_{name}_results", args=[slug])).content.decode()
    links = re.findall(r'<a [^>]*href="([^"]*counts=[^"]*)"[^>]*>([\d,]+)</a>', page)
    assert len(links) > 20
    for address, said in links:
        answer = ask(unescape(address))
        listed, number = answer.context["cl"], int(said.replace(",", ""))
        assert (listed.problem, listed.result_count) == ("", answer.context["of_set"])
        if listed.set.counts_journeys:
            assert listed.result_count == number
            assert listed.set.note == ""
        else:
            assert sum(n for _, n in listed.set.found) == number
            assert f": {number:,} in these." in listed.set.note


@pytest.mark.parametrize(("name", "slug"), PAGES)
def test_every_number_of_the_steps_that_began_here_opens_its_journeys(name, slug, shop, ask):
    page = ask(reverse(f"admin:analytics_{name}_results", args=[slug])).content.decode()
    steps = re.findall(r'<p class="count"><a href="([^"]*)">(\d+)</a>', page)
    assert re.findall(r'<h3 title="([^"]*)"><span class="place">', page)[::19] == ["On the screen", "Paid back"]
    assert [ask(unescape(address)).context["cl"].result_count for address, _ in steps] == [int(n) for _, n in steps]


@pytest.mark.parametrize(("board", "slug"), PAGES)
def test_every_number_of_a_board_opens_what_it_counts(board, slug, shop, ask):
    page = ask(reverse(f"admin:analytics_{board}_changelist")).content.decode()
    links = [unescape(link) for link in re.findall(r'<a href="([^"]*counts=[^"]*)"', page)]
    assert len(links) >= 8
    assert {parse_qs(urlsplit(link).query)["of"][0] for link in links} == {slug}
    for link in links:
        number = number_from(dict(parse_qsl(urlsplit(link).query)))
        assert ask(link).context["cl"].result_count == len(number.found) > 0


def test_the_list_says_what_is_counted_and_leads_back(shop, ask):
    opens = Opener(Question(SIX_STAGES, kinds=default_kinds()), "video", "week-one")
    answer = ask(opens("starts", "loops"))
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert "3 journeys</strong> in which were showings in which it began to play or times it began again" in page
    assert "The page counts them, not the journeys: 3 in these." in page
    assert f'href="{reverse("admin:analytics_videoday_results", args=["week-one"])}?period=all"' in page
    assert "3 journeys</strong> in which it was shown, Week One" in re.sub(
        r"\s+", " ", ask(opens["journeys"]).content.decode()
    )


def test_a_number_nobody_counts_is_said_and_lists_nothing(shop, ask):
    for wrong in ("video.nonsense", "creator.clicks", "video", "product.starts"):
        answer = ask(f"{reverse('admin:analytics_journey_changelist')}?counts={wrong}&of=week-one")
        assert answer.context["cl"].result_count == 0
        assert "Nothing is counted that is called" in answer.context["cl"].problem


def test_a_slug_that_is_part_of_another_or_a_pattern_opens_its_own(db):
    slugs = ["week", "week-one", "w%k", 'we"k', "wé_k"]
    at = now_us() - HOUR
    store([batch(n, (0, Step.VIDEO_IMPRESSION, {"video": slug}), at=at) for n, slug in enumerate(slugs, 1)])
    settle()
    found = {slug: Number(Question(SIX_STAGES), "video", slug, ("journeys",)).found for slug in slugs}
    owners = dict(Journey.objects.values_list("pk", "participant"))
    assert {slug: [owners[pk] for pk, _ in some] for slug, some in found.items()} == {
        slug: [n] for n, slug in enumerate(slugs, 1)
    }
