"""The Redis stream: one entry a batch. Every call has a timeout and no hidden retry."""

import os
import threading
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from journey.admitting import bury

GROUP = "collect"
REQUEST_PATIENCE = 0.25  # a page waits this long for the broker, no longer
SUSPECT = 2  # as often handed out before: whoever had it died twice, so it goes out alone
POISON = 4  # as often handed out before: it is buried instead


@cache
def stream(patience: float = 5.0) -> "redis.Redis[bytes]":
    """The stream's server, with a timeout in seconds."""
    return redis.Redis.from_url(
        settings.STREAM_URL, socket_timeout=patience, socket_connect_timeout=patience, retry=Retry(NoBackoff(), 0)
    )


class _Line(threading.local):
    """A thread's own connection for adding entries: the client's pool would cost more than the command itself."""

    owner: tuple[int, str] | None = None
    connection: Any = None

    def open(self) -> tuple[Any, bool]:
        """The connection, and whether it was there before: then the server may have closed it meanwhile."""
        owner = (os.getpid(), settings.STREAM_URL)
        if self.owner == owner and self.connection.is_connected:
            return self.connection, True
        self.owner, self.connection = owner, stream(REQUEST_PATIENCE).connection_pool.make_connection()
        self.connection.connect()
        return self.connection, False


_line = _Line()


def add(payload: bytes) -> None:
    """Return once the server has the entry. Raises redis.RedisError."""
    connection, used_before = _line.open()
    try:
        _add(connection, payload)
    except redis.ConnectionError:
        if not used_before:
            raise
        _add(_line.open()[0], payload)


def _add(connection: Any, payload: bytes) -> None:
    try:
        connection.send_packed_command(connection.pack_command("XADD", settings.STREAM_KEY, "*", "batch", payload))
        connection.read_response()
    except redis.ResponseError:
        raise
    except BaseException:
        connection.disconnect()  # the answer that is still to come would be taken for the next one's
        raise


def _server() -> Any:
    """The same client without its types, which half of these commands lack."""
    return stream()


Entries = list[tuple[Any, dict[bytes, bytes]]]


def waiting(consumer: str, most: int) -> Entries:
    """Entries nobody has stored: what a dead worker left, else what nobody has read yet."""
    try:
        return _left_behind(consumer, most) or _unread(consumer, most)
    except redis.ResponseError as error:
        if "NOGROUP" not in str(error):
            raise
        _make_group()
        return _unread(consumer, most)


def _left_behind(consumer: str, most: int) -> Entries:
    """Entries that were read and not given up for so long that their worker must be dead.

    Whatever killed it may be among them. Who dies of a whole lot says nothing of one entry, so those that were there
    twice are handed out one by one: the innocent get through, and the guilty one is buried when it has killed again.
    """
    pending = _server().xpending_range(settings.STREAM_KEY, GROUP, "-", "+", most, idle=settings.STREAM_IDLE_MS or None)
    for poison in [entry for entry in pending if entry["times_delivered"] >= POISON]:
        _bury(consumer, poison["message_id"])
    fresh = [entry["message_id"] for entry in pending if entry["times_delivered"] < SUSPECT]
    suspects = [entry["message_id"] for entry in pending if SUSPECT <= entry["times_delivered"] < POISON]
    return _claimed(consumer, fresh or suspects[:1])


def _claimed(consumer: str, keys: list[Any]) -> Entries:
    """Those of these entries that no other worker has claimed first."""
    if not keys:
        return []
    claimed = _server().xclaim(settings.STREAM_KEY, GROUP, consumer, settings.STREAM_IDLE_MS, keys)
    return [(key, fields) for key, fields in claimed if fields]


def _bury(consumer: str, key: Any) -> None:
    for claimed, fields in _claimed(consumer, [key]):
        bury(fields.get(b"batch", b""), f"whoever collected it died, {POISON} times")
        give_up([claimed])


def _unread(consumer: str, most: int) -> Entries:
    answer = _server().xreadgroup(GROUP, consumer, {settings.STREAM_KEY: ">"}, count=most)
    return answer[0][1] if answer else []


def _make_group() -> None:
    try:
        stream().xgroup_create(settings.STREAM_KEY, GROUP, id="0", mkstream=True)
    except redis.ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


def give_up(keys: list[Any]) -> None:
    pipeline = stream().pipeline(transaction=True)
    pipeline.xack(settings.STREAM_KEY, GROUP, *keys)
    pipeline.xdel(settings.STREAM_KEY, *keys)
    pipeline.execute()


def acquit(consumer: str, keys: list[Any]) -> None:
    """Their worker lives and could not store them, as when the database is away: that is not their fault."""
    _server().xclaim(settings.STREAM_KEY, GROUP, consumer, 0, keys, retrycount=1, justid=True)


def forget_dead_consumers(idle_ms: int = 3_600_000) -> int:
    """Each worker process reads under a name of its own; those that are gone leave theirs behind."""
    gone: list[Any] = [
        consumer["name"]
        for consumer in _server().xinfo_consumers(settings.STREAM_KEY, GROUP)
        if consumer["pending"] == 0 and consumer["idle"] > idle_ms
    ]
    for name in gone:
        _server().xgroup_delconsumer(settings.STREAM_KEY, GROUP, name)
    return len(gone)
