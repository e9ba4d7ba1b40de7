"""Which experiments somebody joined by how they arrived: remembered on their device, so that nobody flips out again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from journey.agents import source_of
from journey.variants import welcomed

COOKIE = "joined"
COOKIE_DAYS = 395
MOST = 20  # experiments that are remembered; the oldest are over
VIDEO = "video"  # what an address says that was passed on with a video


def joined(request: HttpRequest) -> tuple[str, ...]:
    """Slugs, in the order in which they were joined; those that this very request joins are the last.

    It is not signed: whoever edits it could as well have edited the address they came by.
    """
    known = known_of(request)
    source = source_of(request)  # empty inside the shop: no arrival
    found = welcomed(source, request.GET.get(VIDEO, "")) if source else []
    return (*known, *(slug for slug in found if slug not in known))[-MOST:]


def known_of(request: HttpRequest) -> tuple[str, ...]:
    return tuple(filter(None, request.COOKIES.get(COOKIE, "").split(".")))


def remember(response: HttpResponse, slugs: tuple[str, ...]) -> None:
    response.set_cookie(
        COOKIE, ".".join(slugs), max_age=COOKIE_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
