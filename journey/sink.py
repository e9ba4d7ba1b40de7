"""The stream between web and worker: send() puts a batch where it survives a crash, drain() hands batches out."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import redis
from django.conf import settings
from django.db import DatabaseError
from redis.backoff import NoBackoff
from redis.retry import Retry

from journey.models import SpooledBatch

logger = logging.getLogger(__name__)

GROUP = "collect"

FAILURES_BEFORE_REST = 2
REST_SECONDS = 2.0
REQUEST_PATIENCE = 0.25  # a page waits this long for the broker, no longer


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


@cache
def stream(patience: float = 5.0) -> "redis.Redis[bytes]":
    """The stream's server, with a timeout in seconds and no hidden retries."""
    return redis.Redis.from_url(
        settings.STREAM_URL, socket_timeout=patience, socket_connect_timeout=patience, retry=Retry(NoBackoff(), 0)
    )


def send(batch: dict[str, Any]) -> None:
    """Return once something durable holds the batch. Raises SinkFull when nothing does."""
    payload = orjson.dumps(batch)
    if not breaker.resting():
        try:
            stream(REQUEST_PATIENCE).xadd(settings.STREAM_KEY, {"batch": payload})
            breaker.worked()
            return
        except redis.RedisError as error:
            breaker.failed()
            logger.warning("The stream did not take a batch: %s", error)
    _spool(payload)


def _spool(payload: bytes) -> None:
    try:
        if SpooledBatch.objects.count() >= settings.SPOOL_LIMIT:
            raise SinkFull("the spool is full")
        SpooledBatch.objects.create(payload=payload)
    except DatabaseError as error:
        raise SinkFull(str(error)) from error


@contextmanager
def drain(consumer: str, most: int = 500) -> Iterator[list[Waiting]]:
    """Batches that wait, oldest first. They are given up only when the block ends well: store first, then leave."""
    waiting = [*_from_stream(consumer, most), *_from_spool(most)]
    yield waiting
    _give_up(waiting)


def _from_stream(consumer: str, most: int) -> list[Waiting]:
    try:
        return [
            Waiting("stream", key, fields[b"batch"])
            for key, fields in _claimed(consumer, most) or _unread(consumer, most)
            if fields
        ]
    except redis.ResponseError as error:
        if "NOGROUP" not in str(error):
            raise
        _make_group()
        return _from_stream(consumer, most)
    except (redis.ConnectionError, redis.TimeoutError) as error:
        logger.warning("The stream cannot be read: %s", error)
        return []


def _claimed(consumer: str, most: int) -> list[Any]:
    answer: Any = stream().xautoclaim(settings.STREAM_KEY, GROUP, consumer, settings.STREAM_IDLE_MS, count=most)
    return list(answer[1])


def _unread(consumer: str, most: int) -> list[Any]:
    answer: Any = stream().xreadgroup(GROUP, consumer, {settings.STREAM_KEY: ">"}, count=most)
    return answer[0][1] if answer else []


def _make_group() -> None:
    try:
        stream().xgroup_create(settings.STREAM_KEY, GROUP, id="0", mkstream=True)
    except redis.ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


def _from_spool(most: int) -> list[Waiting]:
    rows = SpooledBatch.objects.order_by("pk").values_list("pk", "payload")[:most]
    return [Waiting("spool", pk, bytes(payload)) for pk, payload in rows]


def _give_up(waiting: list[Waiting]) -> None:
    if keys := [batch.key for batch in waiting if batch.place == "stream"]:
        pipeline = stream().pipeline(transaction=True)
        pipeline.xack(settings.STREAM_KEY, GROUP, *keys)
        pipeline.xdel(settings.STREAM_KEY, *keys)
        pipeline.execute()
    if rows := [batch.key for batch in waiting if batch.place == "spool"]:
        SpooledBatch.objects.filter(pk__in=rows).delete()


def backlog() -> tuple[int, int]:
    """How many batches nobody has stored yet: in the stream, and in the spool."""
    return int(stream().xlen(settings.STREAM_KEY)), SpooledBatch.objects.count()
