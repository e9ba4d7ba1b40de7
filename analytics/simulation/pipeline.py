"""Simulated walks through the real pipeline: onto the stream, out of it, stored and counted, with no worker running."""

from collections.abc import Callable
from typing import Any

import orjson
import redis
from django.conf import settings

from analytics.counts import collecting, counting
from analytics.simulation.arms import sights
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import Fault, no_fault
from analytics.simulation.people import SightOf
from analytics.simulation.tally import Tally
from analytics.simulation.walk import Walk
from analytics.simulation.world import World
from journey import streams
from journey.steps import Step
from journey.store import store

CHUNK = 4_000  # batches on the stream at once: a few megabytes
TOLD_WITH_CATEGORY = {
    *(Step.VIEW_ITEM, Step.ADD_TO_CART, Step.REMOVE_FROM_CART, Step.ADD_TO_WISHLIST),
    *(Step.ASK_QUESTION, Step.BEGIN_CHECKOUT, Step.PURCHASE),
}
AT_ONCE = 500  # batches, or participants, in one transaction


def run(
    period: Period,
    world: World,
    progress: Callable[[int], None],
    fault: Fault = no_fault,
    sight_of: SightOf | None = None,
) -> Tally:
    """Simulate a period and count it. `progress` hears how many more journeys were sent."""
    tally = Tally()
    waiting: list[bytes] = []
    for _, walks in crowd(period, world, sight_of or sights()):
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
    return [orjson.dumps(_as_told(trail.batch(), walk.world)) for walk in walks for trail in walk.trails]


def _as_told(batch: dict[str, Any], world: World) -> dict[str, Any]:
    """With the category of the product, where the shop's pages tell it too."""
    batch["events"] = [(n, dt, step, _with_category(step, props, world)) for n, dt, step, props in batch["events"]]
    return batch


def _with_category(step: str, props: dict[str, Any], world: World) -> dict[str, Any]:
    product = world.products.get(props.get("product", "")) if step in TOLD_WITH_CATEGORY else None
    return props | {"category": product.category} if product and product.category else props


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
