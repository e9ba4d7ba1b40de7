"""Waiting events → the database. May run on any number of workers, any number of times."""

import logging
import os
import socket
import time

from django.db import DataError, IntegrityError

from analytics.counts.counting import count
from journey import sink
from journey.admitting import bury
from journey.store import store

logger = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds after which the next wake-up goes on
UNREADABLE = (KeyError, TypeError, ValueError, DataError, IntegrityError)


def collect(patience: float = PATIENCE) -> int:
    """Store what waits until nothing does, or for `patience` seconds; returns how many batches that were."""
    consumer = f"{socket.gethostname()}-{os.getpid()}"
    until = time.monotonic() + patience
    collected = 0
    while time.monotonic() < until:
        with sink.drain(consumer) as waiting:
            keep([batch.payload for batch in waiting])
        collected += len(waiting)
        if not waiting:
            break
    return collected


def keep(payloads: list[bytes]) -> None:
    """Store batches together; when one of them cannot be stored, each for itself, and that one as a dead event."""
    try:
        store(payloads)
    except UNREADABLE as error:
        if len(payloads) > 1:
            for payload in payloads:
                keep([payload])
            return
        logger.warning("A batch could not be stored and is kept as a dead event: %s", error)
        bury(payloads[0], f"could not be stored: {error!r}")


def settle() -> None:
    """Collect and count until nothing waits: afterwards every report is up to date."""
    while collect() + count():
        pass
