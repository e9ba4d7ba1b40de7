"""The beacon's own door: what a page needs on its way (sessions, sign-in, a search for the address) it does without.

The same view stands behind both doors, and the check against forged requests before it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.views.decorators.csrf import csrf_protect

from journey import limits
from journey.beacon import beacon
from journey.parsers import announced

Answer = Callable[..., Any]


class Door(WSGIHandler):
    """A WSGI application. Who comes when there are too many, or with too much, is answered at once."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._middleware_chain = convert_exception_to_response(csrf_protect(beacon))

    def __call__(self, environ: dict[str, Any], start_response: Answer) -> Iterable[bytes]:  # type: ignore[override]
        if announced(environ) > settings.BEACON_MAX_BYTES:
            return _short("413 Content Too Large", [], start_response)
        if limits.beacons.take(limits.EVERYONE, 1):
            return _short("503 Service Unavailable", [("Retry-After", "1")], start_response)
        return super().__call__(environ, start_response)


def _short(status: str, headers: list[tuple[str, str]], start_response: Answer) -> Iterable[bytes]:
    start_response(status, [*headers, ("Content-Length", "0")])
    return [b""]
