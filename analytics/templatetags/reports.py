"""How numbers are written in reports."""

from secrets import token_hex
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from analytics import written
from analytics.answers.next_steps import LEFT, Hop
from analytics.screens.glossary import FIGURES, TERMS
from journey.steps import Step

register = template.Library()
register.filter(written.chance)
register.filter(written.p_value)


@register.filter
def grouped(n: int) -> str:
    """12345 → 12,345"""
    return f"{n:,}"


@register.filter
def percent(value: float) -> str:
    """43.21 → 43.2 %; what is not nothing never looks like it."""
    return "< 0.1 %" if 0 < value < 0.05 else f"{value:.1f} %"


@register.filter
def share(part: float) -> str:
    """The same of a share: 0.4321 is 43.2 %."""
    return percent(100 * part)


@register.filter
def css(value: float) -> str:
    """A number as style sheets read it, whatever the language of the page."""
    return f"{value:.2f}"


@register.filter
def signed(value: float) -> str:
    """A lift in percent with its sign: +4.2 %, −0.3 %, 0.0 %."""
    text = f"{abs(value):.1f} %"
    return text if text == "0.0 %" else f"{'+' if value > 0 else '−'}{text}"


@register.filter
def of_100(value: float) -> str:
    """The same of a number in a hundred: +4.2, −0.3, 0.0."""
    return signed(value).removesuffix(" %")


@register.filter
def lift(share: float) -> str:
    """The same of a share: 0.042 is +4.2 %."""
    return signed(100 * share)


@register.filter
def unlocalized(n: int) -> str:
    """A number as an address has it."""
    return str(n)


@register.filter
def breakable(name: str) -> SafeString:
    """A long name may be broken where its words meet."""
    return mark_safe(escape(name).replace("_", "_<wbr>").replace("|", "|<wbr>"))  # noqa: S308


@register.filter
def points(share: float) -> str:
    """A difference of two rates: -0.0213 → −2.1"""
    return f"{100 * share:+.1f}".replace("-", "−")


@register.filter
def times(odds: float) -> str:
    """An odds ratio: never more exact than it is worth."""
    return f"{odds:,.0f}" if odds >= 100 else f"{odds:.3g}" if odds >= 0.01 else "< 0.01"


@register.filter
def hop(name: Hop) -> str:
    """A step of the path diagram, in words."""
    if name == LEFT:
        return "left"
    return "other steps" if name.startswith("!") else Step.named(name).meaning


@register.filter
def hop_or(name: Hop, before: str) -> str:
    """The same; where the picture begins, the step of the funnel they had come to."""
    return hop(name) if name else before


@register.inclusion_tag("admin/analytics/term.html")
def term(slug: str, label: str = "") -> dict[str, Any]:
    """The name of a metric, which says on hover and focus what it means."""
    return {"term": TERMS[slug], "label": label or TERMS[slug].name, "id": f"term-{slug}-{token_hex(3)}"}


@register.inclusion_tag("admin/analytics/term.html")
def figure(kind: str, key: str) -> dict[str, Any]:
    """The same of a figure of a video or a product."""
    known = FIGURES[kind][key]
    return {"term": known, "label": known.name, "id": f"figure-{token_hex(3)}"}


@register.simple_tag
def opened(n: int, url: str) -> str:
    """A number that opens the journeys behind it; nothing is behind none."""
    return format_html('<a href="{}">{}</a>', url, grouped(n)) if n and url else grouped(n)
