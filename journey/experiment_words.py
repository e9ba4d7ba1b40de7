"""What an experiment may measure, in the words in which it is chosen."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from journey.models import Experiment


def funnel_of(experiment: Experiment) -> str:
    return dict(offered(experiment)["funnel"]).get(experiment.funnel, experiment.funnel)


def named(experiment: Experiment, metrics: list[str]) -> str:
    """What a release does not know any more is said as it was written."""
    choices = offered(experiment)
    known = dict([*choices["goal"], *choices["secondary"]])
    steps = [label for funnel, label in choices["labels"] if funnel == experiment.funnel]
    known |= {f"step:{place}": label for place, label in enumerate(steps)}
    return ", ".join(known.get(metric, metric) for metric in metrics)


def offered(experiment: Any) -> dict[str, list[tuple[str, str]]]:
    """Asked once for a page."""
    if not hasattr(experiment, "offered"):
        experiment.offered = import_string(settings.EXPERIMENT_CHOICES)()
    found: dict[str, list[tuple[str, str]]] = experiment.offered
    return found
