"""One look: is this hour's (or day's) share where it should be? Decides and writes nothing."""

from datetime import datetime

from analytics.alerts.bands import band, usual
from analytics.alerts.measuring import Past, funnel_of
from analytics.alerts.models import AlertRule, Look, Span

LOOKS_A_YEAR = {Span.HOUR: 8_760, Span.DAY: 365}
FALSE_ALARMS_A_YEAR = {"calm": 0.1, "normal": 1.0, "keen": 12.0}
DROP, RISE, BOTH = AlertRule.Direction.DROP, AlertRule.Direction.RISE, AlertRule.Direction.BOTH


def look(rule: AlertRule, past: Past, start: datetime) -> Look:
    """What there is to say, not stored yet; `silent` says why there is nothing."""
    funnel = funnel_of(rule)
    if funnel is None or rule.step >= len(funnel.steps):
        return Look(rule=rule, span=past.span, start=start, n=0, took=0, silent="This funnel has no such step.")
    n, took = past.pair(funnel, rule.step, start)
    found = Look(rule=rule, span=past.span, start=start, n=n, took=took)
    if n < rule.enough:
        found.silent = f"{n} came, fewer than {rule.enough}."
        return found
    weeks = past.weeks_before(funnel, rule.step, start)
    before = usual(weeks)
    if before is None:
        found.silent = "There are too few weeks before to compare with."
        return found
    usually = band(before, len(weeks), n, past.rho(funnel, rule.step, start), alpha(rule, past.span))
    found.usual, found.low, found.high = usually.share, usually.low, usually.high
    found.outside = _outside(rule.direction, took, usually.low, usually.high)
    return found


def alpha(rule: AlertRule, span: Span) -> float:
    """The chance of a false alarm in one look, on each side that is watched."""
    sides = 2 if rule.direction == BOTH else 1
    return min(FALSE_ALARMS_A_YEAR[rule.sensitivity] / LOOKS_A_YEAR[span], 0.2) / sides


def _outside(direction: str, took: int, low: int, high: int) -> str:
    if took < low and direction in (DROP, BOTH):
        return Look.Outside.DROP
    if took > high and direction in (RISE, BOTH):
        return Look.Outside.RISE
    return ""
