"""Whose journeys a report leaves out by default, and how to count them too."""

from dataclasses import dataclass

from django.db.models import Sum

from analytics.answers.questions import Question
from analytics.models import FunnelCount
from analytics.screens.filters import Url
from analytics.semantics.funnels import SIX_STAGES

NOUNS = {"bot": "bots", "tester": "testers", "visitor": "visitors", "simulated": "simulated buyers"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    who: str
    journeys: int
    url: str  # the same report with them


def left_out(question: Question, url: Url) -> list[LeftOut]:
    """Kinds with journeys in the days of a question that it does not ask about; the most first."""
    counts = FunnelCount.objects.filter(funnel=SIX_STAGES.slug, field="").between(question.first, question.last)
    kinds = counts.exclude(kind__in=question.kinds).values_list("kind").annotate(journeys=Sum("n"))
    return [
        LeftOut(NOUNS.get(kind, kind), journeys, url(kind=",".join(sorted(question.kinds | {kind}))))
        for kind, journeys in kinds.order_by("-journeys", "kind")
    ]
