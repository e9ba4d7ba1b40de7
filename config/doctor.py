"""What can be wrong with an installation: one small check each, which says what it found and what to do about it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator

import redis
from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError

from config.buffers import Buffers
from config.celery import app
from journey import pressure, sink, streams
from journey.models import Touched
from shop.clips import missing_codecs

LATE_SECONDS = 30  # the clock ticks every few seconds; a batch that waits longer has been forgotten
MANY_TOUCHED = 5_000
LEAST_FREE_MB = 300


class Trouble(Exception):
    """What is wrong, and what to do about it."""


def database() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise Trouble(f"The database does not answer ({error}): start it, or correct DATABASE_URL.") from None
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Trouble(f"{len(missing)} migrations are missing: run manage.py migrate.")
    return f"{connection.vendor}, migrated"


def broker() -> str:
    info = streams.stream().info("server")
    return f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])} answers"


def persistence() -> str:
    try:
        found = streams.stream().config_get("appendonly", "maxmemory-policy")
    except redis.ResponseError:
        return "the broker does not tell; have appendonly on and maxmemory-policy at noeviction"
    if found["appendonly"] != "yes":
        raise Trouble("A crash of the broker loses events: set appendonly yes.")
    if found["maxmemory-policy"] != "noeviction":
        raise Trouble("A full broker throws events away: set maxmemory-policy noeviction.")
    return "the broker writes to disk and evicts nothing"


def worker() -> str:
    # A ping takes all of its time, however soon they answer; the long one is for those who are busy.
    answers = app.control.ping(timeout=0.5) or app.control.ping(timeout=2)
    if not answers:
        raise Trouble("No worker answers: start one with celery -A config worker.")
    return f"{len(answers)} answering"


def beat() -> str:
    """The clock leaves no trace of its own, but what it should have had collected does."""
    waiting = Buffers().lag
    if waiting > LATE_SECONDS:
        raise Trouble(f"Events have waited for {waiting:.0f} seconds: is celery -A config beat running?")
    return "no event waits for long"


def stream() -> str:
    streamed, spooled = sink.backlog()
    if spooled > settings.SPOOL_LIMIT // 2:
        raise Trouble(
            f"{spooled} batches are spooled, {settings.SPOOL_LIMIT} fit: see that the broker and a worker run."
        )
    if (used := pressure.gauge.read()) > pressure.THIN_FROM:
        raise Trouble(f"The broker's memory is {100 * used:.0f} % full: start another worker, or give it more.")
    return f"{streamed} batches in the stream, {spooled} in the spool, {100 * used:.0f} % of the broker's memory used"


def counting() -> str:
    touched = Touched.objects.count()
    if touched > MANY_TOUCHED:
        raise Trouble(f"{touched} participants wait to be counted: start another worker, or run manage.py recount.")
    return f"{touched} participants wait to be counted"


def disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
    if free < LEAST_FREE_MB:
        raise Trouble(f"Only {free} MB are free in {settings.DATA_DIR}: make room.")
    return f"{free:,} MB free"


def uploads() -> str:
    """Where files go that people upload, and what makes clips of their videos."""
    for folder in (settings.MEDIA_ROOT, storages["private"].location):
        try:
            os.makedirs(folder, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise Trouble(f"Nothing can be uploaded to {folder} ({error.strerror}): make it writable.") from None
    if missing := missing_codecs():
        raise Trouble(f"Videos cannot be prepared: FFmpeg lacks {' and '.join(missing)}; install av from its wheel.")
    return "files can be written, videos prepared"


def security() -> str:
    if settings.DEBUG:
        raise Trouble("DEBUG is on and shows the inside of the shop to everyone: set DEBUG=false.")
    if len(settings.SECRET_KEY) < 32:
        raise Trouble("SECRET_KEY is short enough to guess: give it 50 random characters.")
    if not settings.DEMO and not settings.SESSION_COOKIE_SECURE:
        raise Trouble("Cookies travel over plain HTTP: serve the shop over TLS and set SECURE_COOKIES=true.")
    return "a demo, in safe settings" if settings.DEMO else "safe"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "broker": broker,
    "persistence": persistence,
    "worker": worker,
    "beat": beat,
    "stream": stream,
    "counting": counting,
    "disk": disk,
    "uploads": uploads,
    "settings": security,
}


def examine() -> Iterator[tuple[str, bool, str]]:
    """(what, is it well, a sentence) for every check; none stops the others."""
    for name, check in CHECKS.items():
        try:
            yield name, True, check()
        except Trouble as trouble:
            yield name, False, str(trouble)
        except (redis.RedisError, OperationalError) as error:
            what = f"The broker does not answer ({error}): " if name == "broker" else "It needs the broker: "
            yield name, False, f"{what}start make demo, or correct REDIS_URL."
        except DatabaseError as error:
            yield name, False, f"The database does not answer as it should ({error}): run manage.py migrate."
