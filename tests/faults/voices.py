"""Browsers that say what they like: tokens of pages of any age, and beacons as they come, also broken ones."""

import json
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.faults.house import House

SECRET = "f" * 32
# The shop's own key signs them, as it did when the page was drawn.
SIGN = """
import django, json, sys; django.setup()
from django.core.signing import get_cookie_signer
from journey.identity import COOKIE
from journey.models.participant import new_participant
from journey.trails import Context, Trail, now_us, trail_number
pages = []
for ago in json.loads(sys.argv[1]):
    who, t0 = new_participant(), now_us() - int(ago * 1e6)
    trail = Trail(who, "visitor", trail_number(t0), t0, Context("phone", "Chrome"))
    pages.append([who, trail.number, t0, trail.token(), get_cookie_signer(salt=COOKIE).sign(str(who))])
print(json.dumps(pages))
"""
STORED = """
import django, json, sys; django.setup()
from journey.models import Event, DeadEvent
who = json.loads(sys.argv[1])
rows = Event.objects.filter(participant__in=who).order_by("participant", "at", "trail", "n")
print(json.dumps([list(rows.values_list("participant", "trail", "n", "at")),
                  sorted(DeadEvent.objects.filter(participant__in=who).values_list("reason", flat=True))]))
"""
DAYS = """
import django, json, sys; django.setup()
from analytics.models import FunnelCount, Journey
from django.db.models import Sum
who = json.loads(sys.argv[1])
counted = FunnelCount.objects.filter(funnel="stages", field="").values_list("day").annotate(Sum("n"))
print(json.dumps([sorted((str(day), n) for day, n in counted),
                  sorted(Journey.objects.filter(participant__in=who).values_list("participant", "start"))]))
"""


@dataclass(frozen=True)
class Voice:
    """One browser on one page."""

    port: int
    participant: int
    trail: int
    t0: int
    token: str
    cookie: str

    def say(self, events: list) -> int:
        return self.send(json.dumps({"trail": self.token, "events": events}).encode())

    def send(self, body: bytes) -> int:
        """The status of a beacon."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = f"csrftoken={SECRET}; participant={self.cookie}"
        headers = {"Cookie": cookies, "X-CSRFToken": SECRET, "Content-Type": "application/json"}
        with suppress(BrokenPipeError):  # who refuses a body by its length need not read it
            connection.request("POST", "/journey/beacon", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status


def voices(house: House, *ages: float) -> list[Voice]:
    """Browsers whose pages were drawn so many seconds ago."""
    return [Voice(house.port, *page) for page in asked(house, SIGN, ages)]


def events(first: int, many: int, dt: int = 0) -> list:
    return [
        {"n": n, "dt": dt + n, "step": "view_block", "props": {"block": str(n)}} for n in range(first, first + many)
    ]


def stored(house: House, spoken: list[Voice]) -> tuple[list[list[int]], list[str]]:
    """Events of these browsers as (participant, trail, n, at) in order, and why others are dead."""
    return tuple(asked(house, STORED, [voice.participant for voice in spoken]))


def counted(house: House, spoken: list[Voice]) -> tuple[list, list]:
    """(day, journeys) of all, and (participant, start) of the journeys of these browsers."""
    return tuple(asked(house, DAYS, [voice.participant for voice in spoken]))


def asked(house: House, script: str, *words: object):
    done = house.run("-c", script, *map(json.dumps, words))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
