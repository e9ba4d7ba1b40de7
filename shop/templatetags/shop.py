"""How numbers, prices, icons and stars look on a page."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache, reduce
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import segno
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join, mark_safe
from django.utils.safestring import SafeString

from shop.payments import arranged

register = template.Library()
register.filter(arranged)

ICONS = Path(settings.BASE_DIR, "static/shop/icons")
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
HASHTAG = re.compile(r"(#\w+)")
# How every icon is drawn: the file says it for whoever opens it, `.icon` in base.css for a page, once and not 70 times.
LOOK = (
    ' xmlns="http://www.w3.org/2000/svg"',
    ' fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"',
)
LOOPBACK = re.compile(r"https?://(localhost|127\.|\[::1\])")


@register.filter
def money(cents: int) -> str:
    """1690 → $16.90"""
    units, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{_sign()}{units:,}.{rest:02d}"


@register.filter
def whole(cents: int) -> str:
    """1500 → $15, and $15.50 stays what it is: for what is promised, not paid."""
    return money(cents).removesuffix(".00")


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


@register.filter
def inside(title: str) -> str:
    """A title in the middle of a sentence: Size (US women) → size (US women)."""
    return title[:1].lower() + title[1:]


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
    return _icon(name, classes)


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
    """The caption of a video; each #word leads to a search for it."""
    parts = HASHTAG.split(text)
    return format_html_join("", "{}", ((_tag(part) if i % 2 else part,) for i, part in enumerate(parts)))


def _tag(word: str) -> SafeString:
    return format_html('<a href="{}?{}">{}</a>', reverse("shop:search"), urlencode({"q": word}), word)


@register.simple_tag(takes_context=True)
def qr(context: template.Context, address: str = "") -> SafeString:
    """A QR code of the shop's front door, or of an address in it; nothing where only this machine would find it."""
    address = address or context["request"].build_absolute_uri(_front_door())
    return mark_safe("" if LOOPBACK.match(address) else _qr(address))  # noqa: S308


@cache
def _front_door() -> str:
    return reverse("shop:feed")


@lru_cache(maxsize=1_000)
def _icon(name: str, classes: str) -> SafeString:
    named = conditional_escape(f"icon {classes}".strip())
    return mark_safe(_drawing(name).replace("<svg", f'<svg class="{named}" aria-hidden="true"', 1))  # noqa: S308


@cache
def _drawing(name: str) -> str:
    path = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[\w-]+", name) or not path.exists():
        return ""
    return reduce(lambda drawing, look: drawing.replace(look, ""), LOOK, path.read_text().strip())


@lru_cache(256)
def _qr(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=False, omitsize=True)
    return out.getvalue().decode()


def _sign() -> str:
    return SIGNS.get(settings.CURRENCY, f"{settings.CURRENCY} ")
