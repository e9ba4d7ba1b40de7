"""A funnel on one line."""

import pytest

from analytics.answers.questions import funnel_of
from analytics.semantics.attempts import Limit
from analytics.semantics.conditions import Condition, Where
from analytics.semantics.funnels import Attempt, Order
from analytics.semantics.notation import BadQuestion, read, window_from
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


WINDOWS = {"45s": 45, "30m": 1_800, "1h": 3_600, "7d": 604_800, "1d12h": 129_600, "2w": 1_209_600}


@pytest.mark.parametrize(("text", "seconds"), WINDOWS.items())
def test_windows_are_written_with_their_unit(text, seconds):
    assert window_from(text) == seconds * 1_000_000


@pytest.mark.parametrize("text", ["", "1", "h", "0s", "-1h", "1h1d", "1.5h"])
def test_what_is_not_a_window_is_refused(text):
    with pytest.raises(BadQuestion, match="is not a window"):
        window_from(text)


def where(step, *conditions):
    return Where(step, tuple(Condition(*one) for one in conditions))


def test_conditions_stand_in_brackets_behind_a_step():
    line = "view_item[product=rose|balm, value>=2000]|add_to_cart,!view_item[video=],purchase[value<-1.5]:after=2s"
    assert read(line).as_kwargs() == {
        "steps": (
            frozenset({where(VIEW, ("product", "=", ("balm", "rose")), ("value", ">=", ("2000",))), CART}),
            frozenset({where(PAY, ("value", "<", ("-1.5",)))}),
        ),
        "labels": ("view_item[product=rose|balm, value>=2000]|add_to_cart", "purchase[value<-1.5]"),
        "optional": frozenset(),
        "limits": ((1, Limit(MINUTE // 30)),),
        "without": ((1, frozenset({where(VIEW, ("video", "=", ("",)))})),),
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("view_item[product]", "“product” is not a condition; write it like product=serum"),
        ("view_item[]", "“” is not a condition"),
        ("view_item[product=a", "“view_item[product=a” is not a step; conditions stand behind its name"),
        ("view_item[a=b]c", "is not a step; conditions stand behind its name"),
        ("teleport[product=a]", "There is no step “teleport”"),
        ("view_item[value>=many]", "“many” is not a number; value can be compared with one"),
        ("view_item[value>1|2]", "“1|2” is not a number"),
        ("view_item[device=phone]", "An event does not say its device: that is known of a whole journey"),
        (",".join(f"view_item[value>={n}]" for n in range(9)), "too many different conditions on view_item"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_in_a_sentence(line, sentence):
    with pytest.raises(BadQuestion) as refusal:
        funnel_of(line, "7d", Order.ORDERED)
    assert sentence in str(refusal.value)
