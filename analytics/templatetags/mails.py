"""How figures are written in mails and on the dashboard."""

from django import template
from django.conf import settings

from analytics.answers.reports import FunnelReport, Share
from analytics.exporting.exports import as_table
from analytics.templatetags.reports import percent
from analytics.written import money

register = template.Library()


@register.filter
def rate(share: Share) -> str:
    """12.5 % (10.1 % to 15.3 %): the interval belongs to the rate."""
    value, low, high = (percent(100 * part) for part in (share.value, share.low, share.high))
    return f"{value} ({low} to {high})"


register.filter(money)


@register.filter
def about(cents: int) -> str:
    """1234567 → 12,346 USD: an estimate has no cents."""
    return f"{round(cents / 100):,} {settings.CURRENCY}"


@register.filter
def change(relative: float | None) -> str:
    """0.123 → +12 %; nothing where there was nothing before."""
    return "" if relative is None else "as before" if abs(relative) < 0.005 else f"{relative:+.0%}".replace("%", " %")


@register.filter
def points(difference: float) -> str:
    """0.0123 → +1.2 points: of a percentage, so that nobody takes it for a percent of it."""
    return f"{100 * difference:+.1f}"


@register.filter
def table(report: FunnelReport) -> str:
    return as_table(report)


@register.filter
def of(part: int, whole: int) -> str:
    """37 of 100 → 37.0 %"""
    return percent(100 * part / whole) if whole else "–"


@register.filter
def joined(site: str, path: str) -> str:
    """The address of a path, for whoever reads it elsewhere."""
    return site.rstrip("/") + path
