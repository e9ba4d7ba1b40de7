"""Which of the batches that were understood are stored: none of the forgotten, and nothing from before the horizon."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import transaction

from journey.models import DeadEvent, Horizon
from journey.tombstones import forgotten, hold

Batch = dict[str, Any]


def admitted(batches: list[Batch]) -> tuple[list[Batch], list[DeadEvent]]:
    """What may be stored in this transaction, and what is kept as dead. Of the forgotten, nothing is either."""
    hold(alone=False)
    gone = forgotten({batch["participant"] for batch in batches})
    kept = [batch for batch in batches if batch["participant"] not in gone]
    dead = [DeadEvent.refused(batch, raw, reason) for batch in kept for raw, reason in batch["dead"]]
    horizon = Horizon.of(Horizon.Name.EVENTS)
    if not horizon or all(batch["t0"] >= horizon for batch in kept):
        return kept, dead
    dead += [late for batch in kept for late in _too_late(batch, horizon)]
    fresh = [batch | {"events": [event for event in batch["events"] if event[1] >= horizon]} for batch in kept]
    return [batch for batch in fresh if batch["events"]], dead


@transaction.atomic
def bury(payload: bytes, reason: str) -> None:
    """Keep a whole batch as dead, unless it is of somebody who is forgotten."""
    hold(alone=False)
    DeadEvent.keep(without_the_forgotten([DeadEvent.of(payload, reason)]))


def without_the_forgotten(dead: list[DeadEvent]) -> list[DeadEvent]:
    named = {event.participant for event in dead if event.participant}
    gone = forgotten(named) if named else set()
    return [event for event in dead if event.participant not in gone]


def too_old(horizon: int) -> str:
    """Why an event from before the horizon is not taken: its journey is closed, and counts as it was counted."""
    day = datetime.fromtimestamp(horizon / 1_000_000, UTC)
    return f"it is from before {day:%Y-%m-%d %H:%M} UTC, and such events are no longer kept"


def _too_late(batch: Batch, horizon: int) -> Iterator[DeadEvent]:
    for n, at, letter, props in batch["events"]:
        if at < horizon:
            event = {"participant": batch["participant"], "trail": batch["trail"], "n": n, "at": at, "step": letter}
            raw = orjson.dumps(event | {"props": orjson.loads(props) if props else None})
            yield DeadEvent.of(raw, too_old(horizon))
