"""A funnel on one line."""

import pytest

from analytics.attempts import Limit
from analytics.funnels import Attempt, Order
from analytics.notation import BadQuestion, read
from analytics.questions import funnel_of
from journey.steps import Step

MINUTE = 60_000_000
VIEW, CART, OUT, PAY = Step.VIEW_ITEM, Step.ADD_TO_CART, Step.REMOVE_FROM_CART, Step.PURCHASE


def test_everything_that_can_be_asked_of_a_step_is_written_behind_it():
    line = "view_item, add_to_cart|view_cart:optional, !remove_from_cart|view_order, purchase:within=1h:after=30s"
    assert read(line).as_kwargs() == {
        "steps": (frozenset({VIEW}), frozenset({CART, Step.VIEW_CART}), frozenset({PAY})),
        "labels": ("view_item", "add_to_cart|view_cart", "purchase"),
        "optional": frozenset({1}),
        "limits": ((2, Limit(MINUTE // 2, 60 * MINUTE)),),
        "without": ((2, frozenset({OUT, Step.VIEW_ORDER})),),
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("view_item,purchase:soon", "A step cannot be “soon”; say :optional, :within=10m or :after=30s."),
        ("view_item,purchase:within=soon", "“soon” is not a window"),
        ("view_item,!teleport,purchase", "There is no step “teleport”; steps are view_feed, video_impression"),
        ("view_item,purchase,!refund", "What must not happen stands before the step it must not come before"),
        ("!refund,view_item", "The first step is never optional, and nothing is asked of what lies before it."),
        ("view_item:optional,purchase", "The first step is never optional"),
        ("!refund", "What must not happen stands before"),
        ("", "There is no step “”"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(line, sentence):
    with pytest.raises(BadQuestion) as refusal:
        funnel_of(line, "7d", Order.ORDERED)
    assert sentence in str(refusal.value)


def test_the_attempt_that_counts_is_asked_for_by_name():
    assert funnel_of("view_item,purchase", "7d", "ordered", "first").attempt is Attempt.FIRST
    with pytest.raises(BadQuestion, match="There is no attempt “last”; choose from best, first"):
        funnel_of("view_item,purchase", "7d", "ordered", "last")
