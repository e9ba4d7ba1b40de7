"""A verdict drawn as a card, on whatever page."""

from typing import Any

from django import template

from analytics.diagnosis.cards import Card
from analytics.diagnosis.evidence import percent

register = template.Library()


@register.inclusion_tag("admin/analytics/verdict.html", takes_context=True)
def verdict_card(context: dict[str, Any], card: Card, heading: str = "h2") -> dict[str, Any]:
    """The card of a verdict; the page that shows it links `analytics/diagnosis.css`."""
    token = {"csrf_token": context["csrf_token"]} if "csrf_token" in context else {}
    return {"card": card, "verdict": card.verdict, "extras": card.extras, "heading": heading} | token


@register.filter
def share(value: float) -> str:
    return percent(value)
