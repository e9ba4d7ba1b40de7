"""Whether the programs of a demo answer."""

import http.client
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import redis
from kombu.exceptions import OperationalError

from config.celery import app
from config.demo.door import Refused
from journey import streams

PATIENCE = 120.0
PAUSE = 0.1  # seconds between two questions


def in_time(name: str, answers: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, asked now and then; raises Refused when the answer has been no for too long."""
    now = time.monotonic()
    patience, next_at = now + PATIENCE, now

    def asked() -> bool:
        nonlocal next_at
        if time.monotonic() < next_at:
            return False
        if answers():
            return True
        next_at = time.monotonic() + PAUSE
        if next_at > patience:
            raise Refused(f"The {name} did not answer in {PATIENCE:g} seconds; the lines above may say why.")
        return False

    return asked


def broker_answers() -> bool:
    """Not yet while it reads its log, which it does after every start."""
    try:
        return bool(streams.stream().ping())
    except redis.RedisError:
        return False


def web_answers(url: str) -> bool:
    """Asks with HEAD, because a GET would be counted as a buyer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("HEAD", "/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status != http.client.OK:
        raise Refused(f"The shop's first page answers {status}; the lines above may say why.")
    return True


def worker_answers() -> bool:
    try:
        return bool(app.control.ping(timeout=0.5, limit=1))
    except OperationalError:
        return False
