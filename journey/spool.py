"""Batches that wait in the database because the broker is away: bounded, and handed out like the stream's."""

import time

from django.conf import settings
from django.db.models import Count, F, Sum

from journey.admitting import bury
from journey.models import SpooledBatch
from journey.streams import POISON, SUSPECT

LOOK_SECONDS = 1.0


class SpoolFull(Exception):
    """Rows or bytes are used up."""


class _Fill:
    """How full the spool is. Counting it for every batch would be dear, so a process adds its own for a second."""

    rows = size = 0
    looked_at = float("-inf")

    def look(self) -> None:
        if time.monotonic() - self.looked_at > LOOK_SECONDS:
            self.rows, self.size = size()
            self.looked_at = time.monotonic()

    def forget(self) -> None:
        self.looked_at = float("-inf")


fill = _Fill()


def size() -> tuple[int, int]:
    """(rows, bytes)"""
    found = SpooledBatch.objects.aggregate(rows=Count("pk"), size=Sum("size"))
    return found["rows"], found["size"] or 0


def has_room(more: int = 0) -> bool:
    """Whether another batch of so many bytes fits."""
    fill.look()
    return fill.rows < settings.SPOOL_LIMIT and fill.size + more <= settings.SPOOL_MAX_BYTES


def put(payload: bytes) -> None:
    """Raises SpoolFull, or a DatabaseError."""
    if not has_room(len(payload)):
        raise SpoolFull("the spool is full")
    SpooledBatch.objects.create(payload=payload, size=len(payload))
    fill.rows += 1
    fill.size += len(payload)


def waiting(most: int) -> list[tuple[int, bytes]]:
    """The oldest rows; one that was handed out twice and never given up comes alone, and in the end is buried."""
    rows = list(SpooledBatch.objects.order_by("tries", "pk").values_list("pk", "payload", "tries")[:most])
    for pk, payload, _ in [row for row in rows if row[2] >= POISON]:
        bury(bytes(payload), f"whoever collected it died, {POISON} times")
        give_up([pk])
    fresh = [row for row in rows if row[2] < SUSPECT]
    handed = fresh or [row for row in rows if SUSPECT <= row[2] < POISON][:1]
    if handed:
        SpooledBatch.objects.filter(pk__in=[row[0] for row in handed]).update(tries=F("tries") + 1)
    return [(pk, bytes(payload)) for pk, payload, _ in handed]


def give_up(rows: list[int]) -> None:
    SpooledBatch.objects.filter(pk__in=rows).delete()
    fill.forget()


def acquit(rows: list[int]) -> None:
    """Their worker lives and could not store them: that is not their fault."""
    SpooledBatch.objects.filter(pk__in=rows).update(tries=0)
