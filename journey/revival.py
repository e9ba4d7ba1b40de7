"""Dead events once more: what could not be stored then may be storable now, as after a mistake of ours is mended."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.db import DataError, IntegrityError, transaction

from journey import intake
from journey.models import DeadEvent
from journey.store import store
from journey.trails import Context, Trail


class StillDead(Exception):
    """Why it cannot be stored now either, in words."""


def revive(dead: Iterable[DeadEvent]) -> tuple[int, int]:
    """(stored and no longer dead, dead as before with the reason of today)"""
    revived = left = 0
    for event in dead:
        try:
            _store_again(event)
        except StillDead as why:
            DeadEvent.objects.filter(pk=event.pk).update(reason=str(why)[:200])
            left += 1
        else:
            revived += 1
    return revived, left


def _store_again(event: DeadEvent) -> None:
    """One transaction: it is either stored or dead, and an event that was stored meanwhile is not stored twice."""
    try:
        with transaction.atomic():
            stored = store([orjson.dumps(_batch(event))])
            if not stored:
                raise StillDead("there is nothing in it that could be stored")
            event.delete()
    except (DataError, IntegrityError, TypeError, ValueError, KeyError) as error:
        raise StillDead(f"could not be stored: {error!r}") from None


def _batch(event: DeadEvent) -> dict[str, Any]:
    try:
        said = orjson.loads(event.raw)
    except orjson.JSONDecodeError as error:
        raise StillDead(f"this is not JSON: {error}") from None
    if event.envelope is None:
        if not isinstance(said, dict):
            raise StillDead("this is not a batch")
        return said
    trail = _trail(event.envelope)
    for _, reason in intake.accept(trail, [said]):
        raise StillDead(reason)
    return trail.batch()


def _trail(envelope: dict[str, Any]) -> Trail:
    context = Context(*envelope["context"])
    return Trail(envelope["participant"], envelope["kind"], envelope["trail"], envelope["t0"], context)
