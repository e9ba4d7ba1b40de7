"""An experiment's results as they stand now: rows of units, the checks before any number is believed, the decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from analytics.answers.questions import Question
from analytics.experiments import summing, suspects
from analytics.experiments.bayes import split_evidence
from analytics.experiments.decisions import CROSSED, Decision, Guardrail, Health, Measured, Odds, decide
from analytics.experiments.looks import Looks, looks_of
from analytics.experiments.metrics import Aims, aims_of
from analytics.experiments.models import Unit
from analytics.experiments.results import ArmResult, Row, by_day, results
from analytics.experiments.sequences import Interval
from analytics.experiments.split import Split, split
from analytics.instrument.lost_steps import Unequal, lost_by_arm, unequal
from analytics.semantics.funnels import FUNNELS, Funnel
from journey.models import Experiment

BOT = "bot"


@dataclass(frozen=True, slots=True)
class Compared:
    """One treatment against the control."""

    arm: ArmResult
    decision: Decision
    rails: tuple[Guardrail, ...] = ()
    by_day: tuple[tuple[date, Interval | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    experiment: Experiment
    funnel: Funnel
    aims: Aims
    control: ArmResult
    compared: list[Compared]
    split: Split
    planned: dict[str, float]  # arm → share
    evidence: float  # against the planned split, as a Bayes factor that holds at every look
    part: suspects.Part | None  # that a broken split comes from
    health: Health
    bots: Split
    unequal: list[Unequal]
    looks: Looks
    rows: Sequence[Row]

    @property
    def days(self) -> int:
        return self.looks.days

    @property
    def by_day(self) -> list[tuple[date, Interval | None]]:
        """Of the first treatment."""
        return list(self.compared[0].by_day) if self.compared else []

    @property
    def n(self) -> int:
        return self.control.n + sum(compared.arm.n for compared in self.compared)

    @property
    def crossed(self) -> int:
        return self.control.crossed + sum(compared.arm.crossed for compared in self.compared)


def results_of(experiment: Experiment, kinds: frozenset[str], segment: tuple[str, str] | None = None) -> Results | None:
    """None before its arms compare anything. `segment`: a field of units, and the value it must have."""
    arms = sorted(experiment.arms.all(), key=lambda arm: (arm.variant_id is not None, arm.pk))
    funnel = FUNNELS.get(experiment.funnel)
    if len(arms) < 2 or funnel is None:
        return None
    units = units_of(experiment, kinds, segment)
    slugs, rows, looks = [arm.slug for arm in arms], summing.rows_of(units), looks_of(experiment, len(arms) - 1)
    aims = aims_of(funnel, experiment.goal, experiment.guardrails, experiment.secondary)
    control, *others = results(looks.seen(rows), slugs, funnel, looks.reading, aims)
    seen = Counter(dict.fromkeys(slugs, 0))
    for row in rows:
        seen[row.arm] += row.n
    planned = summing.planned_shares(experiment, units)
    shares, losses = split(seen, planned), _unequal_losses(experiment, kinds)
    part = suspects.worst_part(summing.parts_of(units), seen, planned) if shares.broken else None
    bots = _bots(experiment, planned)
    health = _health(rows, seen, planned, shares, part, losses, bots, units)
    compared = [_compared(experiment, control, arm, aims, funnel, health, looks, rows) for arm in others]
    evidence = _evidence(seen, planned)
    return Results(
        experiment, funnel, aims, control, compared, shares, planned, evidence, part, health, bots, losses, looks, rows
    )


def units_of(experiment: Experiment, kinds: frozenset[str], segment: tuple[str, str] | None = None) -> "QuerySet[Unit]":
    units: QuerySet[Unit] = Unit.objects.filter(experiment=experiment.slug).of_kinds(kinds)
    return units.filter(**{segment[0]: segment[1]}) if segment else units


def _evidence(seen: Counter[str], planned: dict[str, float]) -> float:
    arms = [arm for arm, share in planned.items() if share > 0]
    return split_evidence([seen[arm] for arm in arms], [planned[arm] for arm in arms])


def _bots(experiment: Experiment, planned: dict[str, float]) -> Split:
    seen = Unit.objects.filter(experiment=experiment.slug, kind=BOT).order_by().values_list("arm").annotate(Count("pk"))
    return split(Counter(dict(seen)), planned)


def _unequal_losses(experiment: Experiment, kinds: frozenset[str]) -> list[Unequal]:
    if experiment.started_at is None:
        return []
    last = experiment.stopped_at.date() if experiment.stopped_at else None
    arms = lost_by_arm(Question(FUNNELS["stages"], experiment.started_at.date(), last, kinds))
    return unequal({slug: found for slug, found in arms.items() if slug == experiment.slug})


def _health(
    rows: Sequence[Row],
    seen: Counter[str],
    planned: dict[str, float],
    shares: Split,
    part: suspects.Part | None,
    losses: list[Unequal],
    bots: Split,
    units: "QuerySet[Unit]",
) -> Health:
    everyone, crossed = seen.total(), sum(row.n for row in rows if row.crossed)
    moved = crossed / everyone if everyone else 0.0
    return Health(
        shares.p,
        shares.broken,
        moved,
        bool(losses),
        bots.broken,
        suspects.selection(seen, planned, part) if shares.broken else "",
        suspects.reassignment(summing.crossed_by_arm(units), shares.broken) if moved > CROSSED else "",
    )


def _compared(
    experiment: Experiment,
    control: ArmResult,
    arm: ArmResult,
    aims: Aims,
    funnel: Funnel,
    health: Health,
    looks: Looks,
    rows: Sequence[Row],
) -> Compared:
    bearable = experiment.bearable_percent / 100
    known = ((metric, arm.guardrails[metric.key][1]) for metric in aims.guardrails)
    rails = tuple(Guardrail(metric.label, effect, bearable, metric.harm) for metric, effect in known)
    decision = decide(
        Measured(
            arm.aim_lift,
            rails,
            health,
            looks.days,
            experiment.worth_percent / 100,
            min(control.n, arm.n),
            control.successes,
            looks.waits,
            looks.days_to_wait,
            _odds(experiment, control, arm),
        )
    )
    days = by_day(rows, [control.slug, arm.slug], funnel, looks.reading, aims.goal, looks.reading_on)
    return Compared(arm, decision, rails, tuple(days))


def _odds(experiment: Experiment, control: ArmResult, arm: ArmResult) -> Odds | None:
    if experiment.reading != Experiment.Reading.BAYES or arm.chances is None or not control.aim.mean:
        return None
    chances, base = arm.chances, control.aim.mean
    return Odds(chances.better, chances.loss / base, chances.loss_of_control / base)
