"""What came after a step and who stood before it, from columns: what is said of one walk after the other."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.answers import associations, cells
from analytics.answers.cells import Cell
from analytics.answers.features import VIDEO, stay_of
from analytics.answers.followed import Followed
from analytics.answers.next_steps import next_steps
from analytics.answers.questions import Question
from analytics.columns import distinguishing, measuring, onward
from analytics.columns.distinguishing import _asked
from analytics.columns.doors import LETTERS, _moments, taking
from analytics.columns.walks import Walks, everyone, sealed
from analytics.counts.counting import count
from analytics.semantics.funnels import SHOP
from analytics.semantics.walking import walk
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import batch
from tests.analytics.test_columns import a_walk, any_funnel
from tests.analytics.test_every_number import BATCHES, QUESTIONS

BLOCKS = [{"block": "reviews"}, {"block": "terms"}, {}]


def standing(draw_step, asked, taken):
    """A required step; the walks that came to the one before it, and when; and each of them as it is followed."""
    step = asked.required[draw_step % len(asked.required)]
    walks = Walks.of(taken)
    done = measuring.by_kernel(asked, walks, everyone(walks))
    moments = _moments(asked, step, done)
    here = sealed(np.flatnonzero(moments.arrived != measuring.NONE))
    units = [
        Followed((row,), row, at[0], None, path, path, [time - at[0] for time in at], w, (), "", ())
        for row, (path, at) in enumerate(taken)
        if (w := walk(asked, path, [time - at[0] for time in at] if at else [])).reached >> (asked.before(step) or 0)
        & 1
    ]
    assert [unit.participant for unit in units] == here.tolist()
    return step, walks, here, moments.arrived[here], moments.went[here], units


@settings(max_examples=500, deadline=None)
@given(any_funnel(), st.lists(a_walk(), max_size=6), st.integers(0, 5))
def test_what_came_next_is_said_alike_by_all_three(asked, taken, draw_step):
    step, walks, here, arrived, _, units = standing(draw_step, asked, taken)
    letters = taking(asked, step)
    wanted = [onward._code(unit.next_steps(asked, step)) for unit in units]
    assert onward.by_kernel(walks, here, arrived, letters).tolist() == wanted
    assert onward.by_walking(walks, here, arrived, letters).tolist() == wanted


@settings(max_examples=500, deadline=None)
@given(any_funnel(), st.lists(a_walk(), max_size=6), st.integers(0, 5), st.sampled_from([0, 1, 3, 60]))
def test_who_stood_before_a_step_is_told_alike_by_both(asked, taken, draw_step, usual):
    step, walks, here, arrived, went, units = standing(draw_step, asked, taken)
    counts, knows = np.zeros((2, LETTERS, 2), np.int64), np.zeros(len(here), np.bool_)
    until = np.zeros(len(here), np.int64)
    distinguishing.by_kernel(walks, here, arrived, went, _asked(asked, step, usual), (counts, knows, until))
    stays = [stay_of(asked, unit, step, usual) for unit in units]
    assert until.tolist() == [unit.start + stay.until for unit, stay in zip(units, stays, strict=True)]
    wanted: Counter[tuple[int, str, int]] = Counter()
    for unit, stay in zip(units, stays, strict=True):
        earlier, goes = set(unit.path[: stay.arrived + 1]), unit.walked.reached >> step & 1
        wanted.update((0, letter, goes) for letter in earlier)
        wanted.update((1, letter, goes) for letter in set(unit.path[stay.arrived + 1 : stay.end]))
    assert knows.tolist() == [
        bool(VIDEO & {*unit.path[: stay.arrived + 1]}) for unit, stay in zip(units, stays, strict=True)
    ]
    found = {(when, chr(letter), goes): int(counts[when, letter, goes]) for when, letter, goes in np.argwhere(counts)}
    assert found == wanted


def test_repeats_and_what_goes_on_beside_are_left_out_and_leaving_is_an_end():
    for after in ("jvbqq", "bqqt", "", "qtqtqt", "t", "qqqqq"):
        walks = Walks.of([("K" + after, range(len(after) + 1))])
        (code,) = onward.by_kernel(walks, everyone(walks), np.zeros(1, np.int64), frozenset("K")).tolist()
        assert onward._named(code) == tuple(next_steps(after))


@pytest.mark.both
class FromColumns(TestCase):
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, QUESTIONS)
    def test_reports_from_columns_say_what_the_walk_says(self, batches, asked):
        measuring.warm_up()
        people = ((number + 4 * again, *rest) for again in range(6) for number, *rest in batches)
        store(
            [batch(n, *(((*e, BLOCKS[i % 3])) for i, e in enumerate(es)), at=at, context=c) for n, es, at, c in people]
        )
        count()
        for step in range(len(asked.funnel.steps)):
            for cell in (Cell(step), Cell(step, "lost"), Cell(step, value="phone")):
                wanted = Counter(tuple(unit.next_steps(asked.funnel, step)) for unit in cells.units(asked, cell))
                assert cells.ways(asked, cell) == wanted
                for way in wanted:
                    narrow = replace(cell, then=way[:2])
                    assert cells.ids(asked, narrow) == sorted({k for u in cells.units(asked, narrow) for k in u.ids})
            assert associations.distinguished(asked, step) == associations.walked_one_by_one(asked, step)


@pytest.mark.django_db
def test_features_of_events_are_read_for_columns_too():
    measuring.warm_up()
    opened, cart = (0, Step.VIEW_ITEM), (9, Step.ADD_TO_CART)
    read = [(3, Step.VIEW_BLOCK, {"block": "reviews"})]
    store([batch(n, opened, *(read if n % 3 else []), *([cart] if n % 2 else [])) for n in range(60)])
    count()
    measuring._call_all()
    answer = associations.distinguished(Question(SHOP), 1)
    cells.ways(Question(SHOP), Cell(1, "lost"))
    assert [len(measuring.kernel(name).signatures) for name in ("hops", "stays")] == [1, 1]  # those of the warming up
    assert answer == associations.walked_one_by_one(Question(SHOP), 1)
    assert [(one.feature.name, one.n) for one in answer.found] == [("a block of the page was read: reviews", 40)]
