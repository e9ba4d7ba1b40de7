"""Simulated browsers say all that real ones do, and every trouble shows in the steps it is about."""

from collections import Counter

import pytest

from analytics.simulation.arms import control
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import planted
from analytics.simulation.troubles import TROUBLES
from journey.steps import Step
from tests.analytics.world import END, WORLD

# What no simulated buyer does: nobody is asked for consent, and nobody opens the shop tab.
NOT_ACTED = {Step.CONSENT, Step.VIEW_SHOP, Step.PAGE_SHOWN}
JOURNEYS = 1_200


def events(fault: str = "", journeys: int = JOURNEYS) -> list[tuple[str, dict]]:
    world, on_the_way = planted(WORLD, fault) if fault else (WORLD, lambda walks: None)
    told = []
    for _, walks in crowd(Period.before(END, 14, 7, journeys), world, control):
        on_the_way(walks)
        told += [(step, props) for walk in walks for trail in walk.trails for _, _, step, props in trail.events]
    return told


def steps(told: list[tuple[str, dict]]) -> Counter:
    return Counter(step for step, _ in told)


@pytest.fixture(scope="module")
def healthy():
    return events()


@pytest.fixture(scope="module")
def every_fault():
    return {name: events(name) for name in TROUBLES}


def test_every_step_is_told_by_somebody(healthy, every_fault):
    told = {step for some in (healthy, *every_fault.values()) for step, _ in some}
    assert {step.value for step in Step} - told == {step.value for step in NOT_ACTED}


def test_a_showing_is_summed_up_as_the_browser_does(healthy):
    summaries = [props for step, props in healthy if step == Step.WATCH]
    for props in summaries:
        assert props["reason"] in ("left", "ended", "playing")
        assert 0 <= props["seen"] < 1 << 20
        assert props["showing"] >= 1
        assert (props["loops"] > 0) == (props["seen"] == (1 << 20) - 1 and props["furthest_percent"] == 100)
    assert steps(healthy)[Step.VIDEO_IMPRESSION] <= len(summaries)


def test_a_block_says_how_long_and_how_far_down(healthy):
    blocks = [props for step, props in healthy if step == Step.VIEW_BLOCK]
    assert min(props["dwell_ms"] for props in blocks) >= 1_000
    assert {props["depth"] for props in blocks} == set(range(1, 15))


def test_every_trouble_makes_other_walks(healthy, every_fault):
    assert [name for name, told in every_fault.items() if told == healthy] == []


@pytest.mark.parametrize(
    ("fault", "step", "more"),
    [
        ("views-are-loops", Step.VIDEO_START, True),
        ("no-product", Step.VIEW_PROMOTION, False),
        ("weak-hook", Step.FOCUSED_VIEW, False),
        ("late-anchor", Step.VIEW_PROMOTION, False),
        ("unseen-anchor", Step.DEAD_TAP, True),
        ("entertaining", Step.VIDEO_ENGAGE, True),
        ("dull-link", Step.SELECT_PROMOTION, False),
        ("promise", Step.BACK_BOUNCE, True),
        ("no-trust", Step.ADD_TO_CART, False),
        ("coupon-unnoticed", Step.CLAIM_COUPON, False),
        ("variant-dead-end", Step.SELECT_VARIANT, False),
        ("no-scroll", Step.SCROLL, False),
        ("parked-carts", Step.BEGIN_CHECKOUT, False),
        ("cost-surprise", Step.ADD_SHIPPING_INFO, False),
        ("address-wall", Step.FIELD_ERROR, True),
        ("payment-failing", Step.CHECKOUT_ERROR, True),
        ("broken-browser", Step.SCRIPT_ERROR, True),
        ("out-of-stock", Step.PURCHASE, False),
        ("bought-later", Step.SEARCH, True),
        ("vanishing-sales", Step.CANCEL, True),
        ("after-sale", Step.SUPPORT_OPEN, True),
    ],
)
def test_a_trouble_moves_its_step(healthy, every_fault, fault, step, more):
    before, after = steps(healthy)[step], steps(every_fault[fault])[step]
    assert after > 1.5 * before if more else after < before / 1.5


def test_what_is_planted_in_one_video_leaves_the_others_alone():
    world, _ = planted(WORLD, "weak-hook", ("serum-week-one",))
    assert [world.trouble(video.slug).hook < 1 for video in WORLD.videos] == [True, False, False]
