"""What each step loses in money: who was lost there, times what those who passed it brought on average.

    lost(k) · bought / passed(k) · worth

The first factor is counted; the second is the share of those who passed step k that bought in the end, with its 95 %
interval; the third is what a journey that went the whole way to its order brought on average. It answers "what if they
had gone on like the others?": an upper bound, for who was lost meant it less. Steps are compared by it, and a tenth of
it is what a test may hope for.
"""

from dataclasses import dataclass

from django.db.models import Sum

from analytics.answers.questions import Question
from analytics.answers.reports import FunnelReport
from analytics.dashboard.models import HourCount
from analytics.semantics.funnels import SIX_STAGES
from analytics.stats import wilson

TENTH = 10


@dataclass(frozen=True, slots=True)
class Leak:
    """Between `before` and `step` (labels), `lost` of `came` went; in cents, with an interval."""

    before: str
    step: str
    place: int
    lost: int
    came: int
    cents: int
    low_cents: int
    high_cents: int  # the same as `cents` at the last step: all who passed it bought

    @property
    def tenth_cents(self) -> int:
        return self.cents // TENTH


def worth(question: Question) -> float:
    """Cents that a journey brings which came to the order, as the six stages count them, in the days of a question."""
    if question.first is None or question.last is None:
        raise ValueError("What a buyer is worth is asked of some days.")
    rows = HourCount.objects.filter(day__range=(question.first, question.last)).of_kinds(question.kinds)
    cells = rows.values_list("reached").annotate(Sum("n"), Sum("revenue_cents")).order_by()
    n = cents = 0
    for reached, some, brought in cells:
        if reached >> SIX_STAGES.goal & 1:
            n, cents = n + some, cents + brought
    return cents / n if n else 0.0


def leaks(report: FunnelReport, worth: float) -> list[Leak]:
    """The costliest first. Empty when nobody bought: what a step loses in money is then not known."""
    funnel, lines = report.question.funnel, report.lines
    buyers = lines[funnel.goal].count
    if not buyers or not worth:
        return []
    found = []
    for k in range(1, funnel.goal + 1):
        before, passed = funnel.before(k), lines[k].count
        if before is None or lines[k].lost <= 0 or not passed:
            continue
        low, high = wilson(buyers, passed) if passed > buyers else (1.0, 1.0)
        cents = [round(lines[k].lost * share * worth) for share in (buyers / passed, low, high)]
        found.append(Leak(lines[before].label, lines[k].label, k, lines[k].lost, lines[before].count, *cents))
    return sorted(found, key=lambda leak: -leak.cents)
