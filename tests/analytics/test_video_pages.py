"""Boards and pages of videos and products: what they say, how they are sorted and searched, who may look."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.counts.collecting import settle
from analytics.screens.pages import FunnelPage
from analytics.videos.metrics import PRODUCT_METRICS, VIDEO_METRICS
from analytics.videos.product_figures import ProductFigures
from analytics.videos.product_page import ProductResults
from analytics.videos.video_figures import VideoFigures
from analytics.videos.video_page import VideoResults
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import HOUR, batch

pytestmark = pytest.mark.django_db
WEEK, LAMP = {"video": "week-one", "product": "serum"}, {"video": "lights-off", "product": "lamp"}
BOARDS = ("videoday", "productday")


def shown(of, seen=4095):
    summary = {
        "video": of["video"],
        "showing": 1,
        "watch_ms": 4000,
        "furthest_percent": 60,
        "reason": "left",
        "seen": seen,
    }
    return [
        (0, Step.VIDEO_IMPRESSION, {"video": of["video"]}),
        (0.2, Step.VIDEO_START, {"video": of["video"], "muted": True, "start_delay_ms": 200}),
        (3, Step.VIEW_PROMOTION, {**of, "at_video_ms": 3000}),
        (9, Step.WATCH, summary),
    ]


def bought(of):
    return [
        *shown(of),
        (10, Step.SELECT_PROMOTION, {**of, "at_video_ms": 5000}),
        (11, Step.VIEW_ITEM, {**of, "value": 1690}),
        (20, Step.VIEW_BLOCK, {"block": "price", "dwell_ms": 2000, "depth": 2}),
        (30, Step.VIEW_BLOCK, {"block": "reviews", "dwell_ms": 9000, "depth": 8}),
        (40, Step.ADD_TO_CART, {**of, "value": 1690, "quantity": 1}),
        (50, Step.BEGIN_CHECKOUT, {**of, "value": 1690, "quantity": 1}),
        (60, Step.PURCHASE, {**of, "order": "K3V9", "value": 1690, "quantity": 1}),
    ]


@pytest.fixture
def shop():
    """Two see the serum and one of them buys it; three see the lamp."""
    at = now_us() - HOUR
    store([batch(1, *bought(WEEK), at=at), batch(2, *shown(WEEK), at=at)])
    store([batch(number, *shown(LAMP), at=at) for number in (3, 4, 5)])
    settle()


@pytest.fixture
def ask(admin_client):
    def get(name, *args, **params):
        answer = admin_client.get(reverse(f"admin:analytics_{name}", args=args), params)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


def plain(page):
    """What is read of it."""
    return re.sub(r"<[^>]+>", "", page)


def listed(page):
    return re.findall(r'class="named" href="[^"]*">.*?<span>(.*?)</span>', page)


def test_the_board_lists_the_most_played_first_and_turns_round(shop, ask):
    assert listed(ask("videoday_changelist")) == ["Lights Off", "Week One"]
    assert listed(ask("videoday_changelist", sort="-plays")) == ["Week One", "Lights Off"]
    assert listed(ask("videoday_changelist", sort="orders")) == ["Week One", "Lights Off"]
    assert listed(ask("videoday_changelist", sort="nonsense")) == ["Lights Off", "Week One"]


def test_the_board_is_searched_by_a_part_of_a_name(shop, ask):
    page = ask("videoday_changelist", q="Week o")
    assert listed(page) == ["Week One"]
    assert "<strong>1</strong> of 1 video named like “Week o” brought an order" in page


def test_the_board_as_csv_has_the_two_counts_of_every_rate(shop, admin_client):
    answer = admin_client.get(reverse("admin:analytics_productday_changelist"), {"format": "csv"})
    head, *rows = [line.split(",") for line in b"".join(answer.streaming_content).decode().splitlines()]
    serum = dict(zip(head, next(row for row in rows if row[0] == "serum"), strict=True))
    assert (serum["page_views"], serum["conversion_part"], serum["conversion_of"]) == ("1", "1", "1")
    assert serum["order_cents"] == "1690"


def test_a_question_that_is_not_understood_is_said_and_has_no_file(shop, ask, admin_client):
    assert "is not a day" in ask("videoday_changelist", **{"from": "yesterday"})
    answer = admin_client.get(reverse("admin:analytics_videoday_changelist"), {"format": "csv", "from": "yesterday"})
    assert answer.status_code == 400


def test_the_page_of_a_video_says_how_far_it_came_in_one_sentence(shop, ask):
    page = ask("videoday_results", "week-one")
    assert "2 people saw it in 2 journeys; 2 journeys came to see its product, 1 tapped it, 1 bought: 16.90 USD." in (
        plain(page)
    )
    assert 'href="/admin/analytics/productday/of/serum/"' in page


def test_the_curve_has_the_seconds_in_which_the_anchor_was_seen_and_tapped(shop, ask):
    page = ask("videoday_results", "week-one")
    assert "Second 3 of the clip: anchor seen 2 times, tapped 0 times." in page
    assert "Second 5 of the clip: anchor seen 0 times, tapped 1 time." in page
    assert "Share of 2 showings in which each twentieth of the clip was played: 100.0 %, " in page


def test_the_page_of_a_product_has_its_blocks_in_the_order_of_the_page(shop, ask):
    page = ask("productday_results", "serum")
    assert re.findall(r"<h3>(\w+)", page) == ["price", "reviews"]
    assert "1 person opened its page in 1 journey" in plain(page)


@pytest.mark.parametrize(("name", "slug", "began"), [("videoday", "week-one", 2), ("productday", "serum", 3)])
def test_the_whole_path_is_of_the_journeys_that_began_with_it_and_no_others(name, slug, began, shop, ask):
    store([batch(6, (0, Step.VIEW_ITEM, {"product": "serum", "value": 1690}), at=now_us() - HOUR)])  # without a video
    settle()
    page = plain(ask(f"{name}_results", slug))
    assert "1 On the screen 2 " in page
    found = FunnelPage({"funnel": "path", name.removesuffix("day"): slug}).report
    assert (found.units, found.lines[0].count) == (began, 2)


def test_each_step_of_a_video_and_of_a_product_says_of_which_step_before(shop, ask):
    steps = VideoResults("week-one", {}).steps
    assert [(step.label, step.n, step.previous) for step in steps][:8] == [
        ("Shown", 2, ""),
        ("Began to play", 2, "Shown"),
        ("Watched 2 s", 0, "Began to play"),
        ("Watched 6 s", 0, "Watched 2 s"),
        ("To the end", 0, "Watched 2 s"),
        ("Liked, saved, shared", 0, "Watched 2 s"),
        ("Saw the anchor", 2, "Watched 2 s"),
        ("Tapped it", 1, "Saw the anchor"),
    ]
    assert [step.label for step in steps if step.more] == ["Saw the anchor"]
    assert [(step.label, step.n) for step in ProductResults("serum", {}).steps if step.n] == [
        ("Anchor seen", 2),
        ("Tapped", 1),
        ("Opened the page", 1),
        ("Read a block", 1),
        ("Into the cart", 1),
        ("Checkout", 1),
        ("Bought", 1),
    ]


def test_what_nobody_met_is_said_with_a_way_out(shop, ask):
    assert "It was not shown in these days." in ask("videoday_results", "never-shown")
    assert "Show all days" in ask("videoday_changelist", **{"from": "2020-01-01", "to": "2020-01-02"})


def test_figures_are_compared_with_the_median_of_the_others(shop, ask):
    page = ask("videoday_results", "week-one")
    row = re.search(r"<tr[^>]*> <th scope=\"row\"><span class=\"term\"><button[^>]*>Plays<.*?</tr>", page)[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r"</?(a|b)\b[^>]*>", "", row))[:4] == ["2", "", "", "3"]


@pytest.mark.parametrize("board", BOARDS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_database_as_often_whatever_there_is(board, rows, admin_client, django_assert_max_num_queries):
    store([batch(n, *bought({"video": f"v{n}", "product": f"p{n}"}), at=now_us() - HOUR) for n in range(1, rows + 1)])
    settle()
    for name, args in (("changelist", []), ("results", ["v1" if board == "videoday" else "p1"])):
        with django_assert_max_num_queries(16):
            admin_client.get(reverse(f"admin:analytics_{board}_{name}", args=args))


@pytest.mark.parametrize("board", BOARDS)
def test_only_who_may_view_journeys_sees_results(board, client, django_user_model):
    client.force_login(user := django_user_model.objects.create_user("clerk", is_staff=True))
    addresses = [
        reverse(f"admin:analytics_{board}_changelist"),
        reverse(f"admin:analytics_{board}_results", args=["a"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    user.user_permissions.add(Permission.objects.get(codename="view_journey"))
    assert [client.get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.parametrize(("figures", "metrics"), [(VideoFigures, VIDEO_METRICS), (ProductFigures, PRODUCT_METRICS)])
def test_a_figure_follows_from_the_numbers_that_it_names(figures, metrics):
    full = figures(**{name: 7 + place for place, name in enumerate(figures.numbers())})
    for metric in metrics:
        assert metric.of(figures(**{name: getattr(full, name) for name in metric.needs})) == metric.of(full)
