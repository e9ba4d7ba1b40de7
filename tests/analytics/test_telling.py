"""A journey in one sentence, steps in words, time as people say it."""

import pytest

from analytics.screens.slugs import named
from analytics.timelines.folding import fold
from analytics.timelines.staged import stages_since
from analytics.timelines.telling import stopped_at, story
from analytics.timelines.words import beside, clock, money, sentence, spell
from journey.steps import Step
from tests.analytics.told import SECOND, VIDEO, in_order, told

MINUTE = 60 * SECOND


def watched(seconds, video="serum", at=0.0, showing=1):
    about = {"video": video}
    return [
        (at, Step.VIDEO_IMPRESSION, about),
        (at + seconds, Step.WATCH, about | {"watch_ms": int(seconds * 1000), "reason": "left", "showing": showing}),
    ]


def opened(at, *blocks):
    page = [(at, Step.VIEW_ITEM, {"product": "rose-serum", "value": 1690})]
    return page + [(at + 7, Step.VIEW_BLOCK, {"block": name, "dwell_ms": ms}) for name, ms in blocks]


BOUGHT = (40, Step.PURCHASE, {"order": "k3v9", "value": 1690, "currency": "USD"})
STORIES = [
    ([(0, Step.VIEW_FEED)], "Left.", "looked at the feed"),
    (watched(4), "Watched 1 video for 4.0 s, left.", "watched Serum for 4.0 s"),
    (
        [*watched(30), *watched(42, "lamp", 31, 2), *opened(80, ("price", 6000), ("title", 900))],
        "Watched 2 videos for 1 min 12 s, opened Rose Serum, read the price for 6.0 s, left.",
        "read the price for 6.0 s",
    ),
    (
        [
            *opened(0),
            (5, Step.ADD_TO_CART, {"product": "rose-serum"}),
            (9, Step.BEGIN_CHECKOUT),
            (30, Step.CHECKOUT_ERROR),
        ],
        "Opened Rose Serum, put Rose Serum into the cart, went to the checkout, was refused there, left.",
        "looked at the checkout for 21 s",
    ),
    ([*opened(0), BOUGHT], "Opened Rose Serum, bought for 16.90 USD, left.", "looked at Rose Serum for 40 s"),
    ([BOUGHT, (50, Step.SUPPORT_OPEN, {"ticket": "t1"})], "Bought for 16.90 USD, opened a ticket, left.", ""),
    (
        [(n, Step.VIEW_ITEM, {"product": f"thing-{n}"}) for n in range(3)],
        "Opened 3 products, left.",
        "looked at Thing 2",
    ),
    (
        [(0, Step.VIDEO_IMPRESSION), (1, Step.VIEW_ITEM)],
        "Watched 1 video, opened a product, left.",
        "looked at a product",
    ),
]


@pytest.mark.parametrize(("events", "said", "stopped"), STORIES, ids=range(len(STORIES)))
def test_a_journey_is_told_in_one_sentence(events, said, stopped):
    cards = fold(told(*events))
    assert (story(cards), stopped_at(cards)) == (said, stopped)


@pytest.mark.parametrize(
    ("step", "props", "said"),
    [
        (Step.VIEW_ITEM, {"product": "rose-serum"}, "Opened Rose Serum"),
        (Step.VIEW_ITEM, {}, "Opened a product page"),
        (Step.SEARCH, {"term": "lip {x}"}, "Searched for “lip {x}”"),
        (Step.CHECKOUT_ERROR, {"code": "fields", "field": "zip"}, "The checkout said no: fields, in the field zip"),
        (Step.CHECKOUT_ERROR, {"code": "declined"}, "The checkout said no: declined"),
        (Step.VIDEO_ENGAGE, {"kind": "like", "video": "lights-off"}, "Liked Lights Off"),
        (Step.VIDEO_ENGAGE, {"kind": "follow", "creator": "mira-glows"}, "Followed @mira-glows"),
        (Step.PURCHASE, {"order": "k3v9"}, "Bought order k3v9"),
        (Step.SUBMIT_REVIEW, {"product": "rose-serum", "stars": 4}, "Gave Rose Serum 4 stars"),
        (Step.RAGE_TAP, {"element": None}, "Tapped the same spot again and again"),
    ],
)
def test_a_step_is_said_with_the_names_it_is_about(step, props, said):
    assert sentence(step, props) == said


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words_whatever_its_properties_are(step):
    said = [sentence(step, props) for props in ({}, {"video": ["odd"], "product": True, "order": "", "code": 0})]
    assert all(text[0].isupper() or text[0] == "@" for text in said)
    assert beside(step, {"quantity": "", "method": [], "kind": None}) == []


@pytest.mark.parametrize(
    ("props", "said"),
    [
        ({"quantity": 1, "method": "buy_now"}, ["1 piece", "by buy now"]),
        ({"quantity": 2, "method": "cart"}, ["2 pieces", "by cart"]),
    ],
)
def test_what_stands_beside_a_step_is_said_in_words(props, said):
    assert beside(Step.ADD_TO_CART, props) == said


@pytest.mark.parametrize(
    ("us", "said"),
    [
        (None, ""),
        (0, "0.0 s"),
        (430_000, "0.4 s"),
        (9_949_999, "9.9 s"),
        (9_950_000, "10 s"),
        (59_400_000, "59 s"),
        (72 * SECOND, "1 min 12 s"),
        (120 * SECOND, "2 min"),
        (59 * MINUTE + 59.4 * SECOND, "59 min 59 s"),
        (60 * MINUTE, "1 h"),
        (185 * MINUTE, "3 h 5 min"),
    ],
)
def test_time_is_said_as_people_say_it(us, said):
    assert spell(us) == said


@pytest.mark.parametrize(
    ("us", "said"), [(0, "0:00.0"), (4_050_000, "0:04.0"), (750_500_000, "12:30.5"), (3_727 * SECOND, "1:02:07")]
)
def test_the_clock_of_a_journey_grows_with_it(us, said):
    assert clock(us) == said


@pytest.mark.parametrize(
    ("cents", "said"), [(1690, "16.90 USD"), (123456, "1,234.56 USD"), ("1", ""), (None, ""), (True, "")]
)
def test_only_whole_cents_are_money(cents, said):
    assert money(cents, "USD") == said


@pytest.mark.parametrize(
    ("slug", "name"), [("rose-serum", "Rose Serum"), ("USB-cable", "USB Cable"), ("", ""), ("-a--b_c", "A B C")]
)
def test_a_slug_is_read_as_a_name(slug, name):
    assert named(slug) == name


def test_stages_begin_where_reports_say_that_they_were_reached():
    direct = told((0, Step.VIEW_ITEM), (5, Step.PURCHASE))
    assert stages_since(direct) == [None] * 6
    path = told(
        (0, Step.VIEW_ITEM),
        (1, Step.VIDEO_START, VIDEO),
        (4, Step.VIEW_PROMOTION, VIDEO),
        (9, Step.SELECT_PROMOTION, VIDEO),
        (30, Step.PURCHASE),
    )
    assert stages_since(path) == [SECOND, 4 * SECOND, 9 * SECOND, 9 * SECOND, 30 * SECOND, None]


def test_an_order_of_pages_does_not_change_what_is_told():
    feed, page = told(*watched(3), trail=1), told((3.5, Step.VIEW_ITEM, {"product": "rose-serum"}), trail=2)
    assert story(fold(in_order(page, feed))) == "Watched 1 video for 3.0 s, opened Rose Serum, left."
