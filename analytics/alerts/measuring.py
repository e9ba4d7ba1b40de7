"""How many could take a step and how many did, hour by hour or day by day; from counts only."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Sum

from analytics import saved
from analytics.alerts.bands import Pair, overdispersion
from analytics.alerts.models import AlertRule, Span
from analytics.answers.questions import NONE, default_kinds
from analytics.dashboard.models import HourCount
from analytics.models import FunnelCount
from analytics.semantics.funnels import SIX_STAGES, Funnel

WEEKS = 8
WEEK = timedelta(days=7)
LENGTH = {Span.HOUR: timedelta(hours=1), Span.DAY: timedelta(days=1)}
Source = tuple[str, str, str]  # funnel, field, value: what a count is of


def known_funnels() -> dict[str, Funnel]:
    """Those that are counted day by day: the ones that are always there, and saved ones."""
    return {funnel.slug: funnel for funnel in saved.counted()}


def funnel_of(rule: AlertRule) -> Funnel | None:
    return saved.find(rule.funnel)


def source_of(rule: AlertRule) -> Source | None:
    """None while there are no complete counts to look at."""
    funnel = funnel_of(rule)
    if funnel is None or not saved.is_counted(funnel):
        return None
    return funnel.key, rule.field, "" if rule.value == NONE else rule.value


def has_hours(rule: AlertRule) -> bool:
    """Hours are counted of the six stages and of everyone; other funnels and segments are looked at day by day."""
    return rule.funnel == SIX_STAGES.slug and not rule.field


@dataclass(slots=True)
class Past:
    """The reaches of every hour (or day) of the past weeks and of the one that is looked at."""

    span: Span
    reaches: dict[datetime, Counter[int]]
    _rho: dict[tuple[int | None, int], float] = field(default_factory=dict)

    def pair(self, funnel: Funnel, step: int, start: datetime) -> Pair:
        """How many journeys came to the step before, and how many of them to this one. Before the first are all."""
        before, reaches = funnel.before(step), self.reaches.get(start, Counter())
        could = sum(n for bits, n in reaches.items() if before is None or bits >> before & 1)
        return could, sum(n for bits, n in reaches.items() if bits >> step & 1)

    def weeks_before(self, funnel: Funnel, step: int, start: datetime) -> list[Pair]:
        earlier = (start - week * WEEK for week in range(1, WEEKS + 1))
        return [self.pair(funnel, step, moment) for moment in earlier if moment in self.reaches]

    def rho(self, funnel: Funnel, step: int, start: datetime) -> float:
        """Of all places in the week but what is looked at now."""
        key = funnel.before(step), step
        if key not in self._rho:
            places: dict[timedelta, list[Pair]] = defaultdict(list)
            for moment in self.reaches:
                if moment < start:
                    places[(start - moment) % WEEK].append(self.pair(funnel, step, moment))
            self._rho[key] = overdispersion(places.values())
        return self._rho[key]


def past(source: Source, span: Span, start: datetime) -> Past:
    """One query: the past weeks up to this hour or day."""
    first, last = (start - WEEKS * WEEK).date(), start.date()
    return Past(span, _hours(first, last) if span == Span.HOUR else _days(source, first, last))


def _hours(first: date, last: date) -> dict[datetime, Counter[int]]:
    found: dict[datetime, Counter[int]] = defaultdict(Counter)
    rows = HourCount.objects.filter(day__range=(first, last)).of_kinds(default_kinds())
    for day, hour, reached, n in rows.values_list("day", "hour", "reached").annotate(Sum("n")).order_by():
        found[datetime.combine(day, time(hour), UTC)][reached] = n
    return found


def _days(source: Source, first: date, last: date) -> dict[datetime, Counter[int]]:
    found: dict[datetime, Counter[int]] = defaultdict(Counter)
    funnel, name, value = source
    rows = FunnelCount.objects.filter(funnel=funnel, field=name, value=value, day__range=(first, last))
    counts = rows.filter(kind__in=sorted(default_kinds())).values_list("day", "reached").annotate(Sum("n")).order_by()
    for day, reached, n in counts:
        found[datetime.combine(day, time(), UTC)][reached] = n
    return found
