"""What counts for an experiment: everything after the first exposure, within the window, on all who were exposed."""

import orjson

from analytics.counts.journeys import Taken
from analytics.experiments.exposures import Outcome, outcomes
from analytics.semantics.funnels import SHOP
from journey.steps import Step

MINUTE = 60_000_000
WEEK = SHOP.window_us
CONTEXTS = {1: ("phone", "Chrome", "direct", "trust=a;speed=x"), 2: ("phone", "Chrome", "direct", "trust=b")}
FUNNELS = {"trust": SHOP}


def took(*steps, context: int = 1) -> list[Taken]:
    """(minute, step, properties) → events of participant 7."""
    return [
        Taken(7, int(minute * MINUTE), step.letter, context, orjson.dumps(props).decode(), n, 0)
        for n, (minute, step, props) in enumerate(steps)
    ]


EXPOSED = {"exposed": "trust;speed"}
VIEW, CART, CHECKOUT, BUY = Step.VIEW_ITEM, Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE


def only(events) -> Outcome:
    (found,) = outcomes(events, CONTEXTS, FUNNELS)
    return found


def test_what_was_done_before_the_exposure_is_no_effect_of_it():
    found = only(took((0, VIEW, {}), (1, CART, {}), (2, BUY, {"value": 300}), (10, VIEW, EXPOSED)))
    assert (found.arm, found.exposed_at, found.reached, found.before) == ("a", 10 * MINUTE, 0b1, 0b11)
    assert (found.revenue_cents, found.revenue_before_cents) == (0, 300)


def test_the_whole_way_after_it_counts_with_its_money():
    steps = (
        (0, VIEW, EXPOSED),
        (1, CART, {}),
        (2, CHECKOUT, {}),
        (3, BUY, {"value": 500}),
        (9, Step.REFUND, {"value": 200}),
    )
    found = only(took(*steps, (10, Step.SUPPORT_OPEN, {}), (11, Step.CHECKOUT_ERROR, {})))
    assert found == Outcome("trust", 7, "a", 0, False, 0b1111, 0, 3 * MINUTE, 500, 0, 200, 1, 1, purchases=1)


def test_the_window_ends_a_week_after_the_exposure():
    late = WEEK / MINUTE
    assert only(took((0, VIEW, EXPOSED), (late, CART, {}))).reached == 0b11
    assert only(took((0, VIEW, EXPOSED), (late + 0.001, CART, {}))).reached == 0b1


def test_whoever_saw_two_arms_has_crossed_and_stays_in_the_first():
    found = only(took((0, VIEW, EXPOSED)) + took((5, VIEW, EXPOSED), context=2))
    assert (found.arm, found.crossed) == ("a", True)


def test_a_page_that_no_experiment_draws_exposes_nobody():
    assert list(outcomes(took((0, VIEW, {}), (1, BUY, {"value": 1})), CONTEXTS, FUNNELS)) == []


def test_who_stops_went_to_what_they_did_next_on_their_own():
    seen = (1, Step.VIEW_BLOCK, {})  # told by the browser: nobody goes there
    assert only(took((0, VIEW, EXPOSED), seen, (2, Step.VIEW_FEED, {}))).gone_to == Step.VIEW_FEED.letter
    assert only(took((0, VIEW, EXPOSED), seen)).gone_to == ""
    assert only(took((0, VIEW, EXPOSED), (1, CART, {}), (2, Step.SEARCH, {}))).gone_to == Step.SEARCH.letter
    assert only(took((0, VIEW, EXPOSED), (31, Step.VIEW_FEED, {}))).gone_to == ""  # that is another journey


def test_who_never_began_the_funnel_went_on_from_the_page_that_exposed_them():
    feed = (0, Step.VIEW_FEED, EXPOSED)
    assert only(took(feed, (1, Step.VIEW_SHOP, {}))).gone_to == Step.VIEW_SHOP.letter


def test_who_bought_went_nowhere_else():
    steps = ((0, VIEW, EXPOSED), (1, CART, {}), (2, CHECKOUT, {}), (3, BUY, {"value": 1}), (4, Step.VIEW_FEED, {}))
    assert only(took(*steps)).gone_to == ""


def test_the_speed_of_their_pages_is_what_their_browser_told():
    def lcp(ms: object, name: str = "LCP"):
        return (1, Step.WEB_VITAL, {"name": name, "number": ms})

    before = (-1, Step.WEB_VITAL, {"name": "LCP", "number": 9_000})
    found = only(
        took(before, (0, VIEW, EXPOSED), lcp(1_200.6), lcp(800), lcp(5, "CLS"), lcp(999_999), lcp("x"), lcp(-1))
    )
    assert (found.loads, found.load_ms) == (3, 1_201 + 800 + 30_000)


def test_how_long_somebody_waited_for_support_is_told_when_it_is_solved():
    asked, solved = (1, Step.SUPPORT_OPEN, {}), (2, Step.SUPPORT_RESOLVED, {"seconds": 90})
    found = only(took((0, VIEW, EXPOSED), asked, solved))
    assert (found.tickets, found.solved, found.answered_us) == (1, 1, 90_000_000)
    unanswered = only(took((0, VIEW, EXPOSED), asked, (2, Step.SUPPORT_RESOLVED, {"seconds": None})))
    assert (unanswered.solved, unanswered.answered_us) == (1, None)
