"""Assignment: by hash, sticky, in the shares the weights say."""

from collections import Counter

import pytest

from journey.variants import ArmPlan, Plan, assign, bucket, design_for
from tests.factories import ArmFactory, ExperimentFactory, VariantFactory


def plan(*weights: int, slug: str = "anchor") -> Plan:
    return Plan(slug, tuple(ArmPlan(f"arm{i}", weight, {}, {}) for i, weight in enumerate(weights)))


@pytest.mark.parametrize(
    ("seed", "participant", "expected"),
    [
        ("seed", "a", 0.0505),
        ("seed", "b", 0.2696),
        ("foo", "ab", 0.2575),
        ("foo", "def", 0.2019),
        ("89123klj", "8952klfjas09ujkasdf", 0.124),
        ("90850943850283058242805", "123", 0.7516),
        ("()**(%$##$%#$#", '___)((*":&', 0.0128),
    ],
)
def test_the_hash_gives_growthbooks_published_values(seed, participant, expected):
    assert bucket(seed, participant) == expected


def test_the_same_participant_always_lands_on_the_same_arm():
    assert len({assign(plan(1, 1), 4_711).slug for _ in range(50)}) == 1


def test_weights_are_shares():
    shares = Counter(assign(plan(20, 30, 50), number * 7_919).slug for number in range(20_000))
    expected = {"arm0": 4_000, "arm1": 6_000, "arm2": 10_000}
    chi_square = sum((shares[arm] - n) ** 2 / n for arm, n in expected.items())
    assert chi_square < 13.8  # df 2, p 0.001


def test_two_experiments_assign_independently():
    pairs = Counter(
        (assign(plan(1, 1), n).slug, assign(plan(1, 1, slug="price"), n).slug) for n in range(1, 20_001)
    )  # fmt: skip
    chi_square = sum((count - 5_000) ** 2 / 5_000 for count in pairs.values())
    assert chi_square < 16.3  # df 3, p 0.001


def test_nobody_is_in_an_experiment_without_weight():
    assert assign(plan(0, 0), 1) is None


@pytest.mark.django_db
def test_a_design_merges_the_arms_of_all_running_experiments():
    first = ExperimentFactory(slug="anchor", state="running")
    ArmFactory(experiment=first, slug="early", variant=VariantFactory(values={"anchor_delay_ms": 0}))
    second = ExperimentFactory(slug="price", state="running")
    ArmFactory(experiment=second, slug="control", variant=None)
    ArmFactory(experiment=ExperimentFactory(slug="draft", state="draft"), slug="x", variant=VariantFactory())
    design = design_for(1)
    assert (design.slots, design.values, design.arms) == ({}, {"anchor_delay_ms": 0}, "anchor=early;price=control")


@pytest.mark.django_db
def test_running_experiments_are_read_once_not_at_every_request(django_assert_num_queries):
    ArmFactory(experiment=ExperimentFactory(state="running"))
    design_for(1)
    with django_assert_num_queries(0):
        design_for(2)


@pytest.mark.django_db
def test_a_change_in_the_admin_shows_at_once():
    experiment = ExperimentFactory(slug="anchor", state="running")
    ArmFactory(experiment=experiment, slug="only")
    assert design_for(1).arms == "anchor=only"
    experiment.state = "stopped"
    experiment.save()
    assert design_for(1).arms == ""
