"""The beacon: steps the browser saw join the trail of the page they happened on."""

import math
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from journey import intake, limits, sink
from journey.consent import may_record
from journey.identity import participant_of
from journey.parsers import TooLarge, body_of
from journey.steps import act
from journey.trails import Trail, continued

LATER = 5  # seconds until something durable may be there again


@act()
@require_POST
def beacon(request: HttpRequest) -> HttpResponse:
    """204: something durable holds the events. 429 and 503: keep them and come back. 400, 403, 413: never."""
    try:
        trail, events = _understood(body_of(request))
        _refuse_others(request, trail)
    except TooLarge:
        return _refusal("A beacon is at most 64 kB.", 413)
    except BadRequest as error:
        return _refusal(str(error), 400)
    except PermissionDenied as error:
        return _refusal(str(error), 403)
    if wait := limits.events.take(trail.participant, len(events)):
        return _later("Too many steps at once.", 429, math.ceil(wait))
    dead = intake.accept(trail, events)
    try:
        sink.send(trail.batch(dead))
    except sink.SinkFull:
        return _later("Nothing can hold these steps now.", 503, LATER)
    return HttpResponse(status=204)


def _understood(data: Any) -> tuple[Trail, list[Any]]:
    token, events = (data.get("trail"), data.get("events")) if isinstance(data, dict) else (None, None)
    if not isinstance(token, str) or not isinstance(events, list):
        raise BadRequest("A beacon is an object with a trail and a list of events.")
    if not 0 < len(events) <= intake.EVENTS_A_BEACON:
        raise BadRequest(f"A beacon holds 1 to {intake.EVENTS_A_BEACON} events.")
    try:
        return continued(token), events
    except (signing.BadSignature, ValueError):
        raise BadRequest("This trail was not made here, or is older than a day.") from None


def _refuse_others(request: HttpRequest, trail: Trail) -> None:
    """A trail is continued by the browser it was made for, on a page of this shop, as long as its owner lets it."""
    if request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        raise PermissionDenied("A beacon comes from a page of this shop.")
    if participant_of(request) != trail.participant:
        raise PermissionDenied("This trail is somebody else's.")
    if not may_record(request):
        raise PermissionDenied("The steps of this browser are not counted.")


def _refusal(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": sentence}, status=status)


def _later(sentence: str, status: int, seconds: int) -> HttpResponse:
    return JsonResponse({"detail": sentence}, status=status, headers={"Retry-After": str(seconds)})
