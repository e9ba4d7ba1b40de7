"""The plan of an experiment that has begun, as it is read: in the words in which it was chosen."""

from django.contrib import admin

from journey.experiment_words import funnel_of, named, offered
from journey.models import Experiment


class PlanInWords:
    """Read-only fields of an admin page, each a part of the plan."""

    @admin.display(description="Audience")
    def said_audience(self, experiment: Experiment) -> str:
        videos = dict(offered(experiment)["videos"])
        parts = [
            experiment.get_visit_display(),
            _listed("on", experiment.devices),
            _listed("from", experiment.sources),
            _listed("arriving on", [videos.get(slug, slug) for slug in experiment.videos]),
        ]
        return "; ".join(filter(None, parts))

    @admin.display(description="Funnel")
    def said_funnel(self, experiment: Experiment) -> str:
        return funnel_of(experiment)

    @admin.display(description="Goal")
    def said_goal(self, experiment: Experiment) -> str:
        return named(experiment, [experiment.goal])

    @admin.display(description="Guardrails")
    def said_guardrails(self, experiment: Experiment) -> str:
        return named(experiment, experiment.guardrails) or "none"

    @admin.display(description="Other metrics")
    def said_others(self, experiment: Experiment) -> str:
        return named(experiment, experiment.secondary) or "none"

    @admin.display(description="Smallest lift that matters")
    def said_worth(self, experiment: Experiment) -> str:
        return f"{experiment.worth_percent:g} %"

    @admin.display(description="Loss a guardrail may bear")
    def said_bearable(self, experiment: Experiment) -> str:
        most = f"{experiment.bearable_percent:g}"
        return f"{most} in 100 purchases or tries to order; {most} % of page speed"


def _listed(how: str, values: list[str]) -> str:
    return f"{how} {', '.join(values)}" if values else ""
