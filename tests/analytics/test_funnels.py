"""What reached means: published cases by table, and every walk of a few events against the slow twin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.semantics.attempts import Limit
from analytics.semantics.funnels import SIX_STAGES, Attempt, Funnel, Order
from analytics.semantics.walking import Walked, walk
from journey.steps import Step
from tests.analytics import twin

A, B, C, D = Step.VIEW_ITEM, Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE
MINUTE = 60_000_000


def funnel(*steps, window=60 * MINUTE, order=Order.ORDERED, optional=(), limits=(), without=(), attempt=Attempt.BEST):
    sets = tuple(step if isinstance(step, frozenset) else frozenset({step}) for step in steps)
    labels = tuple("step" for _ in sets)
    optional, limits, without = frozenset(optional), tuple(dict(limits).items()), tuple(dict(without).items())
    return Funnel("asked", "Asked", sets, labels, window, order, optional, limits, without, attempt)


def walked(asked, *taken):
    return walk(asked, "".join(step.letter for _, step in taken), [at for at, _ in taken])


def test_the_best_attempt_counts_and_its_latest_start_is_reported():
    taken = [(0, A), (30 * MINUTE, A), (45 * MINUTE, B), (75 * MINUTE, C)]
    at = (30 * MINUTE, 45 * MINUTE, 75 * MINUTE)
    assert walked(funnel(A, B, C), *taken) == Walked(0b111, at, (None, 15 * MINUTE, 30 * MINUTE))


def test_two_steps_at_the_same_instant_are_in_the_order_of_their_numbers():
    assert walked(funnel(A, B), (5, A), (5, B)).reached == 0b11
    assert walked(funnel(A, B), (5, B), (5, A)).reached == 0b01


@pytest.mark.parametrize("order", Order)
def test_the_window_includes_both_its_ends(order):
    asked = funnel(A, B, window=MINUTE, order=order)
    assert walked(asked, (0, A), (MINUTE, B)).reached == 0b11
    assert walked(asked, (0, A), (MINUTE + 1, B)).reached == 0b01


def test_a_strict_funnel_breaks_at_a_foreign_step_between_and_at_no_other():
    asked = funnel(A, B, C, order=Order.STRICT)
    assert walked(asked, (0, A), (1, D), (2, B), (3, C)).reached == 0b001
    assert walked(asked, (0, D), (1, A), (2, B), (3, C), (4, D)).reached == 0b111


@pytest.mark.parametrize("order", Order)
def test_one_event_never_serves_two_steps(order):
    asked = funnel(A, A, B, order=order)
    assert walked(asked, (1, A)).reached == 0b001
    assert walked(asked, (1, A), (2, A), (3, B)).reached == 0b111


def test_in_any_order_a_step_has_its_time_when_all_before_it_were_done_too():
    asked = funnel(A, B, C, order=Order.ANY)
    assert walked(asked, (1, C), (4, B), (9, A)) == Walked(0b111, (9, 9, 9), (None, 0, 0))


def test_an_optional_step_is_counted_and_never_needed():
    asked = funnel(A, B, C, order=Order.ANY, optional=[1])
    assert walked(asked, (0, A), (5, C)) == Walked(0b101, (0, None, 5), (None, None, 5))
    assert walked(asked, (0, A), (5, C), (9, B)) == Walked(0b111, (0, 9, 5), (None, 9, 5))
    assert walked(asked, (0, B)).reached == 0


def test_a_cart_opened_after_the_link_still_is_the_third_stage():
    bought = [Step.VIDEO_START, Step.VIEW_PROMOTION, Step.SELECT_PROMOTION, Step.VIEW_CART, Step.PURCHASE, Step.CANCEL]
    assert walked(SIX_STAGES, *enumerate(bought)).reached == 0b111111


def test_looking_at_an_order_is_not_asking_for_support():
    bought = [Step.VIDEO_START, Step.VIEW_PROMOTION, Step.SELECT_PROMOTION, Step.PURCHASE, Step.VIEW_ORDER]
    assert walked(SIX_STAGES, *enumerate(bought)).reached == 0b011011


def test_what_could_not_be_counted_is_refused_in_words():
    with pytest.raises(ValueError, match="nothing in common"):
        funnel(frozenset({A, B}), B, order=Order.ANY)
    with pytest.raises(ValueError, match="In a strict funnel no step is optional"):
        funnel(A, B, order=Order.STRICT, optional=[1])
    with pytest.raises(ValueError, match="The first step is never optional"):
        funnel(A, B, optional=[0])
    with pytest.raises(ValueError, match="need steps in an order"):
        funnel(A, B, order=Order.ANY, attempt=Attempt.FIRST)
    with pytest.raises(ValueError, match="at most 20 steps"):
        funnel(*[A] * 21)
    with pytest.raises(ValueError, match="at least one step"):
        funnel()


def test_a_step_that_comes_too_early_or_too_late_is_no_step():
    taken = [(0, A), (2 * MINUTE, A), (5 * MINUTE, B), (9 * MINUTE, B)]
    assert walked(funnel(A, B, limits={1: Limit(0, 3 * MINUTE)}), *taken).at == (2 * MINUTE, 5 * MINUTE)
    assert walked(funnel(A, B, limits={1: Limit(4 * MINUTE)}), *taken).at == (0, 5 * MINUTE)
    assert walked(funnel(A, B, limits={1: Limit(4 * MINUTE, 4 * MINUTE)}), *taken).reached == 0b01


def test_what_must_not_lie_between_two_steps_breaks_the_attempt_and_not_the_next_one():
    asked = funnel(A, B, without={1: frozenset({D})})
    assert walked(asked, (0, A), (1, D), (2, B)).reached == 0b01
    assert walked(asked, (0, A), (1, D), (2, A), (3, B)) == Walked(0b11, (2, 3), (None, 1))
    assert walked(asked, (0, D), (1, A), (2, B), (3, D)).reached == 0b11


def test_the_first_attempt_is_the_one_that_began_first_and_no_other():
    taken = [(0, A), (40 * MINUTE, A), (80 * MINUTE, B)]
    assert walked(funnel(A, B), *taken).reached == 0b11
    assert walked(funnel(A, B, attempt=Attempt.FIRST), *taken).reached == 0b01


def test_an_optional_step_of_an_ordered_funnel_is_counted_where_it_came_in_time():
    asked = funnel(A, B, C, optional=[1])
    assert walked(asked, (0, A), (5, C)) == Walked(0b101, (0, None, 5), (None, None, 5))
    assert walked(asked, (0, A), (3, B), (5, C)) == Walked(0b111, (0, 3, 5), (None, 3, 5))
    assert walked(asked, (0, B), (3, A), (5, C)).reached == 0b101


SETS = st.sampled_from([frozenset({A}), frozenset({B}), frozenset({C, D})])
OVERLAPPING = st.sampled_from([frozenset({A}), frozenset({B}), frozenset({A, B}), frozenset({B, C})])
WINDOWS = st.integers(0, 6)


@st.composite
def walks(draw):
    pauses = draw(st.lists(st.sampled_from([0, 0, 1, 1, 2, 5]), min_size=0, max_size=7))
    path = "".join(draw(st.sampled_from("vtKBf")) for _ in pauses)
    return path, [sum(pauses[: i + 1]) for i in range(len(pauses))]


@st.composite
def any_order(draw):
    steps = draw(st.lists(SETS, min_size=1, max_size=4))
    optional = draw(st.sets(st.integers(1, len(steps) - 1))) if len(steps) > 1 else ()
    return funnel(*steps, window=draw(WINDOWS), order=Order.ANY, optional=optional)


@settings(max_examples=400, deadline=None)
@given(st.lists(OVERLAPPING, min_size=1, max_size=4), WINDOWS, st.sampled_from([Order.ORDERED, Order.STRICT]), walks())
def test_steps_in_order_are_counted_like_the_twin_counts_them(steps, window, order, walk_of):
    asked = funnel(*steps, window=window, order=order)
    assert walk(asked, *walk_of) == twin.walk(asked, *walk_of)


@settings(max_examples=400, deadline=None)
@given(any_order(), walks())
def test_steps_in_any_order_are_counted_like_the_twin_counts_them(asked, walk_of):
    assert walk(asked, *walk_of) == twin.walk(asked, *walk_of)


@st.composite
def limited(draw):
    """An order, and everything that can be asked beside the window."""
    steps = draw(st.lists(OVERLAPPING, min_size=2, max_size=4))
    order = draw(st.sampled_from([Order.ORDERED, Order.ORDERED, Order.STRICT]))
    later = st.integers(1, len(steps) - 1)
    limit = st.builds(Limit, st.integers(0, 2), st.one_of(st.none(), st.integers(0, 5)))
    asked = {
        "limits": draw(st.dictionaries(later, limit, max_size=2)),
        "without": draw(st.dictionaries(later, OVERLAPPING, max_size=2)),
        "attempt": draw(st.sampled_from(Attempt)),
        "optional": draw(st.sets(later, max_size=2)) if order is Order.ORDERED else (),
    }
    return funnel(*steps, window=draw(st.integers(0, 12)), order=order, **asked)


@settings(max_examples=600, deadline=None)
@given(limited(), walks())
def test_limits_exclusions_and_attempts_are_counted_like_the_twin_counts_them(asked, walk_of):
    assert walk(asked, *walk_of) == twin.walk(asked, *walk_of)


@settings(max_examples=300, deadline=None)
@given(st.lists(OVERLAPPING, min_size=1, max_size=4), WINDOWS, walks())
def test_the_fast_way_and_the_one_for_everything_agree(steps, window, walk_of):
    plain = funnel(*steps, window=window)
    limits = {k: Limit() for k in range(1, len(steps))}
    assert walk(plain, *walk_of) == walk(funnel(*steps, window=window, limits=limits), *walk_of)
