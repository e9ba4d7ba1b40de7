"""What is usual of a share: a band as wide as promised, on healthy months and on a drop."""

import random
from datetime import UTC, datetime, timedelta
from math import sin

import pytest
from scipy.stats import betabinom

from analytics.alerts.bands import at_most, band, overdispersion, usual
from analytics.alerts.judging import alpha
from analytics.alerts.models import AlertRule, Span

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
WATCHED, INTERESTED = 0b1, 0b11
MONTHS = 10


@pytest.mark.parametrize(
    ("n", "p", "rho"), [(500, 0.2, 0.002), (33_000, 0.5, 0.0005), (300, 0.02, 0.05), (40, 0.9, 1e-7)]
)
def test_the_tail_is_that_of_a_beta_binomial(n, p, rho):
    a, b = p * (1 / rho - 1), (1 - p) * (1 / rho - 1)
    for x in (0, int(n * p * 0.2), int(n * p * 0.6), int(n * p * 0.95) - 1):
        assert at_most(x, n, a, b) == pytest.approx(betabinom.cdf(x, n, a, b), rel=1e-5, abs=1e-300)


def test_a_week_that_went_wrong_moves_no_band():
    healthy = [(1_000, 300 + 3 * k) for k in range(8)]
    assert usual([*healthy[:-1], (1_000, 20)]) == (6_000, 1_845)  # without the worst, and without the best
    assert usual([(1_000, 300)] * 2) is None
    assert usual([(1_000, 1)] * 4) is None


def drawn(rng, rho, mean, base):
    """Nine weeks of hours, with their days and nights: what came, and what went on by a share of each hour's own."""
    found = {}
    for hours in range(9 * 168):
        swing = sin(hours / 24 * 6.2832)
        n = max(0, round(rng.gauss(mean * (1 + 0.6 * swing), mean**0.5)))
        share = base * (1 + 0.15 * swing)
        share = rng.betavariate(share * (1 / rho - 1), (1 - share) * (1 / rho - 1)) if rho else share
        found[NOON + (hours - 8 * 168) * HOUR] = (
            n,
            min(n, max(0, round(rng.gauss(n * share, (n * share * (1 - share)) ** 0.5)))),
        )
    return found


def judged(hours, rate, drop=1.0):
    """Of the last week's hours with enough: (looks, alarms), each hour's share times `drop`."""
    places = [[hours[start - w * WEEK] for w in range(1, 9)] for start in hours if start >= NOON]
    rho, looks, alarms = overdispersion(places), 0, 0
    for place, start in zip(places, (start for start in hours if start >= NOON), strict=True):
        n, took = hours[start]
        before = usual(place)
        if n >= 200 and before:
            looks += 1
            alarms += took * drop < band(before, 8, n, rho, rate).low
    return looks, alarms


@pytest.mark.parametrize("rho", [0, 0.0005, 0.003])
@pytest.mark.parametrize(("mean", "base"), [(300, 0.3), (2_000, 0.05)])
def test_healthy_months_alarm_about_as_rarely_as_promised_and_a_drop_is_seen(rho, mean, base):
    """Keen: once a month, that is once in 730 looks. Shares differ from hour to hour by more than chance."""
    rng, rate = random.Random(8), 12 / 8_760
    weeks = [drawn(rng, rho, mean, base) for _ in range(MONTHS)]
    looks, alarms = (sum(some) for some in zip(*(judged(hours, rate) for hours in weeks), strict=True))
    assert looks > 1_000
    assert alarms <= 3 * looks * rate + 3
    if rho < 0.003:
        looks, seen = (sum(some) for some in zip(*(judged(hours, rate, 0.5) for hours in weeks), strict=True))
        assert seen > 0.7 * looks


def test_a_sensitivity_is_a_number_of_false_alarms():
    calm, keen = AlertRule(sensitivity="calm"), AlertRule(sensitivity="keen", direction="both")
    assert alpha(calm, Span.HOUR) * 8_760 * 10 == pytest.approx(1)
    assert 2 * alpha(keen, Span.DAY) * 365 == pytest.approx(12)
