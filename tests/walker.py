"""A buyer who walks by URL name, and what they left behind."""

import re

from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from analytics.counts.collecting import collect
from journey.identity import COOKIE
from journey.models import Event
from journey.steps import Step

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def drawn(page) -> list[str]:
    """The blocks a page shows, in order."""
    return re.findall(r'data-block="(\w+)"', page.content.decode())


class Walker:
    def __init__(self) -> None:
        self.client = Client(headers={"user-agent": PHONE})

    def get(self, name: str, *args, **query):
        return self.client.get(reverse(name, args=args), query)

    def post(self, name: str, *args, **form):
        return self.client.post(reverse(name, args=args), form)

    @property
    def participant(self) -> int:
        request = HttpRequest()
        request.COOKIES = {COOKIE: self.client.cookies[COOKIE].value}
        return int(request.get_signed_cookie(COOKIE))

    @property
    def events(self) -> list[Event]:
        collect()
        return list(Event.objects.filter(participant_id=self.participant).order_by("at", "trail", "n"))

    @property
    def steps(self) -> list[Step]:
        return [Step.of_letter(event.step) for event in self.events]
