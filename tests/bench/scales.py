"""On which scale a lift's interval is made: how often each is wrong, and how soon right (docs/decisions/0033)."""

import numpy as np

from analytics.experiments.sequences import ALPHA, TUNED_FOR, rho_for

DAYS, A_DAY, BASE = 30, 800, 0.1


def scales(lift: float, runs: int, seed: int) -> dict[str, tuple[float, float, float]]:
    """Scale → (share called different, median day of it, share with the truth inside on all days)."""
    rng = np.random.default_rng(seed)
    mine = rng.binomial(A_DAY, 0.5, (runs, DAYS))
    a, b = rng.binomial(A_DAY - mine, BASE).cumsum(1), rng.binomial(mine, BASE * (1 + lift)).cumsum(1)
    na, nb = (A_DAY - mine).cumsum(1), mine.cumsum(1)
    pa, pb = a / na, b / nb
    va, vb = pa * (1 - pa) / (na - 1), pb * (1 - pb) / (nb - 1)
    seen = {
        "the lift, delta method": (pb / pa - 1, vb / pa**2 + va * pb**2 / pa**4, lift),
        "the difference": (pb - pa, va + vb, BASE * lift),
        "the logarithm of the ratio": (np.log(pb / pa), vb / pb**2 + va / pa**2, np.log1p(lift)),
    }
    width = _width(na + nb)
    return {name: _of(value, width * np.sqrt(variance), truth) for name, (value, variance, truth) in seen.items()}


def _width(n: np.ndarray) -> np.ndarray:
    """Of half a confidence sequence, in standard errors."""
    rho = rho_for(TUNED_FOR)
    grown = n * rho**2 + 1
    return np.sqrt(n) * np.sqrt(2 * grown / (n * rho) ** 2 * np.log(np.sqrt(grown) / ALPHA))


def _of(value: np.ndarray, reach: np.ndarray, truth: float) -> tuple[float, float, float]:
    called = np.abs(value) > reach
    ever = called.any(axis=1)
    days = called.argmax(axis=1)[ever] + 1
    inside = (np.abs(value - truth) <= reach).all(axis=1)
    return float(ever.mean()), float(np.median(days)) if ever.any() else 0.0, float(inside.mean())


if __name__ == "__main__":
    for lift, runs, seed in ((0.0, 20_000, 7), (0.2, 5_000, 8), (-0.2, 5_000, 9)):
        print(f"{lift:+.2f}", scales(lift, runs, seed))  # noqa: T201
