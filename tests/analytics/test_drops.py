"""The page of a drop: where they went instead, drawn and listed, and what is fetched for it later."""

import re
from collections import Counter

import pytest
from django.http import QueryDict
from django.urls import reverse

from analytics.answers.cells import cell_from, ids
from analytics.answers.next_steps import next_steps
from analytics.answers.paths import LISTED, paths
from analytics.answers.questions import funnel_from, question_from
from analytics.counts.counting import count
from analytics.screens.scales import Scale
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, HOUR, TAPPED, batch


@pytest.fixture
def ask(admin_client):
    def get(**params):
        answer = admin_client.get(reverse("admin:analytics_drop"), params)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


@pytest.fixture
def shop(db):
    """Three tap the anchor: one buys, one searches, one leaves; an hour ago."""
    at = now_us() - HOUR
    store([batch(1, *BOUGHT, at=at), batch(2, *TAPPED, (20, Step.SEARCH), at=at), batch(3, *TAPPED, at=at)])
    count()


def test_the_drop_says_who_was_lost_and_where_they_went(shop, ask):
    page = ask(step="5")
    assert "Who came to Link and not to Purchase?" in page
    assert re.search(
        r">2 of 3 journeys</a> were lost between <strong>Link</strong> and <strong>Purchase</strong>", page
    )
    assert re.findall(r"<title>([^<]*)</title>", page)[1:] == ["1: searched", "1: left", "1: searched, then left"]


def test_every_ribbon_opens_exactly_its_journeys(shop, ask):
    ribbons = re.findall(r'<a data-bar href="([^"]*)"[^>]*><title>(\d+):', ask(step="5"))
    assert len(ribbons) == 3
    for link, n in ribbons:
        params = QueryDict(link.replace("&amp;", "&").partition("?")[2]).dict()
        assert len(ids(question_from(params, funnel_from(params)), cell_from(params))) == int(n)


def test_without_a_step_the_biggest_drop_is_shown(shop, ask):
    assert "and not to Purchase?" in ask()


def test_nobody_lost_and_unknown_steps_are_said(shop, ask):
    assert "Nobody was lost before Interest." in ask(step="2")
    assert "it can be left out" in ask(step="3")
    assert "there is no step 9" in ask(step="9")
    assert "There is no step “x”" in ask(step="x")


def test_what_distinguishes_them_is_fetched_later_or_at_once(shop, ask):
    assert "data-part" in ask(step="5")
    for page in (ask(step="5", part="all"), ask(step="5", part="features")):
        assert "Too few to compare" in page
        assert "data-part" not in page


def test_a_drop_asks_little_whatever_it_shows(shop, admin_client, django_assert_max_num_queries):
    url = reverse("admin:analytics_drop")
    for params, most in (({"step": "5"}, 14), ({"step": "5", "part": "features"}, 14)):
        with django_assert_max_num_queries(most):
            admin_client.get(url, params)


def test_only_staff_who_may_view_journeys_read_drops(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    for name in ("analytics_drop", "analytics_values"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403


def test_the_next_steps_leave_out_what_goes_on_beside_and_repeats():
    """Scrolling, another product page, a block, two searches: from the first product page, and from the last."""
    assert next_steps("jvbqq") == ["view_item", "search", "left"]
    assert next_steps("bqqt") == ["search", "add_to_cart", "left"]
    assert next_steps("") == ["left"]
    assert next_steps("qtqtqt") == ["search", "add_to_cart", "search"]


def test_small_branches_are_summed_up_and_leaving_is_an_end_of_its_own():
    names = [step.value for step in Step][: LISTED + 3]
    walks = [[name, "left"] for n, name in enumerate(names) for _ in range(20 - n)] + [["left"]] * 3
    drawn = paths(Counter(map(tuple, walks)))
    assert [node.hop for node in drawn.columns[1]] == [*names[:LISTED], "!" + "|".join(sorted(names[:LISTED])), "left"]
    assert drawn.columns[1][LISTED].n == sum(20 - n for n in range(LISTED, LISTED + 3))
    assert sum(node.n for node in drawn.columns[1]) == drawn.total == len(walks)
    assert [node.hop for node in drawn.columns[2]] == ["left"]


def test_nobody_has_no_paths():
    assert (paths(Counter()).ribbons, paths(Counter()).total) == ([], 0)


def test_a_ratio_and_its_inverse_lie_as_far_from_the_middle():
    scale = Scale.of([0.25, 2])
    assert [scale.place(ratio) for ratio in (0.25, 0.5, 1, 2, 4, 100)] == [0, 25, 50, 75, 100, 100]
