"""A broken split says where it comes from."""

import pytest

from analytics.experiments.split import split
from analytics.experiments.suspects import reassignment, selection, shares_planned, worst_part

HALVES = {"a": 0.5, "b": 0.5}


def test_weights_that_changed_count_as_much_as_they_let_in():
    planned = shares_planned([(1_000, {"a": 50, "b": 50}), (3_000, {"a": 10, "b": 90})])
    assert planned == pytest.approx({"a": 0.2, "b": 0.8})
    assert not split({"a": 800, "b": 3_200}, planned).broken
    assert split({"a": 800, "b": 3_200}, HALVES).broken


def test_the_part_that_lost_an_arm_is_named_and_the_rest_is_cleared():
    parts = {
        ("browser", "Chrome"): {"a": 2_000, "b": 2_010},
        ("browser", "Safari"): {"a": 1_000, "b": 600},
        ("device", "phone"): {"a": 1_500, "b": 1_300},
    }
    everyone = {"a": 3_000, "b": 2_610}
    part = worst_part(parts, everyone, HALVES)
    assert (part.field, part.value, part.rest.broken) == ("browser", "Safari", False)
    said = selection(everyone, HALVES, part)
    assert "browser Safari: 1,000 a, 600 b; without them the rest is as planned" in said
    assert "53.5 % were a instead of 50.0 %" in said


def test_a_split_that_is_broken_everywhere_blames_nobody():
    parts = {("day", str(day)): {"a": 60, "b": 45} for day in range(40)}
    assert worst_part(parts, {"a": 2_400, "b": 1_800}, HALVES) is None
    assert "look at the weights" in selection({"a": 2_400, "b": 1_800}, HALVES, None)


def test_who_was_moved_later_is_no_fault_of_the_selection():
    assert "the first exposures are as planned" in reassignment({"a": 30, "b": 2}, broken=False)
    assert "as planned" not in reassignment({"a": 30, "b": 2}, broken=True)
