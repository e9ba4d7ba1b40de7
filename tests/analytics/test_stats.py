"""Intervals against published values and against scipy; medians against the exact ones."""

from collections import Counter
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

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
