"""Experiments that grow by themselves: a step at a time, and no further once something is wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError

from analytics.answers.questions import default_kinds
from journey import experimenting
from journey.models import Experiment, RampStep

APART = timedelta(days=1)  # of two steps, also when a pause has kept them waiting


def ramp_up(now: datetime | None = None) -> None:
    """Look at every running experiment that has steps left. Twice at once moves it once: its share only grows."""
    now = now or datetime.now(UTC)
    growing = Experiment.objects.filter(state=Experiment.State.RUNNING, ramp_stopped="", ramp__isnull=False)
    for experiment in growing.distinct().prefetch_related("ramp"):
        if step := next_step(experiment):
            _look_after(experiment, step, now)


def _look_after(experiment: Experiment, step: RampStep, now: datetime) -> None:
    if reasons := " ".join(wrongs(experiment)):
        experimenting.stop_ramp(experiment, f"On {now:%-d %b %Y} it stopped at {experiment.share} %: {reasons}")
    elif now >= due(experiment, step):
        try:
            experimenting.grow(experiment, step.share)
        except ValidationError:
            return  # somebody else was faster


def next_step(experiment: Experiment) -> RampStep | None:
    return next((step for step in experiment.ramp.all() if step.share > experiment.share), None)


def due(experiment: Experiment, step: RampStep) -> datetime:
    """On its day, and not before the last share was looked at for a day."""
    started = experiment.started_at or datetime.now(UTC)
    moved = datetime.fromtimestamp(experiment.phases[-1]["at"] / 1e6, UTC) if experiment.phases else started
    return max(started + timedelta(days=step.day), moved + APART)


def wrongs(experiment: Experiment) -> Iterator[str]:
    """What its health check and its guardrails say against showing it to more."""
    from analytics.experiments.reading import results_of  # scipy: only where an experiment is read

    found = results_of(experiment, default_kinds())
    if found is None:
        return
    yield from found.health.problems()
    rails = (rail for compared in found.compared for rail in compared.rails if rail.harmed)
    yield from dict.fromkeys(f"Certainly {rail.harm}." for rail in rails)


def plan_in_words(experiment: Experiment) -> str:
    """5 % now, 25 % from 3 Nov, 100 % from 6 Nov; empty without steps."""
    steps = list(experiment.ramp.all())
    if not steps:
        return ""
    if experiment.ramp_stopped:
        return experiment.ramp_stopped
    left = [step for step in steps if step.share > experiment.share]
    if not left:
        return f"It has grown to {experiment.share} %, the last step."
    said = [f"{step.share} % {_when(experiment, step)}" for step in left]
    return f"{experiment.share} % {'now' if experiment.started_at else 'at the start'}, {', '.join(said)}."


def _when(experiment: Experiment, step: RampStep) -> str:
    if experiment.started_at is None:
        return f"after {step.day} day{'s' * (step.day > 1)}"
    return f"from {due(experiment, step):%-d %b}"
