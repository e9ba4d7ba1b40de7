"""Journeys as columns: the compiled walkers say what walking.py says, and reports from columns what journeys say."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.answers.questions import funnel_of
from analytics.columns.compiled import folder
from analytics.columns.measuring import (
    NONE,
    _call_all,
    _kernels,
    bucketed,
    by_kernel,
    by_walking,
    first_microseconds,
    warm_up,
)
from analytics.columns.walks import MARKS, Walks, everyone, sealed
from analytics.semantics.funnels import Attempt, Order
from analytics.semantics.walking import walk
from analytics.stats import bucket
from journey.steps import Step
from tests.analytics.test_funnels import OVERLAPPING, SETS, A, B, C, Limit, funnel


@st.composite
def any_funnel(draw):
    """Every order, and everything that can be asked of it."""
    order = draw(st.sampled_from(Order))
    steps = draw(st.lists(SETS if order is Order.ANY else OVERLAPPING, min_size=1, max_size=6))
    asked = {"window": draw(st.sampled_from([0, 2, 6, 20, 100, 10**7]))}
    if len(steps) == 1:
        return funnel(*steps, order=order, **asked)
    later = st.integers(1, len(steps) - 1)
    if order is not Order.STRICT:
        asked["optional"] = draw(st.sets(later, max_size=2))
    if order is not Order.ANY:
        limit = st.builds(Limit, st.integers(0, 2), st.one_of(st.none(), st.integers(0, 5)))
        asked["limits"] = draw(st.dictionaries(later, limit, max_size=2))
        asked["without"] = draw(st.dictionaries(later, OVERLAPPING, max_size=2))
        asked["attempt"] = draw(st.sampled_from(Attempt))
    return funnel(*steps, order=order, **asked)


@st.composite
def a_walk(draw):
    pauses = draw(st.lists(st.sampled_from([0, 0, 1, 1, 2, 5, 50, 10**6]), max_size=25))
    path = "".join(draw(st.sampled_from("vtKBf")) for _ in pauses)
    begin = draw(st.sampled_from([0, 1_790_000_000_000_000]))
    return path, [begin + sum(pauses[: i + 1]) for i in range(len(pauses))]


@settings(max_examples=800, deadline=None)
@given(any_funnel(), st.lists(a_walk(), max_size=6))
def test_compiled_walkers_say_what_the_plain_ones_say(asked, taken):
    walks = Walks.of(taken)
    reached, gaps, entries = by_kernel(asked, walks, everyone(walks))
    wanted = [walk(asked, path, at) for path, at in taken]
    assert reached.tolist() == [one.reached for one in wanted]
    assert gaps.tolist() == [[NONE if gap is None else gap for gap in one.gaps] for one in wanted]
    assert entries.tolist() == [NONE if one.at[0] is None else one.at[0] for one in wanted]
    assert [column.tolist() for column in by_walking(asked, walks, everyone(walks))] == [
        column.tolist() for column in (reached, gaps, entries)
    ]


def test_all_there_is_to_compile_is_compiled_beforehand():
    _call_all()
    before = {name: len(kernel.signatures) for name, kernel in _kernels().items()}
    walks = Walks.of([("vtKB", [0, 1, 2, 3])] * 3)
    for order in ("ordered", "strict", "any"):
        by_kernel(funnel_of("view_item,add_to_cart,purchase", "1h", order), walks, everyone(walks))
    assert {name: len(kernel.signatures) for name, kernel in _kernels().items()} == before


COMPILED = ["tests/analytics/test_columns.py", "tests/analytics/test_columns_onward.py", "-k"]


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "columns", "--only-compile"],
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", *COMPILED, "what_the_plain_ones_say or alike"],
    ],
    ids=["warm-up", "drawn"],
)
def test_no_kernel_reads_or_writes_beyond_its_arrays(command, tmp_path):
    """Machine code would not notice; the same code as Python does."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "COMPILED_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_chosen_walks_are_walked():
    walks = Walks.of([("v", [0]), ("vt", [0, 5]), ("", []), ("vtK", [0, 5, 9])])
    chosen = sealed(everyone(walks)[[3, 1]])
    assert by_kernel(funnel(A, B, C), walks, chosen).reached.tolist() == [0b111, 0b11]


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
def test_a_step_with_a_condition_is_in_no_path_as_it_is_stored(order):
    asked = funnel_of("view_item,add_to_cart[value>=5],purchase", "1h", order)
    walks = Walks.of([("vtB", [0, 5, 9])])
    assert by_kernel(asked, walks, everyone(walks)).reached.tolist() == [walk(asked, "vtB", [0, 5, 9]).reached] == [1]


def test_every_letter_of_a_step_is_one_byte():
    assert [step for step in Step if ord(step.letter) > 255] == []


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(st.integers(-1, 3000), st.integers(0, 1 << 45)), min_size=1))
def test_buckets_are_those_of_the_histogram(gaps):
    import numpy as np

    firsts, _ = first_microseconds()
    near = [*gaps, *(firsts[1:1500] - 1).tolist(), *firsts[1:1500].tolist()]
    table = np.array([near], np.int64)
    assert bucketed(table)[0].tolist() == [NONE if gap < 0 else bucket(gap) for gap in near]


def test_who_goes_on_walking_loads_what_is_compiled():
    """Also when each time there is little; and once is not enough."""
    warm_up()
    code = """
import django; django.setup()
from analytics.columns.measuring import FEW, expect, is_loaded
for _ in range(5):
    print(is_loaded(), end=" ")
    expect(FEW // 3)
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "COMPILED_DIR": str(folder().parent)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False", "False", "True"]


def test_letters_that_share_a_mark_are_looked_for_all_the_same():
    letter = chr(ord("v") - 64)  # of no step of ours
    assert MARKS[ord(letter)] == MARKS[ord("v")]
    walks = Walks.of([(letter, [0]), (letter + "v", [0, 5])])
    assert by_kernel(funnel(A, B), walks, everyone(walks)).reached.tolist() == [0, 1]
