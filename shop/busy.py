"""What no view can help: the database is held by somebody else, or away. Said in words, whichever page it happens."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shop.errors import Busy, Closed, ShopError
from shop.services.transactions import found_nobody, was_kept_waiting, was_stopped
from shop.views.answers import wants_json

logger = logging.getLogger(__name__)


class BusyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (refusal := _refusal(error)):
            return None
        logger.warning("%s %s was not done: %r", request.method, request.path, error)
        if wants_json(request):
            return JsonResponse({"error": refusal.sentence}, status=503)
        return render(request, "503.html", {"refusal": refusal}, status=503)


def _refusal(error: Exception) -> type[ShopError] | None:
    if isinstance(error, Busy) or was_kept_waiting(error) or was_stopped(error):
        return Busy
    return Closed if found_nobody(error) else None
