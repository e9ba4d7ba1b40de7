"""Whether the demo answers: the page a buyer opens first, and the worker behind it."""

import http.client
import time
from urllib.parse import urlsplit

import redis
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.celery import app
from config.demo.door import Refused

PATIENCE = 120.0


def wait_for_broker() -> None:
    """Until the broker answers; after a hard stop it reads its log first."""
    client = redis.Redis.from_url(settings.STREAM_URL, socket_timeout=2, retry=Retry(NoBackoff(), 0))
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            client.ping()
            return
        except redis.RedisError as error:
            if time.monotonic() > patience:
                raise Refused(f"The broker does not answer: {error}") from None
            time.sleep(0.05)


class Readiness:
    """True, once asked often enough: first the web answered, then the worker. Raises Refused when it takes too long."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._patience = time.monotonic() + PATIENCE
        self._waiting = [("web", self._web_answers), ("worker", _worker_answers)]

    def __call__(self) -> bool:
        name, answers = self._waiting[0]
        if answers():
            self._waiting.pop(0)
        elif time.monotonic() > self._patience:
            raise Refused(f"The {name} did not answer in {PATIENCE:g} seconds; the lines above say why.")
        return not self._waiting

    def _web_answers(self) -> bool:
        """HEAD, because a GET would be counted as a buyer."""
        connection = http.client.HTTPConnection(urlsplit(self._url).netloc, timeout=10)
        try:
            connection.request("HEAD", "/")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _worker_answers() -> bool:
    try:
        return bool(app.control.ping(timeout=0.5, limit=1))
    except OperationalError:
        return False
