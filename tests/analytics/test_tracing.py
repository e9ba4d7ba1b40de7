"""Conditions on events, which events took the steps, and every attempt: against the slow twin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.semantics.attempts import Limit
from analytics.semantics.conditions import Condition, Where, marked
from analytics.semantics.funnels import Attempt, Order
from analytics.semantics.tracing import every, trace
from analytics.semantics.walking import walk
from journey.steps import Step
from tests.analytics import twin
from tests.analytics.test_funnels import any_order, funnel, limited, walks

A, B, C, D = Step.VIEW_ITEM, Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE
FUNNELS = st.one_of(limited(), any_order())


def where(step, *conditions):
    return Where(step, tuple(Condition(*condition) for condition in conditions))


SERUM, DEAR = ("product", "=", ("serum",)), ("value", ">=", ("2000",))
ASKED = st.sampled_from(
    [
        *(
            A,
            B,
            C,
            where(A, SERUM),
            where(A, ("product", "=", ("balm", "serum"))),
            where(A, ("product", "!=", ("serum",))),
        ),
        *(
            where(B, SERUM, DEAR),
            where(B, DEAR),
            where(B, ("value", "<", ("2000.5",))),
            where(C, ("muted", "=", ("true",))),
        ),
    ]
)
PROPS = st.fixed_dictionaries(
    {},
    optional={
        "product": st.sampled_from(["serum", "balm", "lamp", "", 5]),
        "value": st.sampled_from([0, 1999, 2000, 2000.5, 9_000, "dear", True, None]),
        "muted": st.booleans(),
    },
)


@st.composite
def told_walks(draw):
    path, at = draw(walks())
    return path, [draw(PROPS) for _ in path], at


@st.composite
def conditioned(draw):
    sets = st.sets(ASKED, min_size=1, max_size=3).map(frozenset)
    steps = draw(st.lists(sets, min_size=1, max_size=4))
    without = draw(st.dictionaries(st.integers(1, len(steps) - 1), sets, max_size=2)) if len(steps) > 1 else {}
    order = draw(st.sampled_from([Order.ORDERED, Order.STRICT]))
    return funnel(*steps, window=draw(st.integers(0, 9)), order=order, without=without)


@settings(max_examples=500, deadline=None)
@given(conditioned(), told_walks())
def test_conditions_are_counted_like_the_twin_counts_them(asked, told):
    path, props, at = told
    written = marked(asked.alphabet, path, props)
    assert walk(asked, written, at) == twin.walk(asked, [*zip(path, props, strict=True)], at)


def test_conditions_that_exclude_each_other_may_stand_in_any_order():
    one, other = where(A, SERUM), where(A, ("product", "=", ("balm",)))
    asked = funnel(one, other, order=Order.ANY, window=9)
    written = marked(asked.alphabet, "vv", [{"product": "balm"}, {"product": "serum"}])
    assert walk(asked, written, [0, 3]).reached == 0b11
    assert len(asked.alphabet["v"]) == 2, "no event is both, so there is no mark for it"
    with pytest.raises(ValueError, match="nothing in common"):
        funnel(one, where(A, DEAR), order=Order.ANY)


def test_twenty_products_are_twenty_marks_and_nine_conditions_that_overlap_are_too_many():
    many = [where(A, ("product", "=", (f"p{n}",))) for n in range(20)]
    assert len(funnel(*many).alphabet["v"]) == 20
    with pytest.raises(ValueError, match="too many different conditions on view_item"):
        _ = funnel(*(where(A, ("value", ">=", (str(n),))) for n in range(9))).alphabet


@settings(max_examples=600, deadline=None)
@given(FUNNELS, walks())
def test_the_events_that_took_the_steps_are_those_of_the_reported_chain(asked, walk_of):
    path, at = walk_of
    found = trace(asked, path, at)
    assert found.walked == walk(asked, path, at)
    assert [*found.events] == twin.taken(asked, path, at)
    for k, place in enumerate(found.events):
        assert (place is None) == (found.walked.at[k] is None)
        assert place is None or path[place] in asked.letters[k]


@settings(max_examples=600, deadline=None)
@given(FUNNELS, walks())
def test_every_attempt_is_found_like_the_twin_finds_it(asked, walk_of):
    found = [(one.walked, [*one.events]) for one in every(asked, *walk_of)]
    if asked.attempt is Attempt.BEST:
        # Which of several that come no further than the first step is taken before the others means nothing.
        found, slow = ([one for one in some if one[0].reached > 1] for some in (found, twin.every(asked, *walk_of)))
        assert found == slow
    else:
        assert found == twin.every(asked, *walk_of)


@settings(max_examples=300, deadline=None)
@given(st.one_of(limited(), any_order()), walks())
def test_attempts_share_no_event_and_each_beginning_is_one(asked, walk_of):
    found = [*every(asked, *walk_of)]
    used = [place for one in found for place in {*one.events} - {None}]
    assert len(used) == len({*used})
    assert found[:1] == [one for one in [trace(asked, *walk_of)] if one.walked.reached] or len(found) > 1
    if not asked.letters[0] & frozenset().union(*asked.letters[1:]):
        assert len(found) == sum(letter in asked.letters[0] for letter in walk_of[0])


def test_page_views_against_unique_viewers():
    views = funnel(A, B, window=60)
    assert [one.walked.reached for one in every(views, "vvtvt", [0, 10, 20, 30, 40])] == [0b11, 0b11, 0b01]
    assert [one.events for one in every(views, "vvtvt", [0, 10, 20, 30, 40])] == [(1, 2), (3, 4), (0, None)]


def test_what_must_not_happen_still_happened_when_another_attempt_has_used_it():
    asked = funnel(A, B, D, window=60, without={1: frozenset({D})})
    # The purchase that the attempt of the later view has used lies between the earlier view and the second cart.
    assert [one.walked.reached for one in every(asked, "vvtBt", [0, 1, 2, 3, 4])] == [0b111, 0b001]


def test_limits_are_those_of_the_times_and_not_of_the_places():
    asked = funnel(A, B, limits={1: Limit(2, 3)}, window=9)
    assert [trace(asked, "vt", [0, gap]).walked.reached for gap in range(6)] == [1, 1, 3, 3, 1, 1]
