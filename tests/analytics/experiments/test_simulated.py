"""Simulated buyers are exposed as real ones are; what is planted in their arms is found, and nothing else."""

import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from analytics.experiments.decisions import Word
from analytics.experiments.models import Unit
from analytics.experiments.reading import results_of
from journey.models import Experiment
from shop import catalogue
from tests.factories import ArmFactory

pytestmark = pytest.mark.django_db
TRUST = {"slots": {"product/body": ["price", "assurances_badges", "gallery", "title", "options"]}}


@pytest.fixture
def trust():
    """An experiment that runs, on the step into the cart."""
    catalogue.load()
    started = datetime(2026, 10, 2, tzinfo=UTC)
    more = {"state": "running", "started_at": started, "goal": "step:1", "guardrails": [], "reading": "fixed"}
    asked = {f"experiment__{name}": value for name, value in more.items()}
    arm = ArmFactory(experiment__slug="trust", slug="badges", variant__slug="trust-first", **asked, **_of_variant())
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    return arm.experiment


def _of_variant() -> dict:
    return {f"variant__{name}": value for name, value in TRUST.items()}


def simulate(journeys: int = 1_500, **more) -> None:
    call_command("simulate", journeys=journeys, days=30, seed=5, until="2026-11-01", **more)


def found() -> tuple:
    """Results, and the only treatment in them."""
    seen = results_of(Experiment.objects.get(), frozenset({"simulated"}))
    (compared,) = seen.compared
    return seen, compared


def test_a_planted_lift_lies_inside_what_the_results_show(trust, capsys):
    simulate(effect=["trust-first:add_to_cart=+1.5"])
    planted = float(re.search(r"trust=badges add_to_cart +\+([\d.]+) %", capsys.readouterr().out)[1]) / 100
    seen, compared = found()
    assert seen.n == Unit.objects.count() > 300
    assert seen.health.problems() == []
    assert 1.0 < planted < 1.5  # those who would add anyway cannot add twice
    assert compared.arm.steps[0].sample.n == compared.arm.n
    assert 0 < compared.arm.aim_lift.low < planted < compared.arm.aim_lift.high


def test_arms_that_differ_in_nothing_but_their_names_show_nothing(trust):
    simulate(aa=True)
    seen, compared = found()
    assert seen.n > 300
    assert seen.health.problems() == []
    assert compared.arm.aim_lift.low < 0 < compared.arm.aim_lift.high
    assert compared.decision.word in (Word.KEEP_RUNNING, Word.NO_EFFECT)


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("nobody:add_to_cart=+0.1", r"no variant or arm 'nobody' .* only: .*badges \(trust-first\)"),
        ("badges:wonder=+0.1", "No lift can be planted in the step 'wonder', only in: select_promotion, .*"),
        ("badges:add_to_cart=much", "'much' is no number"),
        ("badges:add_to_cart=nan", "from -1 .* not nan"),
        ("badges:add_to_cart=-1.5", "from -1 .* not -1.5"),
        ("badges", "An effect is written VARIANT:STEP=LIFT"),
    ],
)  # fmt: skip
def test_an_effect_that_means_nothing_is_refused_by_name(trust, effect, words):
    with pytest.raises(CommandError, match=words):
        simulate(effect=[effect])


def test_an_arm_that_several_experiments_have_must_be_named_in_full(trust):
    ArmFactory(experiment__slug="anchor", experiment__state="running", slug="badges", variant__slug="other")
    with pytest.raises(CommandError, match="say which, anchor=badges or trust=badges"):
        simulate(effect=["badges:add_to_cart=0.1"])


def test_without_a_running_experiment_nothing_can_be_planted():
    catalogue.load()
    with pytest.raises(CommandError, match="No experiment is running"):
        simulate(aa=True)


def test_a_running_shop_deals_its_arms_itself(trust):
    with pytest.raises(CommandError, match="for --through pipeline"):
        simulate(aa=True, through="http")
