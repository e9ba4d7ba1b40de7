"""What a request says of its device, its browser, and where and by which campaign it comes. Coarse on
purpose: no fingerprint."""

from functools import lru_cache
from urllib.parse import urlsplit

import crawleruseragents
from django.http import HttpRequest

# First match wins: Edge and Samsung's browser call themselves Chrome too, and Chrome calls itself Safari.
BROWSERS = [
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SOURCE_LENGTH = CAMPAIGN_LENGTH = 80


@lru_cache(maxsize=2_000)
def device_of(agent: str) -> str:
    if "iPad" in agent or "Tablet" in agent:
        return "tablet"
    return "phone" if "Mobi" in agent else "desktop"


@lru_cache(maxsize=2_000)
def browser_of(agent: str) -> str:
    return next((name for mark, name in BROWSERS if mark in agent), "other")


# Tools that the list of crawlers does not know.
TOOLS = ("PostmanRuntime/", "puppeteer", "Java/", "undici", "Insomnia/", "k6/", "Ruby")


@lru_cache(maxsize=20_000)  # asking costs a fifth of a millisecond
def is_crawler(agent: str) -> bool:
    """Whether an agent calls itself a crawler, a headless browser or a library. Who says nothing is nobody known."""
    return agent.startswith(TOOLS) or crawleruseragents.is_crawler(agent)


def campaign_of(request: HttpRequest) -> str:
    """utm_campaign: what the link that somebody came by says of itself."""
    return request.GET.get("utm_campaign", "")[:CAMPAIGN_LENGTH]


def source_of(request: HttpRequest) -> str:
    """utm_source, else the host of a foreign referrer, else "direct"; empty for a step inside the shop."""
    if said := request.GET.get("utm_source", ""):
        return said[:SOURCE_LENGTH]
    referrer = request.META.get("HTTP_REFERER", "")
    if not referrer:
        return "direct"
    try:
        host = urlsplit(referrer).hostname or "direct"
    except ValueError:
        return "direct"
    return "" if host == request.get_host().partition(":")[0] else host[:SOURCE_LENGTH]
