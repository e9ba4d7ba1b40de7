"""The arithmetic of experiments against published values and against simulation."""

import numpy as np
import pytest
from scipy.special import lambertw
from scipy.stats import beta

from analytics.experiments.bayes import chance_better, expected_loss, split_evidence
from analytics.experiments.cuped import Paired, corrected
from analytics.experiments.horizons import at_the_end, boundaries
from analytics.experiments.samples import Sample, lift
from analytics.experiments.sequences import always_valid, rho_for
from analytics.experiments.sizes import per_arm, per_arm_always
from analytics.experiments.split import split
from analytics.stats import two_shares


@pytest.mark.parametrize(
    ("a", "b", "x2", "p"),
    [(821_588, 815_482, 22.774, 1.8218e-6), (44_000, 45_000, 11.2360, 0.000802), (600, 400, 40, 2.5396e-10)],
)
def test_a_broken_split_is_as_unlikely_as_published(a, b, x2, p):
    found = split({"a": a, "b": b}, {"a": 50, "b": 50})
    assert found.chi2 == pytest.approx(x2, rel=1e-4)
    assert found.p == pytest.approx(p, rel=1e-3)
    assert found.broken


def test_a_split_of_nobody_or_of_one_arm_is_whole():
    assert split({}, {"a": 1, "b": 1}).p == 1
    assert split({"a": 5}, {"a": 1, "b": 0}).p == 1


def test_two_shares_differ_as_statsmodels_documents():
    assert two_shares(5, 83, 12, 99) == pytest.approx((-1.40783, 0.159181), abs=1e-5)


def test_a_confidence_sequence_is_the_one_growthbook_tests():
    found = lift(Sample.of_share(1396, 3000), Sample.of_share(2422, 3461))
    assert (found.value, found.error) == pytest.approx((0.50386, 0.03386), abs=1e-5)
    interval = always_valid(found, tuned_for=5_000)
    assert (interval.low, interval.high) == pytest.approx((0.40098, 0.60675), abs=5e-5)
    assert rho_for(5_000) == pytest.approx(0.0398401, abs=1e-7)


def test_the_mixture_is_tuned_within_two_percent_of_what_is_exact():
    exact = np.sqrt((-lambertw(-(0.05**2) / np.e, -1).real - 1) / 5_000)
    assert exact == pytest.approx(0.0405265, abs=1e-7)
    assert rho_for(5_000) == pytest.approx(exact, rel=0.02)


def test_a_lift_is_refused_while_the_control_may_be_nothing():
    assert lift(Sample.of_share(1, 1_000), Sample.of_share(9, 1_000)) is None
    assert lift(Sample.of_share(0, 1_000), Sample.of_share(9, 1_000)) is None


def test_obrien_fleming_bounds_are_the_published_ones():
    assert boundaries(5) == pytest.approx((4.5618, 3.2257, 2.6338, 2.2809, 2.0401), abs=5e-4)
    assert boundaries(5, "pocock")[0] == pytest.approx(2.413, abs=5e-4)  # Pocock 1977
    assert boundaries(1) == pytest.approx((1.95996,), abs=1e-4)


def test_who_is_better_is_known_exactly_and_agrees_with_drawing():
    assert chance_better((1, 1), (2, 1)) == pytest.approx(2 / 3)
    rng = np.random.default_rng(7)
    a, b = beta.rvs(101, 901, size=400_000, random_state=rng), beta.rvs(121, 881, size=400_000, random_state=rng)
    assert chance_better((101, 901), (121, 881)) == pytest.approx(float((b > a).mean()), abs=3e-3)
    assert expected_loss(Sample.of_share(100, 1000), Sample.of_share(120, 1000)) == pytest.approx(0.00048461, abs=1e-7)


def test_evidence_against_a_split_grows_with_the_mismatch():
    assert split_evidence([500, 500], [0.5, 0.5]) < 1
    assert split_evidence([5_500, 4_500], [0.5, 0.5]) > 1_000


def test_sample_sizes_are_those_of_the_formula():
    assert per_arm(0.20, 0.25, pooled=False) == 1_031  # Evan Miller's calculator cuts 1,030.22 to 1,030
    assert per_arm(0.03, 0.033, pooled=False) == 51_487
    assert per_arm(0.03, 0.033) == pytest.approx(53_210, rel=0.01)
    assert per_arm(0.20, 0.25) == pytest.approx(1_094, abs=1)  # statsmodels' two-proportion z has 1,094 too
    assert per_arm_always(0.20, 0.25) > 1.5 * per_arm(0.20, 0.25)
    with pytest.raises(ValueError, match="differ"):
        per_arm(0.2, 0.2)


def test_what_was_done_before_takes_noise_out_and_leaves_the_effect():
    rng = np.random.default_rng(3)
    before = rng.normal(10, 3, size=(2, 4_000))
    after = before + rng.normal(0, 1, size=(2, 4_000)) + np.array([[0.0], [0.5]])
    arms = [
        Paired(len(y), y.sum(), (y * y).sum(), x.sum(), (x * x).sum(), (x * y).sum())
        for x, y in zip(before, after, strict=True)
    ]
    a, b = corrected(arms)
    plain = lift(*(Sample(arm.n, arm.y, arm.yy) for arm in arms))
    less = lift(a, b)
    assert less.value == pytest.approx(0.05, abs=0.008)
    ratio = 1 - np.corrcoef(before.ravel(), after.ravel() - np.repeat([0, 0.5], 4_000))[0, 1] ** 2
    assert (less.error / plain.error) ** 2 == pytest.approx(ratio, rel=0.05)


def test_a_fixed_look_misses_the_truth_in_one_of_twenty():
    rng = np.random.default_rng(5)
    hits = 0
    for a, b in zip(rng.binomial(2_000, 0.1, 600), rng.binomial(2_000, 0.12, 600), strict=True):
        found = at_the_end(lift(Sample.of_share(int(a), 2_000), Sample.of_share(int(b), 2_000)))
        hits += found.low <= 0.2 <= found.high
    assert 0.93 <= hits / 600 <= 0.97
