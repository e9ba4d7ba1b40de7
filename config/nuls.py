"""No view reads a NUL from an address or a cookie: PostgreSQL refuses to compare with one."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

NUL, SHOWN = "\0", "�"
ESCAPED = "\\000"  # in a quoted cookie


class NulMiddleware:
    """NULs become the sign for what cannot be read.

    What is sent as a form or as JSON is not touched: fields say themselves what they refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            request.path_info, request.path = (path.replace(NUL, SHOWN) for path in (request.path_info, request.path))
        for name, nul in (("QUERY_STRING", "%00"), ("HTTP_COOKIE", ESCAPED)):
            if nul in request.META.get(name, ""):
                request.META[name] = request.META[name].replace(nul, quote(SHOWN))
        return self.get_response(request)
