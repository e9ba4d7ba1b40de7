"""Every buffer between a tap and a report: how full it is, and what happens when it is full."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property

from analytics.models import Outgoing, TouchedDay
from journey import spool
from journey.models import DeadEvent, Touched
from journey.pressure import SPOOL_FROM, THIN_FROM
from journey.sink import waiting_since
from journey.streams import GROUP, stream


@dataclass(frozen=True, slots=True)
class Buffer:
    name: str
    now: str
    most: str
    when_full: str
    share: float | None = None  # of what fits


class Buffers:
    """Read once when it is asked; what cannot be read says so."""

    @cached_property
    def rows(self) -> list[Buffer]:
        return [row for read in (_stream, _memory, _spool, _counting, _forwarding, _dead) for row in _read(read)]

    @cached_property
    def lag(self) -> float:
        """Seconds that the oldest event has waited to be stored."""
        return time.time() - min(waiting_since(), default=time.time())


def _read(read: Callable[[], Iterator[Buffer]]) -> list[Buffer]:
    try:
        return list(read())
    except (redis.RedisError, DatabaseError) as error:
        return [Buffer(read.__name__.strip("_"), f"cannot be read: {error}", "", "")]


def _stream() -> Iterator[Buffer]:
    waiting = stream().xlen(settings.STREAM_KEY)
    try:
        being_stored = stream().xpending(settings.STREAM_KEY, GROUP)["pending"]
    except redis.ResponseError:  # nothing was ever collected
        being_stored = 0
    yield Buffer(
        "Stream",
        f"{waiting:,} batches, {being_stored:,} of them in a worker's hands",
        "the broker's memory",
        "never cut; see the memory",
    )


def _memory() -> Iterator[Buffer]:
    memory = stream().info("memory")
    used, most = memory["used_memory"], memory["maxmemory"]
    yield Buffer(
        "Memory of the broker",
        filesizeformat(used),
        filesizeformat(most) if most else "no limit",
        f"from {100 * THIN_FROM:.0f} % on progress steps are thinned,"
        f" from {100 * SPOOL_FROM:.0f} % on batches go to the spool",
        used / most if most else None,
    )


def _spool() -> Iterator[Buffer]:
    rows, size = spool.size()
    yield Buffer(
        "Spool",
        f"{rows:,} batches, {filesizeformat(size)}",
        f"{settings.SPOOL_LIMIT:,} batches, {filesizeformat(settings.SPOOL_MAX_BYTES)}",
        "browsers are asked to keep their steps and come back (503)",
        max(rows / (settings.SPOOL_LIMIT or 1), size / (settings.SPOOL_MAX_BYTES or 1)),
    )


def _counting() -> Iterator[Buffer]:
    yield Buffer(
        "To be counted",
        f"{Touched.objects.count():,} participants, {TouchedDay.objects.count():,} days",
        "everyone",
        "reports say how many are not in them yet",
    )


def _forwarding() -> Iterator[Buffer]:
    for name in settings.FORWARDING:
        waiting = Outgoing.objects.waiting().filter(destination=name).count()
        yield Buffer(
            f"To be sent to {name}",
            f"{waiting:,} events",
            f"{settings.FORWARDING_LIMIT:,} events",
            "the oldest are put aside with that reason",
            waiting / (settings.FORWARDING_LIMIT or 1),
        )


def _dead() -> Iterator[Buffer]:
    yield Buffer(
        "Dead events", f"{DeadEvent.objects.count():,}", "no limit", "kept with their reason, to be tried again"
    )
