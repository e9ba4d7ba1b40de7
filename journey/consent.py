"""Whose steps may be recorded: by what they answered, and by what their browser asks for. No database is asked."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

COOKIE = "consent"
COOKIE_DAYS = 395  # 13 months
REQUIRED, IMPLIED = "required", "implied"

# What the question says. Whoever changes a word raises the version, and everybody is asked again.
CONSENT_VERSION = 1
SERVICES = {"ga4": "Google Analytics", "tiktok": "TikTok", "posthog": "PostHog"}  # their order is part of the version
MAY_WE = "May we count your steps in this shop, under a number instead of a name, to see where buyers get stuck?"
WE_DO = "Your steps are counted under a number instead of a name, to see where buyers get stuck."


class Answer(NamedTuple):
    """Yes or no to the question of a version."""

    yes: bool
    version: int


class Standing(NamedTuple):
    """Whether steps may be recorded, and whether the page asks."""

    recorded: bool
    asks: bool


def standing(setting: str, answer: Answer | None, objects: bool) -> Standing:
    """`objects`: the browser asks not to be followed, which only a yes to today's question overrules."""
    if answer and answer.version == version():
        return Standing(answer.yes, asks=False)
    if objects:
        return Standing(recorded=False, asks=answer is not None)  # a browser that has answered for its owner
    refused = answer is not None and not answer.yes  # a new text makes no yes of an old no
    return Standing(setting == IMPLIED and not refused, asks=True)


def question_to(whom: Standing) -> str:
    """What the page asks; nothing of who has answered."""
    if not whom.asks:
        return ""
    verb = "are" if " and " in told_to() else "is"
    told = f" {others} {verb} told as well." if (others := told_to()) else ""
    return (WE_DO if whom.recorded else MAY_WE) + told


def told_to() -> str:
    """Who else hears of steps, in words: a part of the question."""
    names = [title for name, title in SERVICES.items() if name in settings.FORWARDING]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def version() -> int:
    """Of the question as it stands today: a yes to one service is none to another."""
    services = sum(1 << place for place, name in enumerate(SERVICES) if name in settings.FORWARDING)
    return CONSENT_VERSION + 1_000 * services


def standing_of(request: HttpRequest) -> Standing:
    return standing(settings.CONSENT, _answer(request.COOKIES.get(COOKIE, "")), objects(request))


def may_record(request: HttpRequest) -> bool:
    return standing_of(request).recorded


def objects(request: HttpRequest) -> bool:
    """Global Privacy Control, or its forerunner Do Not Track."""
    return request.META.get("HTTP_SEC_GPC") == "1" or request.META.get("HTTP_DNT") == "1"


def remember(response: HttpResponse, yes: bool, to: int | None = None) -> None:
    """Everybody who said the same has the same cookie: nobody can be told apart by it. `to`: another than today's."""
    said = f"{'yes' if yes else 'no'}.{version() if to is None else to}"
    response.set_cookie(
        COOKIE, _signer().sign(said), max_age=COOKIE_DAYS * 86_400,
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


@lru_cache(maxsize=1_000)  # there are a handful of good ones; a page must not pay for a signature each time
def _answer(cookie: str) -> Answer | None:
    try:
        word, number = _signer().unsign(cookie).split(".")
    except (BadSignature, ValueError):
        return None
    return Answer(word == "yes", int(number))


def _signer() -> Signer:
    return Signer(salt="journey.consent")
