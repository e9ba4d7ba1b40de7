"""Experiments looked at every day: rarely wrong when nothing differs, soon right when something does.

In short; `python -m tests.bench.experiments` does it thousands of times.
"""

import pytest

from analytics.experiments.decisions import Word
from tests.bench.experiments import figures
from tests.bench.scales import scales
from tests.bench.verdicts import LIFTS, called_different, covered, words


def test_a_sequence_is_seldom_wrong_and_soon_right():
    found = figures()
    assert found["A/A called different, confidence sequence"] <= 0.02
    assert found["A/A called different, z-test looked at daily"] > 0.2
    assert found["A/A called different, P(best) > 95 %"] > 0.35
    assert found["five arms equal to the control, any called different"] <= 0.02
    assert found["the same, each read as if it were alone"] > 0.05
    assert found["10 % → 12 % found by day 30"] >= 0.95
    assert found["median day it was found"] <= 12
    assert found["planted difference inside the sequence on every day"] >= 0.94


def test_the_scale_on_which_intervals_are_made_is_the_one_that_is_seldom_wrong():
    equal, better = scales(0.0, 10_000, seed=7), scales(0.2, 2_000, seed=8)
    assert equal["the lift, delta method"][0] > 0.02 > equal["the logarithm of the ratio"][0]
    assert better["the logarithm of the ratio"][1] <= 12 < better["the lift, delta method"][1]


@pytest.mark.parametrize("lift", [LIFTS[0], LIFTS[-1]])
@pytest.mark.parametrize("way", ["always", "fixed"])
def test_a_planted_lift_is_inside_the_interval_at_the_end(lift, way):
    assert covered(1_000, lift, way, seed=7) >= 0.94


@pytest.mark.parametrize(
    ("lift", "shares", "word"),
    [
        (0.2, (1, 1), Word.SHIP),
        (-0.2, (1, 1), Word.ROLL_BACK),
        (0.0, (1, 1), Word.NO_EFFECT),
        (0.2, (1, 0.9), Word.INVALID),
    ],
)
def test_what_was_planted_is_what_the_verdict_says(lift, shares, word):
    assert words(20, lift, seed=7, shares=shares)[word] >= 0.9


def test_equal_arms_are_seldom_called_different_by_the_verdict():
    assert called_different(20, seed=7) <= 0.05
