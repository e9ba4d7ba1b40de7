"""What distinguishes those who went on: planted differences are found, chance is not, nothing later is looked at."""

import random

import pytest
from scipy.stats import false_discovery_control, fisher_exact
from scipy.stats.contingency import odds_ratio

from analytics.answers.associations import associations, distinguished
from analytics.answers.features import Feature
from analytics.answers.questions import Question, funnel_of
from analytics.counts.counting import count
from analytics.semantics.funnels import SHOP, SIX_STAGES
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import batch

pytestmark = pytest.mark.django_db
PHONE, DESKTOP = ("phone", "Chrome", "direct", ""), ("desktop", "Chrome", "direct", "")
OPENED = (0, Step.VIEW_ITEM, {"product": "rose-serum"})
REVIEWS, TERMS = [(3, Step.VIEW_BLOCK, {"block": name}) for name in ("reviews", "terms")]
ANY_SHEET = Step.OPEN_SHEET.meaning
CART = (9, Step.ADD_TO_CART, {"product": "rose-serum"})


def shop(*groups):
    """Groups of (how many, events, context)."""
    numbers = iter(range(1, 10_000))
    store([batch(next(numbers), *events, context=like) for n, events, like in groups for _ in range(n)])
    count()


def found(question, step):
    return {(one.feature.when, one.feature.name): one for one in distinguished(question, step).found}


def test_who_read_the_reviews_is_told_apart_from_who_did_not():
    shop(
        (40, [OPENED, REVIEWS, CART], PHONE),
        (20, [OPENED, REVIEWS], PHONE),
        (15, [OPENED, CART], DESKTOP),
        (65, [OPENED], DESKTOP),
    )
    answer = distinguished(Question(SHOP), 1)
    assert (answer.went_on, answer.lost, answer.usual_us) == (55, 85, 9_000_000)
    one = found(Question(SHOP), 1)["there", "a block of the page was read: reviews"]
    theirs = odds_ratio([[40, 20], [15, 65]], kind="sample")
    assert (one.went_on, one.n, one.others_went_on, one.others) == (40, 60, 15, 80)
    assert one.odds == pytest.approx(theirs.statistic)
    assert (one.low, one.high) == pytest.approx(tuple(theirs.confidence_interval(0.95)))
    assert one.p == pytest.approx(fisher_exact([[40, 20], [15, 65]]).pvalue)
    assert one.certain


def test_q_values_are_those_of_all_that_was_compared():
    tables = {Feature("who", str(n)): (n, 40) for n in range(5, 30)}
    answer = associations(tables, 60, 120)
    by_name = sorted(answer, key=lambda one: int(one.feature.name))
    assert [one.q for one in by_name] == pytest.approx(list(false_discovery_control([one.p for one in by_name])))
    assert [one.q for one in answer] == sorted(one.q for one in answer)


def test_what_is_too_rare_is_not_looked_at():
    assert associations({Feature("who", "a"): (3, 9), Feature("who", "b"): (60, 115)}, 60, 120) == []


def test_only_what_came_before_is_looked_at():
    """Somebody who went on reads the terms in the checkout; that says nothing of why they went on."""
    later = (20, Step.VIEW_BLOCK, {"block": "terms"})
    shop(
        (30, [OPENED, CART, later, (21, Step.SEARCH)], PHONE),
        (30, [OPENED, (2, Step.SEARCH), (3, *TERMS[1:])], PHONE),
    )
    names = {name for _, name in found(Question(SHOP), 1)}
    assert "a block of the page was read: terms" not in names  # of the lost, it was on another page
    assert "searched" not in names


def test_steps_that_going_on_is_made_of_are_left_out():
    shop(
        (30, [(0, Step.SELECT_PROMOTION), (1, Step.VIEW_ITEM), (2, Step.ADD_TO_CART), (5, Step.PURCHASE)], PHONE),
        (30, [(0, Step.SELECT_PROMOTION), (1, Step.VIEW_ITEM), (2, Step.RAGE_TAP)], PHONE),
    )
    tapped = funnel_of("select_promotion,purchase", "7d", "ordered")
    assert [name for _, name in found(Question(tapped), 1)] == ["tapped the same spot again and again"]


@pytest.mark.parametrize(
    ("way", "signs"), [("view_item,add_to_cart", set()), ("view_item,add_to_wishlist", {"choose", ANY_SHEET})]
)
def test_choosing_a_size_is_how_one_puts_into_the_cart_and_a_sign_of_nothing_else(way, signs):
    """Another sheet says something."""
    choose, reviews = [(3, Step.OPEN_SHEET, {"sheet": name}) for name in ("choose", "reviews")]
    shop(
        (30, [OPENED, choose, reviews, CART, (10, Step.ADD_TO_WISHLIST)], PHONE),
        (30, [OPENED], PHONE),
    )
    names = {name.removeprefix(f"{ANY_SHEET}: ") for _, name in found(Question(funnel_of(way, "1h", "ordered")), 1)}
    assert names & {"choose", "reviews", ANY_SHEET} == {"reviews"} | signs


def test_what_was_done_before_the_step_is_told_apart_from_what_was_done_there():
    searched = (0, Step.SEARCH)
    at = [(2, *OPENED[1:]), (4, Step.SCROLL)]
    shop((20, [searched, *at, CART], PHONE), (20, [*at, CART], PHONE), (30, [at[0], (4, Step.DEAD_TAP)], PHONE))
    assert sorted(found(Question(SHOP), 1)) == [
        ("before", "searched"),
        ("there", "came a quarter of the page further down"),
        ("there", "tapped what does nothing"),
    ]


def test_where_nobody_went_on_there_is_nobody_to_compare_with():
    shop((12, [OPENED], PHONE))
    answer = distinguished(Question(SHOP), 1)
    assert (answer.went_on, answer.lost, answer.usual_us, answer.found) == (0, 12, None, [])


def test_chance_alone_is_seldom_called_certain():
    """200 shops of 200 people in which nothing matters, each with 20 features."""
    dice, alarms = random.Random(7), 0
    for _ in range(200):
        with_it = [dice.sample(range(200), dice.randint(20, 180)) for _ in range(20)]
        tables = {Feature("who", str(n)): (sum(who < 60 for who in some), len(some)) for n, some in enumerate(with_it)}
        alarms += any(one.certain for one in associations(tables, 60, 200))
    assert alarms <= 10  # one shop in 20 is what q promises; the exact test is more careful than that


def test_devices_and_arms_are_known_from_the_start_and_the_product_is_not():
    arm = ("phone", "Chrome", "direct", "anchor=late")
    watched = (0, Step.VIDEO_START, {"video": "rose", "creator": "mira"})
    tapped = (5, Step.SELECT_PROMOTION, {"product": "rose-serum"})
    shop((30, [watched, (3, Step.VIEW_PROMOTION), tapped], arm), (30, [watched, (3, Step.VIEW_PROMOTION)], DESKTOP))
    assert sorted(name for _, name in found(Question(SIX_STAGES), 3)) == [
        "arm anchor=late",
        "device desktop",
        "device phone",
    ]
