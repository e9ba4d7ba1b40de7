"""Intervals against published values and against scipy; medians against the exact ones."""

from collections import Counter
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control, fisher_exact
from scipy.stats.contingency import odds_ratio

from analytics import stats


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_intervals_newcombe_published(successes, n, low, high):
    assert stats.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_agrees_with_scipy(part_of, confidence):
    low, high = binomtest(*part_of).proportion_ci(confidence, method="wilson")
    assert stats.wilson(*part_of, confidence) == pytest.approx((low, high), abs=1e-9)


@given(st.lists(st.integers(1_000, 10**12), min_size=1, max_size=50))
def test_a_median_from_buckets_is_exact_to_one_percent(durations):
    histogram = Counter(stats.bucket(us) for us in durations)
    assert stats.median(histogram) == pytest.approx(median(durations), rel=0.0101)


def test_nothing_has_no_median_and_an_instant_has_zero():
    assert stats.median({}) is None
    assert stats.median({stats.bucket(0): 3}) == 0


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
    ],
)
def test_newcombe_gives_the_intervals_he_published(a, m, b, n, low, high):
    assert stats.newcombe(a, m, b, n) == pytest.approx((low, high), abs=5e-5)


@given(*[st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))] * 2)
def test_a_difference_turned_round_has_its_interval_turned_round(one, other):
    low, high = stats.newcombe(*one, *other)
    assert low <= one[0] / one[1] - other[0] / other[1] <= high
    assert stats.newcombe(*other, *one) == pytest.approx((-high, -low))


def test_two_shares_differ_as_the_textbook_says():
    assert stats.two_shares(5, 83, 12, 99) == pytest.approx((-1.40783, 0.159181), abs=5e-6)
    assert stats.two_shares(0, 5, 0, 9) == stats.two_shares(5, 5, 9, 9) == (0, 1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_q_values_are_those_of_scipy(p_values):
    assert stats.q_values(p_values) == pytest.approx(list(false_discovery_control(p_values)), abs=1e-12)


TABLES = st.tuples(*[st.integers(1, 2_000)] * 4)


@given(TABLES)
def test_an_odds_ratio_and_its_interval_are_those_of_scipy(table):
    a, b, c, d = table
    theirs = odds_ratio([[a, b], [c, d]], kind="sample")
    interval = theirs.confidence_interval(0.95)
    assert stats.odds_ratio(*table) == pytest.approx((theirs.statistic, interval.low, interval.high), rel=1e-9)


def test_an_odds_ratio_with_an_empty_cell_is_finite_and_wide():
    middle, low, high = stats.odds_ratio(10, 0, 5, 5)
    assert (middle, low < 1.2, high > 400) == (pytest.approx(21), True, True)


def test_fisher_finds_what_he_found_of_the_tea_tasting_lady():
    assert stats.fisher(3, 1, 1, 3) == pytest.approx(34 / 70)
    assert stats.fisher(4, 0, 0, 4) == pytest.approx(2 / 70)


@given(st.tuples(*[st.integers(0, 300)] * 4).filter(lambda four: any(four)))
def test_fishers_test_is_that_of_scipy(table):
    a, b, c, d = table
    assert stats.fisher(*table) == pytest.approx(fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-6, abs=1e-12)
