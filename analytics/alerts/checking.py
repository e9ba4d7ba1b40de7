"""Every hour and day that is over is looked at once by every rule, whoever does it; an alert opens and closes once."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from analytics.alerts import telling
from analytics.alerts.judging import look
from analytics.alerts.measuring import LENGTH, Past, Source, has_hours, past, source_of
from analytics.alerts.models import Alert, AlertRule, Look, Span
from journey.models import Touched
from journey.sink import waiting_since

MATURE = timedelta(hours=2)  # who began in an hour has bought by then, or not
CATCH_UP = {Span.HOUR: 6, Span.DAY: 2}  # as many are looked at when nobody did in time
CALM_LOOKS = {Span.HOUR: 2, Span.DAY: 1}  # in a row, inside the band, before an alert is over
KEPT = timedelta(days=70)
BEHIND = 0.02  # participants to be counted, in journeys of the span: with more, what is counted is not all there was
ALWAYS_SOME = 50


def check(now: datetime | None = None) -> int:
    """Take every look that is due; returns how many were taken here."""
    now = now or timezone.now()
    until = min([now - MATURE, *(datetime.fromtimestamp(since, UTC) for since in waiting_since())])
    taken = sum(_look_at(span, start) for span in Span for start in spans(span, until))
    Look.objects.filter(start__lt=now - KEPT).delete()
    return taken


def spans(span: Span, until: datetime) -> list[datetime]:
    """The starts of the last hours or days that ended before, the oldest first."""
    end = until.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    end = end if span == Span.HOUR else end.replace(hour=0)
    return [end - back * LENGTH[span] for back in range(CATCH_UP[span], 0, -1)]


def _look_at(span: Span, start: datetime) -> int:
    rules = AlertRule.objects.filter(is_on=True).exclude(
        pk__in=Look.objects.filter(span=span, start=start).values("rule")
    )
    due: dict[Source, list[AlertRule]] = {}
    for rule in rules:
        if (span == Span.DAY or has_hours(rule)) and (source := source_of(rule)):
            due.setdefault(source, []).append(rule)
    taken = 0
    for source, some in due.items():
        before = past(source, span, start)
        if not _is_behind(before, start):
            taken += sum(_judge(rule, before, start) for rule in some)
    return taken


def _is_behind(before: Past, start: datetime) -> bool:
    journeys = before.reaches.get(start)
    return Touched.objects.count() > max(ALWAYS_SOME, BEHIND * (journeys.total() if journeys else 0))


def _judge(rule: AlertRule, before: Past, start: datetime) -> int:
    """The look and what follows from it are one transaction: of two workers, the unique row lets one do it."""
    found = look(rule, before, start)
    rows = [field.name for field in Look._meta.concrete_fields if field.name not in ("id", "rule", "span", "start")]
    with transaction.atomic():
        _, is_mine = Look.objects.get_or_create(
            rule=rule, span=found.span, start=start, defaults={name: getattr(found, name) for name in rows}
        )
        if is_mine and not found.silent:
            _follow(rule, found)
    return int(is_mine)


def _follow(rule: AlertRule, found: Look) -> None:
    alert = Alert.objects.open().filter(rule=rule).first()
    if alert is None and found.outside and not rule.is_snoozed:
        evidence = {name: getattr(found, name) for name in ("span", "start", "n", "took", "usual", "low", "high")}
        telling.opened(Alert.objects.create(rule=rule, outside=found.outside, **evidence))
    elif alert is not None and alert.span == found.span and _is_calm(rule, found.span):
        close(alert, found)


def _is_calm(rule: AlertRule, span: str) -> bool:
    judged = Look.objects.filter(rule=rule, span=span, silent="").order_by("-start")
    last = list(judged.values_list("outside", flat=True)[: CALM_LOOKS[Span(span)]])
    return len(last) == CALM_LOOKS[Span(span)] and not any(last)


def close(alert: Alert, found: Look | None) -> bool:
    """Whether it was this one who closed it. Without a look, staff says that it is over."""
    closed = Alert.objects.open().filter(pk=alert.pk).update(closed_at=timezone.now())
    if closed and found is not None:
        telling.closed(alert, found)
    return bool(closed)


def close_all(alerts: Iterable[Alert]) -> int:
    return sum(close(alert, None) for alert in alerts)
