"""Testers come by a link that a researcher has signed. It names them, and makes all their visits those of a tester."""

from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest

PARAMETER = "tester"
SALT = "journey.tester"
LABEL = 100  # letters
GOOD_FOR = 90 * 86_400  # seconds


def link(request: HttpRequest, label: str) -> str:
    """The address of the shop, as whoever asks has reached it."""
    return request.build_absolute_uri("/?" + urlencode({PARAMETER: signing.dumps(label[:LABEL], salt=SALT)}))


def label_in(request: HttpRequest) -> str:
    """What the researcher calls who comes by this link; empty without one, or with one that is forged or too old."""
    token = request.GET.get(PARAMETER)
    if not token:
        return ""
    try:
        return str(signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return ""
