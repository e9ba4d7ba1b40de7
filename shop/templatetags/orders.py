"""What the pages after the purchase say about time, and the QR code of a label."""

from functools import cache
from io import BytesIO

import segno
from django import template
from django.conf import settings
from django.utils.html import mark_safe
from django.utils.safestring import SafeString

register = template.Library()
REAL_DAY = 86_400


@register.simple_tag
def pace() -> str:
    """Said where a day is shorter than a day, so that nobody takes the dates for the clock."""
    seconds = settings.ORDER_DAY_SECONDS
    if seconds == REAL_DAY:
        return ""
    return f"In this demo a day takes {'a minute' if seconds == 60 else f'{seconds} seconds'}: stay, and watch it move."


@register.simple_tag
def look_again_ms() -> int:
    """How often an open page asks whether its parcel has moved: about twenty times a day."""
    return max(3_000, min(60_000, settings.ORDER_DAY_SECONDS * 50))


@register.simple_tag
@cache
def qr_of(text: str) -> SafeString:
    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=False, omitsize=True)
    return mark_safe(out.getvalue().decode())  # noqa: S308


@register.filter
def needs_review(line) -> bool:
    return not hasattr(line, "review")
