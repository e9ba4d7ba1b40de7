"""What a broken step costs, and how sure that is."""

import numpy
import pytest

from analytics.diagnosis.money import lost_at
from analytics.diagnosis.verdicts import Verdict
from tests.analytics.cases import case_of, verdicts


def test_money_lost_puts_the_benchmark_into_one_step_and_goes_on_with_what_follows():
    """6,000 saw it: 1 % would tap, all arrive, 10 % fill the cart, 80 % go on, 40 of 48 give an address, 36 of 40 pay,
    32 of 36 orders come of it; at 35.00 each.
    """
    first: Verdict = verdicts({"clicks": 3, "orders": 32})[0]
    assert first.key == "D08"
    assert first.lost_cents == 0  # more is sold than the benchmark would bring
    few = {"clicks": 3, "page_journeys": 3, "page_views": 3, "cart_journeys": 0, "checkout_journeys": 0, "orders": 0}
    none = {"checkouts": 0, "addresses": 0, "payments": 0, "order_cents": 0}
    # Nobody got further, so all later steps are at their benchmarks: 0.95, 0.07, 0.6, 0.75, 0.85, 0.95.
    expected = 6_000 * 0.01 * 0.95 * 0.07 * 0.6 * 0.75 * 0.85 * 0.95
    assert verdicts(few | none)[0].lost_cents == round(expected * 3_500)


def test_money_lost_is_as_unsure_as_the_rates_behind_the_broken_step():
    """Against drawing those rates again and again: 48 of 60, 40 of 48, 36 of 40, 18 of 36."""
    case = case_of({"orders": 18})
    lost = lost_at(case, "cart", 10_000)
    assert lost.cents == round((10_000 * 0.07 * 0.8 * 40 / 48 * 0.9 * 0.5 - 18) * 3_500)
    draws, pairs = numpy.random.default_rng(7), ((48, 60), (40, 48), (36, 40), (18, 36))
    reached = numpy.prod([draws.binomial(n, part / n, 200_000) / n for part, n in pairs], axis=0)
    low, high = numpy.quantile(reached, (0.025, 0.975))
    ends = [(10_000 * 0.07 * end - 18) * 3_500 for end in (low, high)]
    assert lost[1:] == pytest.approx(ends, rel=0.1)


def test_benchmarks_are_no_measurement_and_make_nothing_unsure():
    none = dict.fromkeys(("checkouts", "addresses", "payments", "orders", "cart_journeys", "checkout_journeys"), 0)
    lost = lost_at(case_of(none), "cart", 1_000)
    assert lost.low == lost.cents == lost.high == round(1_000 * 0.07 * 0.6 * 0.75 * 0.85 * 0.95 * 3_500)
