"""What each block of a page contributes: an experiment whose arms leave out one thing each, ranked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.experiments.decisions import LEAST_SUCCESSES
from analytics.experiments.metrics import LEAST_EACH
from analytics.experiments.reading import Results
from analytics.experiments.results import ArmResult
from analytics.experiments.samples import lift
from analytics.experiments.sequences import Interval
from analytics.stats import q_values

SURE = 0.05  # of what is called sure, this share at most is chance


@dataclass(frozen=True, slots=True)
class Contribution:
    """`without` is how the goal changes when it is left out; `adds` is what having it adds over not having it."""

    name: str
    arm: ArmResult
    goal: str
    without: Interval | None
    adds: Interval | None
    q: float | None
    enough: bool

    @property
    def sure(self) -> bool:
        if self.without is None or self.q is None or not self.enough:
            return False
        return self.q <= SURE and (self.without.positive or self.without.negative)

    @property
    def helps(self) -> bool:
        return self.sure and self.without is not None and self.without.negative

    @property
    def sentence(self) -> str:
        if self.without is None or not self.enough:
            return f"Too few have seen the page without “{self.name}” to say anything."
        change = abs(round(100 * self.without.value))
        if not change:
            told = f"Without “{self.name}” as many {self.goal} as with it"
        else:
            told = f"Without “{self.name}” {change} % {'more' if self.without.value > 0 else 'fewer'} {self.goal}"
        return f"{told}." if self.sure else f"{told}, but that may be chance."


def contributions(results: Results, names: Mapping[str, str], goal: str) -> list[Contribution]:
    """`names` is arm → what it leaves out. What adds most comes first; what nothing can be said of, last."""
    arms = [compared.arm for compared in results.compared if compared.arm.slug in names]
    alone = replace(results.looks, treatments=1).reading  # q minds already how many there are
    base = results.control.goal(results.funnel).sample
    lifts = [alone.of(lift(base, arm.goal(results.funnel).sample)) for arm in arms]
    told = [(arm, without) for arm, without in zip(arms, lifts, strict=True) if without and _enough(arm, results)]
    chances = q_values([without.p for _, without in told])
    q = {arm.slug: chance for (arm, _), chance in zip(told, chances, strict=True)}
    found = [
        Contribution(
            names[arm.slug], arm, goal, without, turned(without) if without else None,
            q.get(arm.slug), _enough(arm, results),
        )
        for arm, without in zip(arms, lifts, strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.enough or one.adds is None, -(one.adds.value if one.adds else 0)))


def turned(without: Interval) -> Interval | None:
    """The lift of the control over the arm, from that of the arm over the control: 1 / (1 + x) − 1, which falls in x.

    None where the arm may have nothing at all: nothing is a lift over nothing.
    """
    if without.low <= -1 or without.value <= -1:
        return None
    value, low, high = (1 / (1 + share) - 1 for share in (without.value, without.high, without.low))
    return Interval(value, low, high, without.p, without.holds_always)


def _enough(arm: ArmResult, results: Results) -> bool:
    goals = [one.goal(results.funnel).sample.total for one in (arm, results.control)]
    return min(arm.n, results.control.n) >= LEAST_EACH and min(goals) >= LEAST_SUCCESSES
