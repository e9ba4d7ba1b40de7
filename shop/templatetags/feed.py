"""What the sheets of the feed offer."""

from django import template

from shop.models import Report

register = template.Library()


@register.simple_tag
def report_reasons() -> list[tuple[str, str]]:
    return Report.Reason.choices
