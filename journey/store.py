"""Batches become rows: participants, contexts, events, and the marks of what must be counted again."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.db import transaction

from journey.models import Context as ContextRow
from journey.models import DeadEvent, Event, Fact, Participant, Touched
from journey.steps import Step
from journey.trails import Context as TrailContext
from journey.trails import Trail

ROWS_A_STATEMENT = 2_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What a call of store() was given: events (new or seen before) and dead events."""

    events: int
    dead: int


def store(payloads: Iterable[bytes]) -> Stored:
    """Store batches in one transaction. An event that is there stays as it is; a bad one becomes a dead event."""
    batches, dead = _read(payloads)
    with transaction.atomic():
        _keep_participants(batches)
        events = _events(batches)
        # Rows in key order: two workers inserting the same rows in different orders deadlock on PostgreSQL.
        events.sort(key=lambda event: (event.participant_id, event.trail, event.n))
        Event.objects.bulk_create(events, batch_size=ROWS_A_STATEMENT, ignore_conflicts=True)
        DeadEvent.objects.bulk_create(dead)
        touch({event.participant_id for event in events})
    return Stored(len(events), len(dead))


def commit_fact(trail: Trail, step: Step, code: str, props: dict[str, Any]) -> bool:
    """Insert a fact's event in the caller's transaction. False when `step:code` has had its event already."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A fact and its event are one transaction: use atomic().")
    _keep_participants([trail.batch()])
    n, trail.next_n = trail.next_n, trail.next_n + 1
    _, new = Fact.objects.get_or_create(
        key=f"{step}:{code}", defaults={"participant_id": trail.participant, "trail": trail.number, "n": n}
    )
    if new:
        Event.objects.create(
            participant_id=trail.participant,
            trail=trail.number,
            n=n,
            at=trail.now(),
            step=step.letter,
            context_id=context_id(asdict(trail.context)),
            props=props,
        )
        touch({trail.participant})
    return new


def touch(participants: Iterable[int]) -> None:
    """Mark participants as out of date. Each touch leaves a new mark, so that counting clears only what it has read."""
    Touched.objects.bulk_create(
        [Touched(participant_id=number, mark=secrets.randbits(62)) for number in sorted(participants)],
        update_conflicts=True,
        unique_fields=["participant"],
        update_fields=["mark"],
    )


_context_ids: dict[tuple[str, ...], int] = {}


def context_id(context: dict[str, str]) -> int:
    """The row of a context; remembered, as there are few."""
    key = tuple(context.values())
    if key not in _context_ids:
        _context_ids[key] = ContextRow.objects.get_or_create(defaults=None, **context)[0].pk
    return _context_ids[key]


def _read(payloads: Iterable[bytes]) -> tuple[list[dict[str, Any]], list[DeadEvent]]:
    batches, dead = [], []
    for payload in payloads:
        try:
            batch = orjson.loads(payload)
            dead += [DeadEvent(raw=raw, reason=reason) for raw, reason in batch["dead"]]
            batches.append(batch)
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            text = payload.decode(errors="replace").replace("\0", "�")
            dead.append(DeadEvent(raw=text, reason=f"not a batch: {error}"[:200]))
    return batches, dead


def _keep_participants(batches: Iterable[dict[str, Any]]) -> None:
    seen = {batch["participant"]: batch for batch in batches}
    Participant.objects.bulk_create(
        [
            Participant(number=number, kind=batch["kind"], label=batch.get("label", ""), first_seen=batch["t0"])
            for number, batch in sorted(seen.items())
        ],
        ignore_conflicts=True,
    )


def _events(batches: Iterable[dict[str, Any]]) -> list[Event]:
    names = tuple(TrailContext.__slots__)
    return [
        Event(
            participant_id=batch["participant"],
            trail=batch["trail"],
            n=n,
            at=batch["t0"] + dt,
            step=Step.named(step).letter,
            context_id=context_id(dict(zip(names, batch["context"], strict=True))),
            props=props or None,
        )
        for batch in batches
        for n, dt, step, props in batch["events"]
    ]
