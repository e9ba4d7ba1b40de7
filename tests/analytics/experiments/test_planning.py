"""The power calculator: the shop's own rates, and how long a lift takes to be seen."""

import numpy as np
import pytest

from analytics.experiments.planning import Traffic, planned_step, plans
from analytics.experiments.sizes import per_arm
from analytics.semantics.funnels import SHOP
from analytics.stats import two_shares
from journey.models import Experiment


def test_a_bigger_lift_takes_fewer_participants_and_days():
    found = plans(Traffic(28, 28_000, 2_000), arms=2, share=100)
    assert [plan.at_the_end for plan in found] == sorted((plan.at_the_end for plan in found), reverse=True)
    assert all(plan.always > plan.at_the_end for plan in found)
    assert found[-1].days_at_the_end == 7  # never less than a week


def test_half_the_traffic_takes_twice_the_days():
    whole, half = (plans(Traffic(28, 28_000, 2_000), 2, share, [0.1])[0] for share in (100, 50))
    assert half.days_at_the_end == pytest.approx(2 * whole.days_at_the_end, abs=1)


def test_without_traffic_there_is_nothing_to_plan_with():
    assert plans(Traffic(28, 0, 0), 2, 100) == []


@pytest.mark.parametrize(("base", "wanted"), [(0.1, 0.12), (0.03, 0.04), (0.2, 0.25)])
def test_with_the_planned_size_eight_of_ten_experiments_see_the_lift(base, wanted):
    n = per_arm(base, wanted)
    rng = np.random.default_rng(11)
    a, b = rng.binomial(n, base, 4_000), rng.binomial(n, wanted, 4_000)
    found = [two_shares(int(x), n, int(y), n)[1] < 0.05 for x, y in zip(a, b, strict=True)]
    assert np.mean(found) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(
    ("goal", "label"),
    [("", "Purchase"), ("step:1", "Added to cart"), ("revenue", "Purchase")],  # money is planned by who pays
)
def test_the_plan_is_made_with_the_goal_that_decides(goal, label):
    assert SHOP.labels[planned_step(Experiment(goal=goal), SHOP)] == label
