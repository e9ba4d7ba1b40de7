"""One sender a destination at a time, and how long a destination in trouble is left alone."""

import secrets
from dataclasses import dataclass

from django.db import models

from analytics.forwarding.models import Destination
from analytics.forwarding.posting import Answer
from journey.trails import now_us

SECOND_US = 1_000_000
HELD = 60 * SECOND_US  # many times what a request may take: whoever does not renew it is dead
FIRST_WAIT = 2.0  # seconds; doubled with every failure
LONGEST_WAIT = 600.0


@dataclass(slots=True)
class Lease:
    """Taken and renewed by conditional UPDATEs: of two who try, one finds nothing to change."""

    name: str
    until: int = 0
    held: bool = False

    @classmethod
    def of(cls, name: str) -> "Lease":
        return cls(name)

    def __enter__(self) -> "Lease":
        now = now_us()
        Destination.objects.get_or_create(name=self.name)
        free = Destination.objects.filter(name=self.name, taken_until__lt=now, next_at__lte=now)
        self.until = now + HELD
        self.held = bool(free.update(taken_until=self.until))
        return self

    def __exit__(self, *error: object) -> None:
        if self.until:
            self._mine().update(taken_until=0)

    def renewed(self) -> bool:
        """Whether it is ours for long enough to send something."""
        if self.held and self.until - now_us() < HELD // 2:
            until = now_us() + HELD
            self.held = bool(self._mine().update(taken_until=until))
            self.until = until
        return self.held

    def worked(self) -> None:
        self._mine().exclude(failures=0, trouble="").update(failures=0, trouble="")

    def failed(self, answer: Answer) -> None:
        """Leave the destination alone: longer with every failure, never by the same while, and as long as it asks."""
        failures = Destination.objects.get(name=self.name).failures + 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - 1, 20))
        wait = max(answer.wait, wait * (0.5 + secrets.randbelow(501) / 1000))
        next_at = now_us() + int(wait * SECOND_US)
        self._mine().update(failures=failures, next_at=next_at, trouble=answer.reason[:200])
        self.held = False

    def _mine(self) -> "models.QuerySet[Destination]":
        return Destination.objects.filter(name=self.name, taken_until=self.until)
