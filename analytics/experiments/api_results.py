"""The results of an experiment as the API says them: the same numbers as on its page."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from analytics.experiments.cards import WORDS
from analytics.experiments.metrics import Metric
from analytics.experiments.pages import ResultsPage
from analytics.experiments.reading import Compared, Results
from analytics.experiments.results import ArmResult, StepResult
from analytics.experiments.samples import Ratio, Sample
from analytics.experiments.sequences import Interval
from analytics.semantics.notation import BadQuestion
from analytics.stats import wilson
from journey.models import Experiment


def asked(experiment: Experiment, params: Mapping[str, str]) -> dict[str, Any] | None:
    """None while there is nothing to compare. Raises BadQuestion."""
    page = ResultsPage(experiment, params)
    if page.problem:
        raise BadQuestion(page.problem)
    return None if page.results is None else _results(page, page.results)


def _results(page: ResultsPage, found: Results) -> dict[str, Any]:
    problems = found.health.problems()
    return {
        "experiment": found.experiment.slug,
        "state": found.experiment.state,
        "reading": found.experiment.reading,
        "days": found.days,
        "exposed": found.n,
        "health": {
            "is_sound": not problems,
            "problems": problems,
            "split_chi2": found.split.chi2 if isfinite(found.split.chi2) else None,
            "split_p": found.split.p,
            "crossed": found.crossed,
        },
        "arms": [
            _arm(found, arm, compared, median)
            for (arm, compared), median in zip(
                [(found.control, None), *((one.arm, one) for one in found.compared)], page.medians, strict=True
            )
        ],
    }


def _arm(found: Results, arm: ArmResult, compared: Compared | None, median: str) -> dict[str, Any]:
    aims = found.aims
    return {
        "arm": arm.slug,
        "exposed": arm.n,
        "crossed": arm.crossed,
        "steps": [_step(arm, step, aims.goal.key == f"step:{k}") for k, step in enumerate(arm.steps)],
        "goal": _metric(aims.goal, arm.aim, arm.aim_lift),
        "goal_lift_with_before": _interval(arm.goal_with_before),
        "chance_better": arm.chances and arm.chances.better,
        "expected_loss": arm.chances and arm.chances.loss,
        "median_to_goal": median,
        "revenue_cents": arm.revenue.mean,
        "revenue_lift": _interval(arm.revenue_lift),
        "guardrails": [_metric(metric, *arm.guardrails[metric.key]) for metric in aims.guardrails],
        "secondary": [_metric(other.metric, other.sample, other.lift) | {"q": other.q} for other in arm.others],
        "verdict": compared and _verdict(compared),
    }


def _metric(metric: Metric, sample: Sample | Ratio, lift: Interval | None) -> dict[str, Any]:
    return {
        "key": metric.key, "name": metric.name, "unit": metric.unit, "value": sample.mean, "lift": _interval(lift),
    }  # fmt: skip


def _step(arm: ArmResult, step: StepResult, is_goal: bool) -> dict[str, Any]:
    low, high = wilson(step.sample.total, arm.n) if arm.n else (None, None)
    return {
        "step": step.label,
        "is_goal": is_goal,
        "count": int(step.sample.total),
        "rate": step.sample.mean if arm.n else None,
        "low": low,
        "high": high,
        "of_previous": step.of_previous.mean if step is not arm.steps[0] and step.of_previous.n else None,
        "lift": _interval(step.lift),
    }


def _interval(lift: Interval | None) -> dict[str, Any] | None:
    if lift is None:
        return None
    return {
        "value": lift.value, "low": lift.low, "high": lift.high, "p": lift.p, "holds_always": lift.holds_always,
    }  # fmt: skip


def _verdict(compared: Compared) -> dict[str, Any]:
    said = compared.decision
    return {
        "verdict": said.word.value,
        "words": WORDS[said.word.value],
        "reasons": list(said.reasons),
        "days_left": said.days_left,
    }
