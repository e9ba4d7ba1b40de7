"""Simulated walks through the real pipeline: onto the stream, out of it, stored and counted, with no worker running."""

from collections.abc import Callable

import orjson
import redis
from django.conf import settings

from analytics import collecting, counting
from analytics.simulation.arms import sights
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import Fault, no_fault
from analytics.simulation.tally import Tally
from analytics.simulation.walk import Walk
from analytics.simulation.world import World
from journey import streams
from journey.store import store

CHUNK = 4_000  # batches on the stream at once: a few megabytes
AT_ONCE = 500  # batches, or participants, in one transaction


def run(period: Period, world: World, progress: Callable[[int], None], fault: Fault = no_fault) -> Tally:
    """Simulate a period and count it. `progress` hears how many more journeys were sent."""
    tally = Tally()
    waiting: list[bytes] = []
    for _, walks in crowd(period, world, sights()):
        fault(walks)
        payloads = payloads_of(walks)
        tally.add(walks, payloads)
        waiting += payloads
        if len(waiting) >= CHUNK:
            _deliver(waiting)
            waiting = []
        progress(len(walks))
    _deliver(waiting)
    collecting.settle()
    return tally


def payloads_of(walks: list[Walk]) -> list[bytes]:
    return [orjson.dumps(trail.batch()) for walk in walks for trail in walk.trails]


def _deliver(payloads: list[bytes]) -> None:
    """Store a chunk and count its journeys before the next one is sent: the stream never holds more than one."""
    try:
        _stream(payloads)
        while collecting.collect():
            pass
    except redis.RedisError:
        # Some may be on the stream already; an event that comes twice is one event.
        for start in range(0, len(payloads), AT_ONCE):
            store(payloads[start : start + AT_ONCE])
    # Journeys now, days at the end: a day would be counted anew with every chunk.
    counting.count_everyone(AT_ONCE)


def _stream(payloads: list[bytes]) -> None:
    pipeline = streams.stream().pipeline(transaction=False)
    for payload in payloads:
        pipeline.xadd(settings.STREAM_KEY, {"batch": payload})
    pipeline.execute()
