"""Who a request comes from: the participant's number in a signed cookie."""

from functools import lru_cache

from django.core import signing
from django.http import HttpRequest

COOKIE = "participant"
REMEMBERED = 4_096  # people whose cookies a process need not check again


def participant_of(request: HttpRequest) -> int | None:
    """The number in the cookie; None for who comes without, or with a forged one."""
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return None
    try:
        return _number(cookie)
    except (ValueError, signing.BadSignature):
        return None


@lru_cache(maxsize=REMEMBERED)
def _number(cookie: str) -> int:
    request = HttpRequest()
    request.COOKIES = {COOKIE: cookie}
    return int(request.get_signed_cookie(COOKIE) or "")
