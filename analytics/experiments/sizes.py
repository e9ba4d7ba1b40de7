"""How many participants an answer takes, and what can be seen with those there are."""

from math import ceil, log, sqrt

from scipy.optimize import brentq
from scipy.stats import norm

from analytics.experiments.sequences import TUNED_FOR, rho_for


def per_arm(base: float, wanted: float, alpha: float = 0.05, power: float = 0.8, pooled: bool = True) -> int:
    """Participants an arm to see a share move from `base` to `wanted` at one fixed look.

    (z_{α/2}·√(2p̄(1−p̄)) + z_β·√(p1q1 + p2q2))² / (p1−p2)² (Fleiss, Levin and Paik 2003, ch. 4). Not `pooled`: p1 in
    the first root instead of p̄, as Evan Miller's calculator has it.
    """
    if not 0 < base < 1 or not 0 < wanted < 1 or base == wanted:
        raise ValueError("Both shares lie between 0 and 1, and differ.")
    middle = (base + wanted) / 2 if pooled else base
    z_alpha, z_beta = float(norm.ppf(1 - alpha / 2)), float(norm.ppf(power))
    root = z_alpha * sqrt(2 * middle * (1 - middle)) + z_beta * sqrt(base * (1 - base) + wanted * (1 - wanted))
    return ceil(root * root / (wanted - base) ** 2)


def per_arm_always(base: float, wanted: float, power: float = 0.8, alpha: float = 0.05, tuned: int = TUNED_FOR) -> int:
    """The same for looks at any time: where half a confidence sequence and z_β errors are as wide as the effect."""
    spread = sqrt(base * (1 - base) + wanted * (1 - wanted))
    z_beta, rho, effect = float(norm.ppf(power)), rho_for(tuned, alpha), abs(wanted - base)

    def lacking(n: float) -> float:
        whole = 2 * n
        grown = whole * rho * rho + 1
        factor = sqrt(whole) * sqrt(2 * grown / (whole * rho) ** 2 * log(sqrt(grown) / alpha))
        return (factor + z_beta) * spread / sqrt(n) - effect

    if effect == 0 or not spread:
        raise ValueError("Both shares lie between 0 and 1, and differ.")
    return ceil(float(brentq(lacking, 2, 1e12, xtol=0.5)))
