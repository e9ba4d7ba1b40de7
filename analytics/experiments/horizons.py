"""Intervals for a look that was fixed before: once at the end, or at a planned number of looks."""

from functools import cache
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from analytics.experiments.samples import Effect
from analytics.experiments.sequences import ALPHA, Interval

GRID = 801  # points at which the density of the running sum is kept between two looks


def at_the_end(effect: Effect, alpha: float = ALPHA) -> Interval:
    """The usual interval and p-value: they hold for one look only."""
    return _within(effect, float(norm.ppf(1 - alpha / 2)))


def at_look(effect: Effect, look: int, looks: int, shape: str = "obrien_fleming", alpha: float = ALPHA) -> Interval:
    """The interval of the `look`-th of `looks` evenly spaced ones."""
    return _within(effect, boundaries(looks, shape, alpha)[look - 1])


def _within(effect: Effect, z: float) -> Interval:
    reach = z * effect.error
    p = float(2 * norm.sf(abs(effect.value) / effect.error))
    return Interval(effect.value, effect.value - reach, effect.value + reach, p)


@cache
def boundaries(looks: int, shape: str = "obrien_fleming", alpha: float = ALPHA) -> tuple[float, ...]:
    """Critical |z| of each of `looks` evenly spaced looks, so that all together are wrong in `alpha` of runs.

    "obrien_fleming": c·√(K/k), hard at first; "pocock": the same c at every look. c is found by numerical integration
    over the running sum (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, ch. 19).
    """
    hard_at_first = {"obrien_fleming": True, "pocock": False}[shape]

    def bounds(c: float) -> list[float]:
        return [c * sqrt(looks / k) if hard_at_first else c for k in range(1, looks + 1)]

    c = brentq(lambda c: crossed(bounds(c)) - alpha, 1.0, 6.0, xtol=1e-6)
    return tuple(bounds(float(c)))


def crossed(bounds: list[float]) -> float:
    """The chance that a standard normal random walk ever leaves ±bounds at its evenly spaced looks."""
    points, weights = np.polynomial.legendre.leggauss(GRID)
    density, before, out = None, np.zeros(1), 0.0
    for k, bound in enumerate(bounds, 1):
        edge = bound * sqrt(k)  # of the sum, whose increments have variance 1
        if density is None:
            out += 2 * float(norm.sf(edge))
            before = points * edge
            density = norm.pdf(before) * weights * edge
            continue
        out += float(density @ (norm.sf(edge - before) + norm.cdf(-edge - before)))
        here = points * edge
        density = (norm.pdf(here[:, None] - before[None, :]) @ density) * weights * edge
        before = here
    return out
