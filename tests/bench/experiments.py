"""How often experiments of each kind are wrong, and how soon they are right: thousands of them, looked at every day."""

from dataclasses import dataclass

import django
import numpy as np
from scipy.stats import beta, norm

from analytics.experiments.sequences import ALPHA, TUNED_FOR, rho_for

DAYS = 30
A_DAY = 400  # participants an arm


@dataclass(frozen=True)
class Runs:
    """Cumulative successes of two arms: [run, day]; and participants of one arm by then."""

    a: np.ndarray
    b: np.ndarray
    n: np.ndarray

    @classmethod
    def of(cls, runs: int, base: float, other: float, seed: int) -> "Runs":
        rng = np.random.default_rng(seed)
        a, b = (rng.binomial(A_DAY, share, (runs, DAYS)).cumsum(axis=1) for share in (base, other))
        return cls(a, b, A_DAY * np.arange(1, DAYS + 1))

    @property
    def difference(self) -> tuple[np.ndarray, np.ndarray]:
        """The difference of shares and its standard error, each [run, day]."""
        pa, pb = self.a / self.n, self.b / self.n
        return pb - pa, np.sqrt((pa * (1 - pa) + pb * (1 - pb)) / (self.n - 1))


def reach_always(n: np.ndarray, alpha: float = ALPHA) -> np.ndarray:
    """Half-width of the confidence sequence in standard errors, for `n` participants of both arms together."""
    rho = rho_for(TUNED_FOR, alpha)
    grown = n * rho**2 + 1
    return np.sqrt(n) * np.sqrt(2 * grown / (n * rho) ** 2 * np.log(np.sqrt(grown) / alpha))


def stopped(runs: Runs, reach: np.ndarray | float) -> np.ndarray:
    """The day on which each run would first be called different; 0 when never."""
    value, error = runs.difference
    called = np.abs(value) > reach * error
    return np.where(called.any(axis=1), called.argmax(axis=1) + 1, 0)


def stopped_by_chance(runs: Runs, sure: float = 0.95) -> np.ndarray:
    """The same for who stops when P(best) exceeds `sure` (normal approximation of both posteriors)."""
    a, b = (beta.stats(1 + x, 1 + runs.n - x) for x in (runs.a, runs.b))
    better = (b[0] - a[0]) / np.sqrt(a[1] + b[1])
    called = np.maximum(norm.cdf(better), norm.sf(better)) > sure
    return np.where(called.any(axis=1), called.argmax(axis=1) + 1, 0)


def any_stopped(runs: int, treatments: int, alpha: float, seed: int) -> float:
    """The share of experiments with one control and so many arms like it, any of which is ever called different."""
    control, called = Runs.of(runs, 0.10, 0.10, seed), np.zeros(runs, dtype=bool)
    for k in range(treatments):
        arm = Runs(control.a, Runs.of(runs, 0.10, 0.10, seed + 1 + k).b, control.n)
        called |= stopped(arm, reach_always(2 * arm.n, alpha)) > 0
    return float(called.mean())


def figures(runs: int = 4_000, seed: int = 7) -> dict[str, float]:
    """The numbers of docs/experiments.md."""
    same, other = Runs.of(runs, 0.10, 0.10, seed), Runs.of(runs, 0.10, 0.12, seed + 1)
    always = reach_always(2 * same.n)
    value, error = other.difference
    found = stopped(other, always)
    return {
        "A/A called different, confidence sequence": float((stopped(same, always) > 0).mean()),
        "A/A called different, z-test looked at daily": float((stopped(same, 1.959964) > 0).mean()),
        "A/A called different, P(best) > 95 %": float((stopped_by_chance(same) > 0).mean()),
        "five arms equal to the control, any called different": any_stopped(runs, 5, ALPHA / 5, seed + 2),
        "the same, each read as if it were alone": any_stopped(runs, 5, ALPHA, seed + 2),
        "10 % → 12 % found by day 30": float((found > 0).mean()),
        "median day it was found": float(np.median(found[found > 0])),
        "planted difference inside the sequence on every day": float(
            (np.abs(value - 0.02) <= always * error).all(axis=1).mean()
        ),
    }


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:60} {value:.3f}")  # noqa: T201
    django.setup()
    from tests.bench.verdicts import tables

    print(*tables(), sep="\n")  # noqa: T201
