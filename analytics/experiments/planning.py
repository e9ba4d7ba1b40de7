"""How long an experiment will take, from the shop's own rates: the power calculator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.experiments.decisions import LEAST_DAYS
from analytics.experiments.metrics import REVENUE, STEP, aims_of
from analytics.experiments.sequences import ALPHA
from analytics.experiments.sizes import per_arm, per_arm_always
from analytics.semantics.funnels import Funnel
from journey.models import Experiment

DAYS = 28  # of traffic that the plan is made from
LIFTS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
LONG = 60  # days: who waits longer measures another season


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the last weeks were like: journeys that came to the funnel's first step, and to the goal."""

    days: int
    entered: int
    reached: int

    @property
    def rate(self) -> float:
        return self.reached / self.entered if self.entered else 0.0

    @property
    def a_day(self) -> float:
        return self.entered / self.days if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """To see a lift: so many participants an arm and days, with one look at the end, or with looks at any time."""

    lift: float
    at_the_end: int
    always: int
    days_at_the_end: int | None
    days_always: int | None

    @property
    def too_long(self) -> bool:
        return self.days_always is None or self.days_always > LONG


def planned_step(experiment: Experiment, funnel: Funnel) -> int:
    """The step whose share is planned with: the goal's, and for money what the funnel leads to."""
    key = aims_of(funnel, experiment.goal).goal.key
    return funnel.goal if key == REVENUE else int(key.removeprefix(STEP))


def traffic_of(funnel: Funnel, kinds: frozenset[str], step: int, days: int = DAYS) -> Traffic:
    """The whole days before today."""
    today = datetime.now(UTC).date()
    lines = report(Question(funnel, today - timedelta(days=days), today - timedelta(days=1), kinds)).lines
    return Traffic(days, lines[0].count, lines[step].count)


def plans(traffic: Traffic, arms: int, share: int, lifts: Sequence[float] = LIFTS) -> list[Plan]:
    """What each lift takes with this traffic, split over `arms`, of which `share` percent take part."""
    if not 0 < traffic.rate < 1:
        return []
    reachable = [lift for lift in lifts if traffic.rate * (1 + lift) < 1]
    return [_plan(traffic, arms, share, lift) for lift in reachable]


def _plan(traffic: Traffic, arms: int, share: int, lift: float) -> Plan:
    base, wanted = traffic.rate, traffic.rate * (1 + lift)
    alpha = ALPHA / (arms - 1)  # as its results are read
    fixed, always = per_arm(base, wanted, alpha), per_arm_always(base, wanted, alpha=alpha)
    each = traffic.a_day * share / 100 / arms
    return Plan(lift, fixed, always, _days(fixed, each), _days(always, each))


def _days(needed: int, each: float) -> int | None:
    """At least a whole week; None when nobody comes."""
    return max(LEAST_DAYS, ceil(needed / each)) if each else None


def plan_of(experiment: Experiment, funnel: Funnel, kinds: frozenset[str]) -> tuple[Traffic, list[Plan]]:
    """With the experiment's own smallest lift that matters among the rows."""
    traffic = traffic_of(funnel, kinds, planned_step(experiment, funnel))
    lifts = sorted({*LIFTS, experiment.worth_percent / 100})
    return traffic, plans(traffic, max(2, experiment.arms.count()), experiment.share, lifts)
