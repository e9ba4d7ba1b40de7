"""The plan of an experiment that has begun, as it is read: in the words in which it was chosen."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.utils.module_loading import import_string

from journey.models import Experiment


class PlanInWords:
    """Read-only fields of an admin page, each a part of the plan."""

    @admin.display(description="Audience")
    def said_audience(self, experiment: Experiment) -> str:
        videos = dict(_offered(experiment)["videos"])
        parts = [
            experiment.get_visit_display(),
            _listed("on", experiment.devices),
            _listed("from", experiment.sources),
            _listed("arriving on", [videos.get(slug, slug) for slug in experiment.videos]),
        ]
        return "; ".join(filter(None, parts))

    @admin.display(description="Funnel")
    def said_funnel(self, experiment: Experiment) -> str:
        return dict(_offered(experiment)["funnel"]).get(experiment.funnel, experiment.funnel)

    @admin.display(description="Goal")
    def said_goal(self, experiment: Experiment) -> str:
        return _named(experiment, [experiment.goal])

    @admin.display(description="Guardrails")
    def said_guardrails(self, experiment: Experiment) -> str:
        return _named(experiment, experiment.guardrails) or "none"

    @admin.display(description="Other metrics")
    def said_others(self, experiment: Experiment) -> str:
        return _named(experiment, experiment.secondary) or "none"

    @admin.display(description="Smallest lift that matters")
    def said_worth(self, experiment: Experiment) -> str:
        return f"{experiment.worth_percent:g} %"

    @admin.display(description="Loss a guardrail may bear")
    def said_bearable(self, experiment: Experiment) -> str:
        most = f"{experiment.bearable_percent:g}"
        return f"{most} in 100 purchases or tries to order; {most} % of page speed"


def _listed(how: str, values: list[str]) -> str:
    return f"{how} {', '.join(values)}" if values else ""


def _named(experiment: Experiment, metrics: list[str]) -> str:
    """What a release does not know any more is said as it was written."""
    offered = _offered(experiment)
    known = dict([*offered["goal"], *offered["secondary"]])
    steps = [label for funnel, label in offered["labels"] if funnel == experiment.funnel]
    known |= {f"step:{place}": label for place, label in enumerate(steps)}
    return ", ".join(known.get(metric, metric) for metric in metrics)


def _offered(experiment: Any) -> dict[str, list[tuple[str, str]]]:
    """Asked once for a page."""
    if not hasattr(experiment, "offered"):
        experiment.offered = import_string(settings.EXPERIMENT_CHOICES)()
    found: dict[str, list[tuple[str, str]]] = experiment.offered
    return found
