"""What can be chosen for an experiment: funnels and metrics of reports, videos of the shop, sources that came."""

from collections import defaultdict

from django.utils.text import get_text_list

from analytics.experiments.metrics import GUARDRAILS, MONEY
from analytics.semantics.funnels import FUNNELS
from journey.models import Context
from shop.models import Video

Choices = list[tuple[str, str]]


def offered() -> dict[str, Choices]:
    """Field of an experiment → (value, label) of what it may be; "steps": every funnel with how many it has; and
    "labels": every funnel with what each of them is called, in order."""
    steps = _steps()
    money = (MONEY.key, MONEY.label)
    guardrails = [(key, metric.name) for key, metric in GUARDRAILS.items()]
    sources = Context.objects.exclude(source="").order_by("source").values_list("source", flat=True).distinct()
    return {
        "funnel": [(slug, funnel.name) for slug, funnel in FUNNELS.items()],
        "steps": [(slug, str(len(funnel.steps))) for slug, funnel in FUNNELS.items()],
        "labels": [(slug, label) for slug, funnel in FUNNELS.items() for label in funnel.labels],
        "goal": [("", "What the funnel leads to"), money, *steps],
        "guardrails": guardrails,
        "secondary": [money, *guardrails, *steps],
        "videos": list(Video.objects.order_by("-pk").values_list("slug", "caption")),
        "sources": [(source, source) for source in sources],
    }


def _steps() -> Choices:
    """A step is chosen by its place: each place with what it is called in every funnel that has it."""
    labels: dict[int, dict[str, None]] = defaultdict(dict)
    for funnel in FUNNELS.values():
        for k, label in enumerate(funnel.labels):
            labels[k][label] = None
    return [(f"step:{k}", f"Step {k + 1}: {get_text_list(list(names), 'or')}") for k, names in sorted(labels.items())]
