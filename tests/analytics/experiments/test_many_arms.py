"""Several arms against one control: what is called sure is sure for all of them together."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import norm

from analytics.experiments.looks import Looks
from analytics.experiments.metrics import aims_of
from analytics.experiments.planning import Traffic, plans
from analytics.experiments.results import Reading, results, watched
from analytics.experiments.rows import Row
from analytics.experiments.samples import Effect
from analytics.experiments.sequences import always_valid
from analytics.experiments.sizes import per_arm
from tests.bench.verdicts import AIMS, CAME, WENT
from tests.bench.verdicts import FUNNEL as SHOP

DAY = date(2026, 10, 2)
EFFECT = Effect(0.02, 0.01, 4_000, is_lift=False)
WAYS = ["always", "fixed", "planned", "bayes"]


@pytest.mark.parametrize("way", WAYS)
def test_one_treatment_is_read_as_ever(way):
    assert Reading(way, treatments=1).of(EFFECT) == Reading(way).of(EFFECT)


def test_each_of_several_is_read_at_its_share():
    assert Reading(treatments=5).of(EFFECT) == always_valid(EFFECT, 0.01)
    reach = Reading("fixed", treatments=5).of(EFFECT).high - EFFECT.value
    assert reach == pytest.approx(norm.ppf(1 - 0.05 / 5 / 2) * EFFECT.error)


@pytest.mark.parametrize("way", WAYS)
def test_the_more_arms_the_wider(way):
    widths = [(one := Reading(way, treatments=k).of(EFFECT)).high - one.low for k in (1, 2, 5, 14)]
    assert widths == sorted(widths)
    assert len({*widths}) == 4


def test_of_six_equal_arms_hardly_one_is_ever_called_different():
    """One look at the end, which is the least careful way: 1,000 experiments of a control and five equal arms."""
    rng, wrong, alone = np.random.default_rng(11), 0, 0
    for _ in range(1_000):
        went = rng.binomial(2_000, 0.1, 6)
        rows = {k: _rows(f"a{k}", int(bought)) for k, bought in enumerate(went)}
        effects = [AIMS.goal.effect(rows[0], rows[k]) for k in range(1, 6)]
        wrong += any(_sure(Reading("fixed", treatments=5), effect) for effect in effects)
        alone += any(_sure(Reading("fixed"), effect) for effect in effects)
    assert wrong / 1_000 <= 0.055
    assert alone / 1_000 > 0.1  # what it would be if each arm were read as if it were alone


def _sure(reading: Reading, effect: Effect) -> bool:
    read = reading.of(effect)
    return read.positive or read.negative


def _rows(arm: str, bought: int, n: int = 2_000):
    counts = ((CAME, n - bought), (WENT, bought))
    return [Row(arm, DAY, False, reached, 0, people, 0, 0, 0, 0, 0) for reached, people in counts]


def test_every_number_of_a_page_is_read_alike():
    """Steps, goal, money and guardrails of an experiment with three arms."""
    rows = [row for k, arm in enumerate(("control", "a", "b")) for row in _rows(arm, 200 + 20 * k)]
    looks = Looks("always", DAY, 10, 14, treatments=2)
    assert (looks.reading.treatments, looks.reading_on(DAY).treatments) == (2, 2)
    two = results(rows, ["control", "a", "b"], SHOP, looks.reading, AIMS)[1]
    one = results(rows, ["control", "a", "b"], SHOP, Reading(), AIMS)[1]
    wider, narrower = (arm.goal(SHOP).lift for arm in (two, one))
    assert wider.low < narrower.low < narrower.high < wider.high
    assert two.aim_lift == wider


def test_harm_is_looked_for_in_all_arms_together():
    """Tickets of 400 buyers a side, 100 of whom wrote."""
    bought = Row("x", DAY, False, WENT, 0, 400, 0, 0, tickets=100, ticket_squares=100, purchases=400,
                 purchase_squares=400, ticket_purchases=100)  # fmt: skip
    rails = aims_of(SHOP, guardrails=["tickets"]).guardrails
    alone, of_six = (dict(watched([bought], [bought], rails, k))[rails[0]] for k in (1, 6))
    assert of_six.low < alone.low < 0 < alone.high < of_six.high


def test_the_plan_of_several_arms_is_made_as_they_are_read():
    traffic = Traffic(28, 28_000, 2_800)
    two, six = (plans(traffic, arms, 100, [0.2])[0] for arms in (2, 6))
    assert (two.at_the_end, six.at_the_end) == (per_arm(0.1, 0.12), per_arm(0.1, 0.12, alpha=0.01))
    assert six.always > two.always
