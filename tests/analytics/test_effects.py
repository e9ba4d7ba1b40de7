"""Planted effects: of those exposed exactly so many more come to a step, however many chances they have."""

from math import prod

import pytest

from analytics.simulation.effects import LIFTABLE, Effect, NeverAnswered, Sway
from journey.steps import Step

CART = Step.ADD_TO_CART
CHANCES = (0.1, 0.2, 0.05)


def missed(chances) -> float:
    """The chance to come to a step by none of these."""
    return prod(1 - chance for chance in chances)


def exposed(**arms: Effect) -> Sway:
    sway = Sway({f"{arm}=new": effect for arm, effect in arms.items()}, participant=1)
    sway.meet(";".join(arms))
    return sway


@pytest.mark.parametrize("lift", [0.1, 1.0, -0.5, -1.0])
def test_several_chances_together_are_lifted_by_what_was_planted(lift):
    sway = exposed(trust=Effect({CART: lift}))
    lifted = [sway.chance(CART, chance) for chance in CHANCES]
    assert 1 - missed(lifted) == pytest.approx((1 + lift) * (1 - missed(CHANCES)))


def test_a_chance_is_never_more_than_certain():
    assert exposed(trust=Effect({CART: 3.0})).chance(CART, 0.5) == 1.0


def test_nobody_is_swayed_before_they_are_exposed():
    sway = Sway({"trust=new": Effect({CART: 1.0})}, participant=1)
    assert sway.chance(CART, 0.2) == 0.2
    sway.meet("anchor")
    assert sway.chance(CART, 0.2) == 0.2
    sway.meet("anchor;trust")
    assert sway.chance(CART, 0.2) == pytest.approx(0.4)


def test_effects_of_two_arms_are_multiplied():
    both = exposed(trust=Effect({CART: 0.5}), anchor=Effect({CART: 0.2}))
    assert both.chance(CART, 0.1) == pytest.approx(0.18)
    assert both.without("anchor=new", CART) == pytest.approx(0.15)


def test_a_planted_share_never_waits_for_the_page():
    effects = {"clips=new": Effect(undelivered=0.25)}
    gone = 0
    for participant in range(2_000):
        try:
            Sway(effects, participant).meet("clips")
        except NeverAnswered:
            gone += 1
    assert 440 < gone < 560


def test_every_step_that_can_be_lifted_has_a_name_in_the_code():
    assert {Step.named(step) for step in LIFTABLE} == set(LIFTABLE)
