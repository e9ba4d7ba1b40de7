"""Between web and worker: send() puts a batch where it survives a crash, drain() hands batches out."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import orjson
import redis
from django.conf import settings
from django.db import DatabaseError

from journey import pressure, spool, streams
from journey.models import SpooledBatch

logger = logging.getLogger(__name__)

FAILURES_BEFORE_REST = 2
REST_SECONDS = 2.0


class SinkFull(Exception):
    """Neither the stream nor the spool could take the batch: nothing durable has it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch on its way into the database: where it waits, and its bytes."""

    place: str
    key: Any
    payload: bytes


class _Breaker:
    """After two failures in a row, leave the broker alone for two seconds: requests must not queue behind it."""

    failures = 0
    closed_until = 0.0

    def resting(self) -> bool:
        return time.monotonic() < self.closed_until

    def failed(self) -> None:
        self.failures += 1
        if self.failures >= FAILURES_BEFORE_REST:
            self.closed_until = time.monotonic() + REST_SECONDS

    def worked(self) -> None:
        self.failures = 0


breaker = _Breaker()


def send(batch: dict[str, Any]) -> None:
    """Return once something durable holds the batch. Raises SinkFull when nothing does."""
    if not breaker.resting() and _streamed(batch):
        return
    try:
        spool.put(orjson.dumps(batch))
    except (spool.SpoolFull, DatabaseError) as error:
        raise SinkFull(str(error)) from error


def _streamed(batch: dict[str, Any]) -> bool:
    """Whether the stream has taken it."""
    try:
        used = pressure.gauge.read()
        if used >= pressure.SPOOL_FROM:
            return False
        streams.add(orjson.dumps(pressure.thinned(batch) if used >= pressure.THIN_FROM else batch))
    except redis.RedisError as error:
        breaker.failed()
        logger.warning("The stream did not take a batch: %s", error)
        return False
    breaker.worked()
    return True


@contextmanager
def drain(consumer: str, most: int = 500) -> Iterator[list[Waiting]]:
    """Batches that wait. They are given up only when the block ends well: store first, then leave."""
    waiting: list[Waiting] = []
    try:
        # The database is asked first: while it is away, no entry is handed out for nothing, and buried in the end.
        waiting += [Waiting("spool", *row) for row in spool.waiting(most)]
        waiting += _from_stream(consumer, most)
        yield waiting
    except Exception:
        with suppress(redis.RedisError, DatabaseError):
            _acquit(consumer, waiting)
        raise
    _give_up(waiting)


def _from_stream(consumer: str, most: int) -> list[Waiting]:
    try:
        return [Waiting("stream", key, fields.get(b"batch", b"")) for key, fields in streams.waiting(consumer, most)]
    except (redis.ConnectionError, redis.TimeoutError) as error:
        logger.warning("The stream cannot be read: %s", error)
        return []


def _give_up(waiting: list[Waiting]) -> None:
    if keys := _keys(waiting, "stream"):
        streams.give_up(keys)
    if rows := _keys(waiting, "spool"):
        spool.give_up(rows)


def _acquit(consumer: str, waiting: list[Waiting]) -> None:
    if keys := _keys(waiting, "stream"):
        streams.acquit(consumer, keys)
    if rows := _keys(waiting, "spool"):
        spool.acquit(rows)


def _keys(waiting: list[Waiting], place: str) -> list[Any]:
    return [batch.key for batch in waiting if batch.place == place]


def state() -> str:
    """Where a batch would go now: "stream", "thinned", "spool" or "refused". Raises DatabaseError."""
    with suppress(redis.RedisError):
        if not breaker.resting() and (used := pressure.gauge.read()) < pressure.SPOOL_FROM:
            streams.stream(streams.REQUEST_PATIENCE).ping()
            return "stream" if used < pressure.THIN_FROM else "thinned"
    return "spool" if spool.has_room() else "refused"


def backlog() -> tuple[int, int]:
    """How many batches nobody has stored yet: in the stream, and in the spool."""
    return int(streams.stream().xlen(settings.STREAM_KEY)), spool.size()[0]


def waiting_since() -> Iterator[float]:
    """When what waits longest began to, in seconds since 1970: in the stream, and in the spool."""
    for key, _ in streams.stream().xrange(settings.STREAM_KEY, count=1):
        yield int(key.partition(b"-")[0]) / 1000
    if oldest := SpooledBatch.objects.order_by("pk").first():
        yield oldest.spooled_at.timestamp()
