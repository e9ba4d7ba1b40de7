"""What an experiment is asked for: its own goal, guardrails and other metrics."""

import numpy as np
import pytest

from analytics.experiments.metrics import GUARDRAILS, aims_of
from analytics.experiments.results import Reading, results
from analytics.experiments.samples import Ratio
from analytics.semantics.funnels import SHOP
from analytics.stats import q_values
from tests.analytics.experiments.test_results import ROWS, row


def test_without_a_choice_the_goal_is_what_the_funnel_leads_to():
    aims = aims_of(SHOP)
    assert (aims.goal.key, [rail.key for rail in aims.guardrails]) == ("step:3", ["refunds", "tickets", "errors"])


def test_what_a_release_does_not_know_any_more_is_left_out():
    aims = aims_of(SHOP, "step:9", ["refunds", "smiles"], ["step:1", "smiles", "step:3"])
    assert (aims.goal.key, [m.key for m in aims.guardrails], [m.key for m in aims.secondary]) == (
        "step:3", ["refunds"], ["step:1"],
    )  # fmt: skip


def test_money_may_decide():
    aims = aims_of(SHOP, "revenue")
    _, trust = results(ROWS, ["control", "trust"], SHOP, Reading(), aims)
    assert (trust.aim_lift, trust.chances) == (trust.revenue_lift, None)


def test_other_metrics_have_the_q_of_all_of_them_together():
    aims = aims_of(SHOP, secondary=["step:1", "revenue", "speed"])
    _, trust = results(ROWS, ["control", "trust"], SHOP, Reading("fixed"), aims)
    cart, revenue, speed = trust.others
    assert (speed.lift, speed.q) == (None, None)
    assert [cart.q, revenue.q] == pytest.approx(q_values([cart.lift.p, revenue.lift.p]))
    assert max(cart.q, revenue.q) < 0.1


def timed(arm: str, ms: float, spread: float, n: int = 400):
    return row(arm, 1, n, timed=n, load_ms=n * ms, load_squares=n * (ms * ms + spread * spread))


def test_slower_pages_are_harm():
    rows = [timed("control", 1_200, 500), timed("slow", 1_500, 500)]
    _, slow = results(rows, ["control", "slow"], SHOP, Reading(), aims_of(SHOP, guardrails=["speed"]))
    sample, effect = slow.guardrails["speed"]
    assert sample.mean == 1_500
    assert effect.negative
    assert effect.value == pytest.approx(-0.2)  # 1.2 s of 1.5 s
    assert GUARDRAILS["speed"].harm == "slower pages"


def test_a_ratio_is_as_sure_as_drawing_participants_again_says():
    rng = np.random.default_rng(11)
    under = rng.poisson(0.4, 4_000)
    over = rng.binomial(under, 0.2)
    ratio = Ratio(4_000, over.sum(), (over**2).sum(), under.sum(), (under**2).sum(), (over * under).sum())
    drawn = []
    for _ in range(400):
        some = rng.integers(0, 4_000, 4_000)
        drawn.append(over[some].sum() / under[some].sum())
    assert ratio.mean == pytest.approx(over.sum() / under.sum())
    assert ratio.error == pytest.approx(float(np.std(drawn)), rel=0.1)
