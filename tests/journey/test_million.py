"""A million participants: weights hold, experiments split independently, growth keeps who is in, processes agree."""

import subprocess
import sys
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import chi2

from journey.trails import RANDOM_BITS
from journey.variants import ArmPlan, Plan, assign, bucket, design_for, forget
from tests.factories import ArmFactory, ExperimentFactory

N = 1_000_000
A_DAY_MS = 1_764_115_200_000
UNLIKELY = 1e-4  # fixed numbers: a test that passes once passes always


@cache
def crowd() -> np.ndarray:
    """Numbers as participants get them over three months: the time in front, chance behind."""
    chance = np.random.default_rng(29)
    came = A_DAY_MS - chance.integers(0, 90 * 86_400_000, N)
    return came << RANDOM_BITS | chance.integers(0, 1 << RANDOM_BITS, N)


def hashed(seed: str, texts: np.ndarray) -> np.ndarray:
    """fnv1a32 of seed + text, for all texts at once."""
    value = 0x811C9DC5
    for byte in seed.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    values = np.full(len(texts), value, np.uint64)
    for column in texts.view(np.uint8).reshape(len(texts), -1).T:
        then = (values ^ column) * np.uint64(0x01000193) & np.uint64(0xFFFFFFFF)
        values = np.where(column, then, values)  # shorter texts end with zeros
    return values


@cache
def places(seed: str) -> np.ndarray:
    """bucket() of everybody, in ten-thousandths."""
    return (hashed("", hashed(seed, crowd().astype("S20")).astype("S20")) % np.uint64(10_000)).astype(int)


def arms_of(slug: str, *weights: int) -> np.ndarray:
    """The place of everybody's arm, as assign() has it."""
    return np.searchsorted(np.cumsum(weights) / sum(weights), places(slug) / 10_000, side="right")


def plan(slug: str, *weights: int, **more) -> Plan:
    return Plan(slug, tuple(ArmPlan(str(i), weight, {}, {}) for i, weight in enumerate(weights)), **more)


def p_value(seen: np.ndarray, expected: np.ndarray, freedom: int) -> float:
    return float(chi2.sf(((seen - expected) ** 2 / expected).sum(), freedom))


def some() -> list[int]:
    return np.random.default_rng(7).choice(N, 3_000, replace=False).tolist()


@pytest.mark.parametrize("slug", ["anchor", "anchor/share", "ünïcode"])
def test_the_hash_of_all_at_once_is_the_hash_of_each(slug):
    for k in some():
        assert places(slug)[k] / 10_000 == bucket(slug, str(crowd()[k]))


@pytest.mark.parametrize("weights", [(1, 1), (20, 30, 50), (90, 10), (1, 1, 1), (1, 0, 99)])
def test_the_arms_of_all_at_once_are_the_arm_of_each(weights):
    arms, planned = arms_of("anchor", *weights), plan("anchor", *weights)
    assert all(str(arms[k]) == assign(planned, int(crowd()[k])).slug for k in some())


@pytest.mark.parametrize("weights", [(1, 1), (20, 30, 50), (90, 10), (1, 1, 1), (99, 1)])
@pytest.mark.parametrize("slug", ["anchor", "price", "a", "trust-badges-first-2026"])
def test_weights_hold_over_a_million(slug, weights):
    seen = np.bincount(arms_of(slug, *weights), minlength=len(weights))
    # An arm is a whole number of ten-thousandths: of three equal ones, one has 3,334 of them.
    dealt = np.bincount(np.searchsorted(np.cumsum(weights) / sum(weights), np.arange(10_000) / 10_000, side="right"))
    assert np.abs(dealt / 10_000 - np.array(weights) / sum(weights)).max() < 1e-4
    assert p_value(seen, dealt / 10_000 * N, len(weights) - 1) > UNLIKELY


def test_every_ten_thousandth_gets_its_share():
    seen = np.bincount(places("anchor"), minlength=10_000)
    assert p_value(seen, np.full(10_000, N / 10_000), 9_999) > UNLIKELY


@pytest.mark.parametrize("other", ["anchor2", "anchos", "price", "anchor/share", "bnchor"])
def test_experiments_split_independently_of_each_other_and_of_who_takes_part(other):
    a, b = arms_of("anchor", 20, 30, 50), arms_of(other, 1, 1)
    table = np.bincount(a * 2 + b, minlength=6).reshape(3, 2)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / N
    assert p_value(table, expected, 2) > UNLIKELY


def test_a_slug_that_is_used_again_under_another_name_deals_anew():
    stayed = (arms_of("anchor", 1, 1) == arms_of("anchor-2", 1, 1)).mean()
    assert abs(stayed - 0.5) < 0.003


def test_when_somebody_came_says_nothing_about_their_arm():
    quarter = np.argsort(np.argsort(crowd())) * 4 // N
    table = np.bincount(quarter * 2 + arms_of("anchor", 1, 1), minlength=8).reshape(4, 2)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / N
    assert p_value(table, expected, 3) > UNLIKELY


def test_a_share_that_grows_keeps_everybody_who_is_in_and_their_arm():
    arms = arms_of("anchor", 1, 1)
    taken = [places("anchor/share") * 100 < share * 10_000 for share in (1, 10, 50, 100)]
    for few, many in pairwise(taken):
        assert not (few & ~many).any()
    assert [abs(few.mean() - share) < 0.002 for few, share in zip(taken, (0.01, 0.1, 0.5, 1), strict=True)] == [
        True
    ] * 4
    for few in taken[1:]:
        halves = np.bincount(arms[few], minlength=2)
        assert p_value(halves, np.full(2, few.sum() / 2), 1) > UNLIKELY
    half = plan("anchor", 1, 1, share=50)
    assert all(half.takes(int(crowd()[k]), "") == taken[2][k] for k in some())


def test_an_arm_that_grows_keeps_who_is_in_it_and_takes_from_the_others_only_what_it_must():
    before, after = arms_of("anchor", 90, 10), arms_of("anchor", 80, 20)
    assert not ((before == 1) & (after == 0)).any()
    assert abs((before != after).mean() - 0.1) < 0.002


ELSEWHERE = """
import sys
from journey.variants import ArmPlan, Plan, assign
plan = Plan("anchor", tuple(ArmPlan(str(i), weight, {}, {}) for i, weight in enumerate((20, 30, 50))))
print("".join(assign(plan, int(number)).slug for number in sys.stdin.read().split()))
"""


def test_another_process_deals_the_same_arms():
    numbers = [int(crowd()[k]) for k in some()]
    code = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; django.setup()" + ELSEWHERE
    said = subprocess.run(
        [sys.executable, "-c", code], input=" ".join(map(str, numbers)), capture_output=True, text=True, check=True
    )
    planned = plan("anchor", 20, 30, 50)
    assert said.stdout.strip() == "".join(assign(planned, number).slug for number in numbers)


@pytest.mark.django_db
def test_after_a_restart_everybody_is_where_they_were():
    made = ExperimentFactory(slug="anchor", state="running", share=70)
    for slug, weight in (("control", 20), ("a", 30), ("b", 50)):
        ArmFactory(experiment=made, slug=slug, weight=weight)
    people = [int(crowd()[k]) for k in some()[:500]]
    before = [design_for(number).arms for number in people]
    forget()
    made.name = "Another name"
    made.save()
    assert [design_for(number).arms for number in people] == before
    made.share = 100
    made.save()
    after = [design_for(number).arms for number in people]
    assert all(then in ("", now) for then, now in zip(before, after, strict=True))
    assert ("" in before, "" in after) == (True, False)
