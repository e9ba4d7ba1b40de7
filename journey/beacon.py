"""The beacon: steps the browser saw join the trail of the page they happened on."""

from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journey import intake, sink
from journey.parsers import BeaconParser, strict_json
from journey.trails import Trail, continued


# On dispatch, because DRF exempts the view function itself from Django's check.
@method_decorator(csrf_protect, name="dispatch")
@extend_schema(exclude=True)
class Beacon(APIView):
    """204 means that something durable holds the events; 503, that the browser should keep them and come back."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (BeaconParser, MultiPartParser)

    def post(self, request: Request) -> Response:
        trail, events = _understood(request.data)
        dead = intake.accept(trail, events)
        try:
            sink.send(trail.batch(dead))
        except sink.SinkFull:
            return Response(status=status.HTTP_503_SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
        return Response(status=status.HTTP_204_NO_CONTENT)


def _understood(data: Any) -> tuple[Trail, list[Any]]:
    """A page that lives posts JSON; one that is leaving can only post a form, with the same JSON in its field."""
    if isinstance(data, QueryDict):
        data = strict_json(str(data.get("payload", "")).encode(errors="replace"))  # it may be a file
    token, events = (data.get("trail"), data.get("events")) if isinstance(data, dict) else (None, None)
    if not isinstance(token, str) or not isinstance(events, list):
        raise ValidationError("A beacon is an object with a trail and a list of events.")
    if not 0 < len(events) <= intake.EVENTS_A_BEACON:
        raise ValidationError(f"A beacon holds 1 to {intake.EVENTS_A_BEACON} events.")
    try:
        return continued(token), events
    except (signing.BadSignature, ValueError):
        raise ValidationError("This trail was not made here, or is older than a day.") from None
