"""Events fold into what a person reads: showings, pages, acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.timelines.cards import Away, Page, Showing
from analytics.timelines.drawn import rows
from analytics.timelines.folding import SILENT, fold
from analytics.timelines.told import Told
from journey.steps import Step
from tests.analytics.told import SECOND, VIDEO, in_order, told

WATCH = Step.WATCH


def shape(cards):
    return [(card.kind, card.step, card.times) for card in cards]


def test_a_showing_is_one_card_with_all_that_was_said_of_it():
    anchor = VIDEO | {"product": "rose-serum"}
    events = told(
        (0, Step.VIDEO_IMPRESSION, VIDEO),
        (0.2, Step.VIDEO_START, VIDEO | {"muted": True}),
        (2, Step.VIDEO_PROGRESS, VIDEO | {"watch_ms": 2000, "percent": 25}),
        (4, Step.VIEW_PROMOTION, anchor | {"at_video_ms": 3800}),
        (5, Step.SELECT_PROMOTION, anchor | {"at_video_ms": 4800}),
        (5.1, WATCH, VIDEO | {"watch_ms": 4900, "furthest_percent": 70, "loops": 0, "seen": 0b1111, "showing": 1}),
    )
    (card,) = fold(events)
    assert isinstance(card, Showing)
    assert (card.at, card.until, card.stage, card.is_tap) == (0, 5.1 * SECOND, 4, True)
    assert (card.video, card.watched, card.furthest, card.loops, card.muted) == (VIDEO["video"], 4_900_000, 70, 0, True)
    assert (card.anchor_seen.at, card.anchor_tapped.at) == (4 * SECOND, 5 * SECOND)
    assert card.segments == [True] * 4 + [False] * 16


def test_two_videos_whose_events_interleave_are_two_showings():
    other = {"video": "lights-off"}
    left = {"watch_ms": 900, "reason": "left"}
    events = told(
        (0, Step.VIDEO_IMPRESSION, VIDEO),
        (3.0, Step.VIDEO_IMPRESSION, other),
        (3.1, WATCH, VIDEO | left | {"showing": 1}),
        (3.2, Step.VIDEO_START, other),
        (9, WATCH, other | left | {"showing": 2}),
    )
    assert [(card.video, [event.at for event in card.events]) for card in fold(events)] == [
        (VIDEO["video"], [0, 3_100_000]),
        ("lights-off", [3 * SECOND, 3_200_000, 9 * SECOND]),
    ]


def test_a_video_that_is_shown_again_is_another_showing():
    events = told(
        (0, Step.VIDEO_IMPRESSION, VIDEO),
        (3, WATCH, VIDEO | {"reason": "left", "showing": 1}),
        (20, Step.VIDEO_IMPRESSION, VIDEO),
        (22, WATCH, VIDEO | {"reason": "playing", "showing": 2}),
        (32, WATCH, VIDEO | {"reason": "left", "showing": 2}),
    )
    assert [(card.at, card.until) for card in fold(events)] == [(0, 3 * SECOND), (20 * SECOND, 32 * SECOND)]


def test_a_summary_that_comes_after_the_next_page_was_opened_belongs_to_its_own_page():
    feed = told((0, Step.VIDEO_IMPRESSION, VIDEO), (5.4, WATCH, VIDEO | {"showing": 1, "reason": "ended"}), trail=1)
    page = told((5, Step.VIEW_ITEM, {"product": "rose-serum"}), trail=2)
    assert shape(fold(in_order(feed, page))) == [("showing", Step.VIDEO_IMPRESSION, 2), ("page", Step.VIEW_ITEM, 1)]


def test_what_was_read_stands_on_its_page_with_the_last_word_of_every_block():
    events = told(
        (0, Step.VIEW_ITEM, {"product": "rose-serum"}),
        (4, Step.VIEW_BLOCK, {"block": "price", "dwell_ms": 3200}),
        (5, Step.SELECT_VARIANT, {"sku": "ROSE-50"}),
        (9, Step.SCROLL, {"percent": 50}),
        (11, Step.SCROLL, {"percent": 25}),
        (14, Step.VIEW_BLOCK, {"block": "reviews", "dwell_ms": 8000}),
        (14.05, Step.VIEW_BLOCK, {"block": "price", "dwell_ms": 6000}),
    )
    page, chosen = fold(events)
    assert isinstance(page, Page)
    assert page.blocks == {"reviews": 8_000_000, "price": 6_000_000}
    assert (page.scrolled, page.last_read, chosen.step) == (50, "reviews", Step.SELECT_VARIANT)


def test_a_page_whose_opening_was_lost_is_still_read():
    (page,) = fold(told((1, Step.VIEW_BLOCK, {"block": "price", "dwell_ms": 900})))
    assert (page.kind, page.blocks) == ("page", {"price": 900_000})


def test_turning_to_the_next_page_is_no_leaving_but_putting_the_phone_away_is():
    first = told((0, Step.VIEW_CART), (4, Step.PAGE_HIDDEN), trail=1)
    second = told((4.4, Step.BEGIN_CHECKOUT), (9, Step.PAGE_HIDDEN), (40, Step.PAGE_SHOWN), trail=2)
    cards = fold(in_order(first, second))
    assert shape(cards) == [
        ("page", Step.VIEW_CART, 1),
        ("page", Step.BEGIN_CHECKOUT, 1),
        ("away", Step.PAGE_HIDDEN, 2),
    ]
    assert isinstance(cards[-1], Away)
    assert cards[-1].is_back


def test_a_page_that_says_after_the_next_one_came_that_it_is_hidden_has_not_been_left():
    first = told((0, Step.VIEW_FEED), (11.9, Step.PAGE_HIDDEN), trail=1)
    second = told((11.4, Step.VIEW_ITEM, {"product": "rose-serum"}), (30, Step.PAGE_HIDDEN), trail=2)
    assert shape(fold(in_order(first, second))) == [
        ("page", Step.VIEW_FEED, 1),
        ("page", Step.VIEW_ITEM, 1),
        ("away", Step.PAGE_HIDDEN, 1),
    ]


def test_fields_that_are_refused_together_are_one_card():
    refused = [(1, Step.FIELD_ERROR, {"field": name, "code": "refused"}) for name in ("zip", "full_name")]
    (card, later) = fold(told(*refused, (60, Step.FIELD_ERROR, {"field": "zip"})))
    assert ([event.props["field"] for event in card.events], later.times) == (["zip", "full_name"], 1)
    assert rows([card])[0].title == "2 fields were not filled in well: zip, full name"


def test_the_same_act_again_and_again_is_one_card():
    angry = {"element": "button", "place": "/cart"}
    events = told((0, Step.RAGE_TAP, angry), (1, Step.RAGE_TAP, angry), (2, Step.RAGE_TAP, {"element": "a"}))
    assert shape(fold(events)) == [("act", Step.RAGE_TAP, 2), ("act", Step.RAGE_TAP, 1)]


def test_a_like_joins_the_showing_it_was_given_to_and_one_of_something_else_stands_alone():
    feed = told((0, Step.VIDEO_IMPRESSION, VIDEO), trail=1)
    like = told((3, Step.VIDEO_ENGAGE, VIDEO | {"kind": "like"}), trail=2)
    follow = told((4, Step.VIDEO_ENGAGE, {"creator": "mira-glows", "kind": "follow"}), trail=3)
    showing, alone = fold(in_order(feed, like, follow))
    assert (showing.engaged, alone.step, alone.kind) == (["like"], Step.VIDEO_ENGAGE, "act")


def test_of_a_path_alone_showings_end_where_something_else_comes():
    path = [Step.VIDEO_IMPRESSION, WATCH, Step.VIEW_ITEM, Step.VIEW_BLOCK, Step.VIDEO_IMPRESSION, Step.VIDEO_START]
    events = [Told(n * SECOND, 0, n, step, {}) for n, step in enumerate(path)]
    assert shape(fold(events)) == [
        ("showing", Step.VIDEO_IMPRESSION, 2),
        ("page", Step.VIEW_ITEM, 2),
        ("showing", Step.VIDEO_IMPRESSION, 2),
    ]


ANYTHING = st.one_of(st.none(), st.integers(-5, 2**40), st.text(max_size=4), st.booleans())
PROPS = ("video", "block", "dwell_ms", "watch_ms", "percent", "loops", "seen", "showing", "reason", "list", "kind")


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**10),
            st.integers(1, 3),
            st.sampled_from(list(Step)),
            st.dictionaries(st.sampled_from(PROPS), ANYTHING, max_size=4),
        ),
        max_size=40,
    )
)
def test_whatever_is_told_every_event_is_read_once_but_for_summaries_that_were_told_again(drawn):
    events = sorted(
        (Told(at, trail, n, step, props) for n, (at, trail, step, props) in enumerate(drawn)), key=lambda told: told[:3]
    )
    cards = fold(events)
    read = [event for card in cards for event in card.events]
    assert len({event[:3] for event in read}) == len(read)
    dropped = {event.step for event in events if event not in read}
    assert dropped <= SILENT | {WATCH, Step.VIEW_BLOCK, Step.PAGE_HIDDEN}
    assert [card.at for card in cards] == sorted(card.at for card in cards)


@pytest.mark.parametrize("seen", [None, "much", -1, True])
def test_a_mask_that_is_none_is_drawn_from_the_furthest_point(seen):
    (card,) = fold(told((0, WATCH, VIDEO | {"furthest_percent": 50, "seen": seen})))
    assert len(card.segments) == 20
