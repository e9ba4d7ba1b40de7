"""What an experiment's units come to: arms, steps with their lifts, money, guardrails. Pure: rows in, results out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import expm1, log

from analytics.experiments.bayes import chance_better, expected_loss, posterior
from analytics.experiments.cuped import corrected
from analytics.experiments.horizons import at_look, at_the_end
from analytics.experiments.metrics import MONEY, Aims, Metric, aims_of, successes
from analytics.experiments.rows import Row as Row
from analytics.experiments.rows import money, share
from analytics.experiments.samples import Effect, Ratio, Sample, lift
from analytics.experiments.sequences import ALPHA, Interval, always_valid
from analytics.semantics.funnels import Funnel
from analytics.stats import q_values

HARM = 0.02  # one half for what is worse, the other for what is better
LOOKS = 5  # of a plan with looks, evenly spaced over its days


@dataclass(frozen=True, slots=True)
class Reading:
    """How an interval is read: chosen before the start, the same for every number of an experiment."""

    way: str = "always"  # a value of Experiment.Reading
    tuned_for: int = 5_000
    look: int = LOOKS  # of a plan with looks, or with one at the end: which one this is; 0 before the first
    alpha: float = ALPHA
    treatments: int = 1  # compared with one control: each is read at its share of alpha, so that all hold (Bonferroni)

    def of(self, effect: Effect | None) -> Interval | None:
        """The interval of a lift, made of the logarithm of the ratio: that is as often too high as too low.

        A ratio itself is skewed by the noise of the control, and would be called different too often when it fell.
        """
        if effect is None or not effect.is_lift:
            return self._read(effect) if effect else None
        if effect.value <= -1:
            read = self._read(effect)
            return read and replace(read, low=-1.0)
        ratio = 1 + effect.value
        read = self._read(Effect(log(ratio), effect.error / ratio, effect.n))
        return read and replace(read, value=effect.value, low=expm1(read.low), high=expm1(read.high))

    def _read(self, effect: Effect) -> Interval | None:
        alpha = self.alpha / self.treatments
        if self.way == "always":
            return always_valid(effect, alpha, self.tuned_for)
        if self.way == "bayes":
            return at_the_end(effect, alpha)
        if not self.look:
            return None
        if self.way == "planned":
            return at_look(effect, self.look, LOOKS, alpha=alpha)
        return at_the_end(effect, alpha)


@dataclass(frozen=True, slots=True)
class Chances:
    """The Bayesian view of the goal: how likely the arm is better, what choosing it would cost if it is not."""

    better: float
    loss: float
    loss_of_control: float = 0.0


@dataclass(frozen=True, slots=True)
class StepResult:
    label: str
    sample: Sample  # of all exposed: unconditional, so that arms are compared as they were dealt
    of_previous: Sample  # of those who came to the step before: says where, and is no fair comparison
    lift: Interval | None


@dataclass(frozen=True, slots=True)
class Other:
    """A metric that does not decide. `q`: what share of those that are at least this sure is expected to be chance."""

    metric: Metric
    sample: Sample | Ratio
    lift: Interval | None
    q: float | None = None


@dataclass(frozen=True, slots=True)
class ArmResult:
    slug: str
    n: int
    crossed: int
    steps: list[StepResult]
    revenue: Sample  # cents a participant
    revenue_lift: Interval | None
    aim: Sample | Ratio  # the goal that was chosen
    aim_lift: Interval | None
    goal_with_before: Interval | None  # the goal's lift, corrected by what was done before the exposure
    chances: Chances | None
    guardrails: Mapping[str, tuple[Sample | Ratio, Interval | None]]  # by key
    others: tuple[Other, ...]
    successes: int

    def goal(self, funnel: Funnel) -> StepResult:
        return self.steps[funnel.goal]


def results(
    rows: Iterable[Row], arms: Sequence[str], funnel: Funnel, reading: Reading, aims: Aims | None = None
) -> list[ArmResult]:
    """The control first, which has no lifts; then the other arms against it."""
    mine: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        mine[row.arm].append(row)
    control = mine[arms[0]]
    aims = aims or aims_of(funnel)
    found = [_arm(arm, mine[arm], control if arm != arms[0] else None, funnel, reading, aims) for arm in arms]
    return _with_q(found)


def _with_q(arms: list[ArmResult]) -> list[ArmResult]:
    """Benjamini and Hochberg over all other metrics of all arms: whoever looks at many finds one by chance."""
    sure = [other.lift.p for arm in arms for other in arm.others if other.lift]
    q = iter(q_values(sure))
    return [
        replace(arm, others=tuple(replace(other, q=next(q)) if other.lift else other for other in arm.others))
        for arm in arms
    ]


def _arm(
    slug: str, rows: list[Row], control: list[Row] | None, funnel: Funnel, reading: Reading, aims: Aims
) -> ArmResult:
    def against(metric: Metric, reading: Reading = reading) -> Interval | None:
        return None if control is None else reading.of(metric.effect(control, rows))

    return ArmResult(
        slug,
        sum(row.n for row in rows),
        sum(row.n for row in rows if row.crossed),
        [_step(rows, control, funnel, k, reading) for k in range(len(funnel.steps))],
        money(rows),
        against(MONEY),
        aims.goal.of(rows),
        against(aims.goal),
        _with_before(rows, control, aims, reading),
        _chances(rows, control, aims.goal),
        {
            rail.key: (rail.of(rows), effect)
            for rail, effect in watched(control, rows, aims.guardrails, reading.treatments)
        },
        tuple(Other(metric, metric.of(rows), against(metric)) for metric in aims.secondary),
        successes(aims.goal, rows),
    )


def watched(
    control: Sequence[Row] | None, rows: Sequence[Row], rails: Sequence[Metric], treatments: int = 1
) -> Iterator[tuple[Metric, Interval | None]]:
    """What became of each guardrail: at every look, of all of them in all arms, harm is seen by chance in half of HARM
    at most.

    Whenever the goal may be read. None while there is too little of it, or nothing to compare with.
    """
    reading = Reading(alpha=HARM / max(1, len(rails)), treatments=treatments)
    for rail in rails:
        enough = control is not None and rail.is_enough(control, rows)
        yield rail, reading.of(rail.effect(control, rows)) if control is not None and enough else None


def _step(rows: list[Row], control: list[Row] | None, funnel: Funnel, k: int, reading: Reading) -> StepResult:
    sample, before = share(rows, k), funnel.before(k)
    reached = sample.n if before is None else int(share(rows, before).total)
    against = None if control is None else reading.of(lift(share(control, k), sample))
    return StepResult(funnel.labels[k], sample, Sample.of_share(int(sample.total), reached), against)


def _with_before(rows: list[Row], control: list[Row] | None, aims: Aims, reading: Reading) -> Interval | None:
    if control is None or not rows or not control:
        return None
    other, mine = corrected([aims.paired(control), aims.paired(rows)])
    return reading.of(lift(other, mine))


def _chances(rows: list[Row], control: list[Row] | None, goal: Metric) -> Chances | None:
    """Of a share: money has no Beta."""
    if control is None or not rows or not control or goal.unit != "share":
        return None
    a, b = goal.of(control), goal.of(rows)
    return Chances(chance_better(posterior(a), posterior(b)), expected_loss(a, b), expected_loss(b, a))


def by_day(
    rows: Iterable[Row],
    arms: Sequence[str],
    funnel: Funnel,
    reading: Reading,
    goal: Metric | None = None,
    on: Callable[[date], Reading] | None = None,
) -> list[tuple[date, Interval | None]]:
    """The goal's lift of the second of two arms as it stood at the end of every day: how a decision ripens.

    `on`: how the interval of a day is read, where that differs by the day.
    """
    metric, ordered = goal or aims_of(funnel).goal, sorted(rows, key=lambda row: row.day)
    stood, drawn = list[Row](), []
    for day in sorted({row.day for row in ordered}):
        stood += [row for row in ordered if row.day == day]
        a, b = ([row for row in stood if row.arm == arm] for arm in arms[:2])
        drawn.append((day, (on(day) if on else reading).of(metric.effect(a, b))))
    return drawn
