"""Less noise for the same effect: outcomes corrected by what participants did before they were exposed.

Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online controlled experiments by utilizing pre-experiment
data" (WSDM 2013).
"""

from dataclasses import dataclass

from analytics.experiments.samples import Sample


@dataclass(frozen=True, slots=True)
class Paired:
    """Sums over one arm's participants of outcome y, of what they did before x, and of their products."""

    n: int
    y: float
    yy: float
    x: float
    xx: float
    xy: float

    def __add__(self, other: "Paired") -> "Paired":
        return Paired(*(a + b for a, b in zip(_sums(self), _sums(other), strict=True)))  # type: ignore[arg-type]


def _sums(paired: Paired) -> tuple[float, ...]:
    return paired.n, paired.y, paired.yy, paired.x, paired.xx, paired.xy


def theta(arms: list[Paired]) -> float:
    """cov(x, y)/var(x), with both pooled over arms around each arm's own means."""
    covariance = sum(arm.xy - arm.x * arm.y / arm.n for arm in arms if arm.n)
    variance = sum(arm.xx - arm.x * arm.x / arm.n for arm in arms if arm.n)
    return covariance / variance if variance else 0.0


def corrected(arms: list[Paired]) -> list[Sample]:
    """Samples of y − θ(x − mean of x over all arms): the same expected means, a variance less by 1 − corr²."""
    factor = theta(arms)
    everyone = sum(arm.n for arm in arms)
    middle = sum(arm.x for arm in arms) / everyone if everyone else 0.0
    return [_corrected(arm, factor, middle) for arm in arms]


def _corrected(arm: Paired, factor: float, middle: float) -> Sample:
    total = arm.y - factor * (arm.x - arm.n * middle)
    centred_xx = arm.xx - 2 * middle * arm.x + arm.n * middle * middle
    centred_xy = arm.xy - middle * arm.y
    return Sample(arm.n, total, arm.yy - 2 * factor * centred_xy + factor * factor * centred_xx)
