"""A design seen before anybody is: by a signed link, on one's own phone too. What is done then is never counted."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from journey.designs import fitting
from journey.values import over
from journey.variants import Design, control

PARAMETER = COOKIE = "design"
FRAME = "frame"  # a preview in a frame of the admin leaves nothing behind on the device
LANGUAGE = "language"
SALT = "journey.preview"
GOOD_FOR = 7 * 86_400  # seconds
STAYS = 3_600


def token(name: str, slots: dict[str, Any], values: dict[str, Any]) -> str:
    """What an address or a cookie carries of a design."""
    return signing.dumps([name, slots, values], salt=SALT, compress=True)


def asked_for(request: HttpRequest) -> str:
    """The token of the address, else that of the cookie; an empty one in the address leaves the preview."""
    return request.GET.get(PARAMETER, request.COOKIES.get(COOKIE, ""))


def design_of(request: HttpRequest) -> tuple[str, Design] | None:
    """The name of the design that is looked at, and what it draws over the control; None without a good token."""
    given = asked_for(request)
    if not given or (read := _read(given)) is None:
        return None
    name, slots, values = read
    shipped = control()
    return name, Design(shipped.slots | slots, over(shipped.values, values), "")


def keep(request: HttpRequest, response: HttpResponse, seen: bool) -> None:
    """Whoever came by a link stays in the design for an hour; a frame may be drawn by the admin, and nothing else."""
    if seen:
        patch_cache_control(response, private=True, no_store=True)
    if FRAME in request.GET:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    elif PARAMETER in request.GET:
        if seen:
            response.set_cookie(
                COOKIE, request.GET[PARAMETER], max_age=STAYS, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        else:
            response.delete_cookie(COOKIE, samesite="Lax")


def _read(given: str) -> tuple[str, dict[str, list[str]], dict[str, Any]] | None:
    try:
        name, slots, values = signing.loads(given, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(name), *fitting(slots, values)
