"""How numbers, prices, icons and stars look on a page."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join, mark_safe
from django.utils.safestring import SafeString

register = template.Library()

ICONS = Path(settings.BASE_DIR, "static/shop/icons")
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
HASHTAG = re.compile(r"(#\w+)")
LOOPBACK = re.compile(r"https?://(localhost|127\.|\[::1\])")


@register.filter
def money(cents: int) -> str:
    """1690 → $16.90"""
    units, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{_sign()}{units:,}.{rest:02d}"


@register.filter
def short(number: int) -> str:
    """1234567 → 1.2M, rounded down: nobody's likes are made more than they are."""
    for size, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")):
        if number >= size:
            tenths = number * 10 // size
            return f"{tenths // 10}{letter}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}{letter}"
    return str(number)


@register.filter
def sold(number: int) -> str:
    """What is said of how often it was sold: nothing under 100, exactly, and no more than 100,000+."""
    if number < 100:
        return ""
    return "100,000+ sold" if number > 100_000 else f"{number:,} sold"


@register.simple_tag
def price(cents: int, list_cents: int | None = None) -> SafeString:
    """Small sign, large units, small cents; a higher list price is struck, with the percent saved, rounded down."""
    units, rest = divmod(cents, 100)
    now = format_html(
        '<span class="price"><small>{}</small><span class="price-units">{}</span><small>.{}</small></span>',
        _sign(), f"{units:,}", f"{rest:02d}",
    )  # fmt: skip
    if not list_cents or list_cents <= cents:
        return now
    percent = (list_cents - cents) * 100 // list_cents
    was = format_html('<s class="price-was"><span class="only-read">was </span>{}</s>', money(list_cents))
    return now + was + (format_html('<b class="price-off">-{}%</b>', percent) if percent else "")


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """The drawing inline, so that it takes the colour of its text; nothing for a name without a file."""
    drawing = _drawing(name)
    return mark_safe(drawing.replace("<svg", f'<svg class="icon {conditional_escape(classes)}" aria-hidden="true"', 1))  # noqa: S308


@register.simple_tag
def stars(average: float | Decimal | str) -> SafeString:
    """Five stars, filled to the nearest half."""
    halves = int((Decimal(str(average)) * 2).quantize(Decimal(1), ROUND_HALF_UP))
    return format_html(
        '<span class="stars" role="img" aria-label="{} of 5 stars" style="--filled: {}%"></span>', average, halves * 10
    )


@register.filter
def age(moment: datetime) -> str:
    """How long ago, as short as it gets: today, 3d, 2w, 5mo, 1y."""
    days = (timezone.now() - moment).days
    for size, letters in ((365, "y"), (30, "mo"), (7, "w"), (1, "d")):
        if days >= size:
            return f"{days // size}{letters}"
    return "today"


@register.filter
def hashtags(text: str) -> SafeString:
    """The caption of a video with its #words set apart."""
    parts = HASHTAG.split(text)
    return format_html_join(
        "", "{}", ((format_html("<b>{}</b>", part) if i % 2 else part,) for i, part in enumerate(parts))
    )


@register.simple_tag(takes_context=True)
def qr(context: template.Context) -> SafeString:
    """A QR code of the shop's front door, for one's own phone; nothing at an address that only this machine knows."""
    address = context["request"].build_absolute_uri(reverse("shop:feed"))
    return mark_safe("" if LOOPBACK.match(address) else _qr(address))  # noqa: S308


@cache
def _drawing(name: str) -> str:
    path = ICONS / f"{name}.svg"
    return path.read_text().strip() if re.fullmatch(r"[\w-]+", name) and path.exists() else ""


@cache
def _qr(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=False, omitsize=True)
    return out.getvalue().decode()


def _sign() -> str:
    return SIGNS.get(settings.CURRENCY, f"{settings.CURRENCY} ")
