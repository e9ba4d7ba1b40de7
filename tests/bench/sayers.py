"""Browsers as a load test needs them: a trail, a cookie and a CSRF token each, made as the shop makes them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

from journey.identity import COOKIE
from journey.models.participant import new_participant
from journey.trails import Context, Trail, now_us, trail_number
from tests.walker import PHONE

PROPS = {"video": "stuffing-waffle", "creator": "tiny-kitchen-tom", "position": 3, "watch_ms": 2_125, "seconds": 2}
# What a browser says in a minute, more or less.
STEPS = ["video_impression", "video_start", "video_progress", "video_view", "view_promotion", "watch"]


@dataclass(slots=True)
class Sayer:
    """One browser on one page."""

    participant: int
    trail: int
    headers: bytes
    token: str
    said: int = 0

    @classmethod
    def new(cls) -> "Sayer":
        began, participant = now_us(), new_participant()
        trail = Trail(participant, "visitor", trail_number(began), began, Context("phone", "Chrome", "direct", ""))
        answer, secret = HttpResponse(), _get_new_csrf_string()
        answer.set_signed_cookie(COOKIE, str(participant))
        lines = [
            "POST /journey/beacon HTTP/1.1",
            "Host: 127.0.0.1",
            f"User-Agent: {PHONE}",
            "Accept: */*",
            "Accept-Encoding: gzip, deflate, br, zstd",
            "Origin: http://127.0.0.1",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/json",
            f"X-CSRFToken: {_mask_cipher_secret(secret)}",
            f"Cookie: csrftoken={secret}; {COOKIE}={answer.cookies[COOKIE].value}",
        ]
        return cls(participant, trail.number, "\r\n".join(lines).encode(), trail.token())

    def beacon(self, events: int) -> bytes:
        """The next so many events, as a whole HTTP request."""
        told = [
            {"n": n, "dt": n * 100, "step": STEPS[n % len(STEPS)], "props": PROPS}
            for n in range(self.said + 1, self.said + events + 1)
        ]
        self.said += events
        body = json.dumps({"trail": self.token, "events": told}, separators=(",", ":")).encode()
        return b"%b\r\nContent-Length: %d\r\n\r\n%b" % (self.headers, len(body), body)


def beacons(sayers: list[Sayer], events: int) -> Iterator[tuple[Sayer, int, bytes]]:
    """(who, the number of the last event, the request), one sayer after the other, for ever."""
    for turn in count():
        sayer = sayers[turn % len(sayers)]
        request = sayer.beacon(events)
        yield sayer, sayer.said, request
