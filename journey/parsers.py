"""How a beacon's body is read: strictly, and never more of it than a beacon may hold."""

from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest

FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}


class TooLarge(Exception):
    """More than a beacon may hold."""


def announced(environ: dict[str, Any]) -> int:
    """The length a request says it has."""
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0


def body_of(request: HttpRequest) -> Any:
    """A page that lives posts JSON; one that is leaving can only post a form, with the same JSON in its field.

    Raises BadRequest, with a sentence, or TooLarge.
    """
    if announced(request.META) > settings.BEACON_MAX_BYTES:
        raise TooLarge
    if request.content_type in FORMS:
        return strict_json(request.POST.get("payload", "").encode(errors="replace"))
    if request.content_type != "application/json":
        raise BadRequest("A beacon is JSON, or a form with it.")
    return strict_json(request.body)


def strict_json(body: bytes) -> Any:
    """UTF-8, no NaN, at most 1,024 levels deep: orjson's own limits."""
    if len(body) > settings.BEACON_MAX_BYTES:
        raise TooLarge
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"This is not JSON: {error}") from None
