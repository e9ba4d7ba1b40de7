"""Whether the arms got the shares that were planned: if not, no number of the experiment can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

BROKEN = 0.001  # daily looks for 30 days alarm in 1 % of healthy experiments at this p, in 28 % at 0.05
WATCH = 0.01


@dataclass(frozen=True, slots=True)
class Split:
    chi2: float
    p: float

    @property
    def broken(self) -> bool:
        return self.p < BROKEN

    @property
    def doubtful(self) -> bool:
        return BROKEN <= self.p < WATCH


def split(observed: Mapping[str, int], weights: Mapping[str, float]) -> Split:
    """Pearson's χ² of participants per arm against the weights, over the arms that have one.

    Who is in an arm without weight is no surprise of chance: then p is 0.
    """
    if any(count and not weights.get(arm) for arm, count in observed.items()):
        return Split(inf, 0.0)
    arms = [arm for arm, weight in weights.items() if weight > 0]
    seen, whole = sum(observed.get(arm, 0) for arm in arms), sum(weights[arm] for arm in arms)
    if not seen or len(arms) < 2:
        return Split(0.0, 1.0)
    from scipy.special import chdtrc  # 40 MB: only for whoever has an experiment

    expected = {arm: seen * weights[arm] / whole for arm in arms}
    x2 = sum((observed.get(arm, 0) - expected[arm]) ** 2 / expected[arm] for arm in arms)
    return Split(x2, float(chdtrc(len(arms) - 1, x2)))
