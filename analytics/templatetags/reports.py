"""How numbers are written in reports."""

from django import template

register = template.Library()


@register.filter
def grouped(n: int) -> str:
    """12345 → 12,345"""
    return f"{n:,}"


@register.filter
def percent(value: float) -> str:
    """43.21 → 43.2 %; what is not nothing never looks like it."""
    return "< 0.1 %" if 0 < value < 0.05 else f"{value:.1f} %"


@register.filter
def css(value: float) -> str:
    """A number as style sheets read it, whatever the language of the page."""
    return f"{value:.2f}"
