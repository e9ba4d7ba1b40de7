"""Middles, prices beside others and before, and what the shop tells of answers: pure."""

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from analytics.diagnosis.middles import middle_of
from analytics.diagnosis.prices import Raised, against, raised
from analytics.diagnosis.shop_side import Answers
from analytics.shares import Share
from analytics.videos.product_figures import ProductFigures

MONDAY = date(2026, 11, 2)


def product(slug, cents, views=100, **more):
    return ProductFigures(slug, page_views=views, price_cents=cents * views, **more)


@pytest.mark.parametrize(
    ("n", "low", "high"), [(1, 1, 1), (5, 1, 5), (6, 1, 6), (9, 2, 8), (10, 2, 9), (20, 6, 15), (100, 40, 61)]
)
def test_the_interval_of_a_median_lies_between_two_of_its_numbers(n, low, high):
    """Tables of the sign test (Conover 1999, table A3)."""
    assert middle_of(range(1, n + 1))[1:] == (low, high, n)


@given(st.lists(st.floats(0, 1e6), min_size=6, max_size=400))
def test_the_interval_of_a_median_is_the_narrowest_that_holds_with_95_percent(numbers):
    found, n = middle_of(numbers), len(numbers)
    ordered = sorted(numbers)
    outside = max(k for k in range(n // 2) if binom.cdf(k, n, 0.5) <= 0.025)
    assert found == (median(numbers), ordered[outside], ordered[n - 1 - outside], n)


def test_a_median_of_thousands_is_as_sure_as_counting_says():
    for n in (1_001, 5_000):
        outside = middle_of(range(n)).low
        assert abs(outside - (binom.ppf(0.025, n, 0.5) - 1)) <= 1


def test_a_price_is_held_against_the_middle_of_those_that_were_looked_at():
    others = [product(str(cents), cents) for cents in (1_000, 2_000, 4_000)]
    seldom = product("seldom", 90_000, views=29)
    found = against(product("mine", 6_000), [*others, seldom])
    assert found.times == (3.0, 1.5, 6.0, 3)
    assert (found.asked_cents, found.paid_cents, found.pieces) == (6_000, 0.0, 0)
    assert against(product("mine", 6_000), others[:2]) is None
    assert against(ProductFigures("mine"), others) is None


def test_what_was_paid_counts_where_enough_was_sold():
    others = [product(str(cents), cents, units=10, order_cents=15 * cents) for cents in (1_000, 2_000, 3_000)]
    found = against(product("mine", 6_000), others)
    assert (found.paid_cents, found.pieces) == (3_000, 30)


def days_of(*prices, carts=5):
    """A hundred views a day, each in a journey of its own."""
    days = {}
    for n, cents in enumerate(prices):
        days[MONDAY + timedelta(n)] = product("mine", cents, journeys=100, cart_journeys=carts)
    return days


def test_the_day_since_which_a_price_is_higher_is_found():
    assert raised(days_of(1_000, 1_000, 1_000, 1_500, 1_500)) == Raised(
        MONDAY + timedelta(3), 1_000, 1_500, Share(15, 300), Share(10, 200)
    )


def test_a_price_that_stays_or_falls_was_not_raised():
    assert raised(days_of(1_000, 1_000, 1_000)) is None
    assert raised(days_of(1_000, 900, 800)) is None
    assert raised({}) is None


def test_too_few_views_on_one_side_say_nothing():
    days = days_of(1_000)
    days[MONDAY + timedelta(1)] = product("mine", 5_000, views=99, journeys=99)
    assert raised(days) is None


@given(st.lists(st.integers(1, 5_000), min_size=2, max_size=12))
def test_no_other_day_parts_lower_from_higher_prices_as_well(prices):
    found = raised(days_of(*prices))
    parts = [
        (sum(prices[k:]) / len(prices[k:])) / (sum(prices[:k]) / len(prices[:k])) for k, _ in enumerate(prices) if k
    ]
    assert (found.by + 1 if found else 1.0) == pytest.approx(max(1.0, *parts))
    assert not found or any(later > before for before, later in pairwise(prices))


def test_who_may_still_be_answered_in_time_is_not_late_yet():
    found = Answers((1.0, 30.0, 24.0), (3.0, 25.0))
    assert found.late == Share(2, 4)
    assert found.middle == (24.0, 1.0, 30.0, 3)
    assert (Answers().late, Answers().middle) == (None, None)
    assert (found + Answers((2.0,))).late == Share(2, 5)
