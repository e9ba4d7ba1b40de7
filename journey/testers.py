"""Testers come by a link that a researcher has signed. It names them, and makes all their visits those of a tester."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest

PARAMETER = "tester"
SALT = "journey.tester"
LABEL = 100  # letters, also of a study
GOOD_FOR = 90 * 86_400  # seconds


class Guest(NamedTuple):
    """Who comes by a link: what the researcher calls them, and the study they come for, if any."""

    label: str
    study: str = ""


def link(request: HttpRequest, label: str, study: str = "") -> str:
    """The address of the shop, as whoever asks has reached it."""
    guest = Guest(label[:LABEL], study[:LABEL])
    return request.build_absolute_uri("/?" + urlencode({PARAMETER: signing.dumps(guest, salt=SALT)}))


def guest_in(request: HttpRequest) -> Guest | None:
    """Whoever comes by this link; nobody without one, or with one that is forged or too old."""
    token = request.GET.get(PARAMETER)
    if not token:
        return None
    try:
        said = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Guest(said) if isinstance(said, str) else Guest(*said)  # a text is a link from before there were studies
