"""Batches become rows: participants, contexts, events, and the marks of what must be counted again."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import orjson
from django.db import transaction

from journey.admitting import admitted, without_the_forgotten
from journey.bulk import unswept
from journey.kinds import move_up
from journey.models import Context as ContextRow
from journey.models import DeadEvent, Event, Fact, Participant, Touched
from journey.models.event import Row
from journey.nobody import trail_of_nobody
from journey.steps import Step
from journey.tombstones import forgotten, hold
from journey.trails import Context as TrailContext
from journey.trails import Trail, clean_text, plain_props

YEAR_10000 = 253_402_300_800_000_000  # microseconds; no date can be written from there on
WIDTHS = [ContextRow._meta.get_field(name).max_length for name in TrailContext._fields]  # type: ignore[union-attr]

STUDY = Participant._meta.get_field("study").max_length

# Neighbours who want to know of new events, in the transaction that stores them; a row may have been there before.
after_insert: list[Callable[[Sequence[Row]], None]] = []


def store(payloads: Iterable[bytes]) -> int:
    """Store batches in one transaction; returns how many good events they held, new or seen before.

    An event that is there stays as it is; a bad one becomes a dead event. What is of the forgotten is dropped.
    """
    with unswept():
        return _stored(payloads)


def _stored(payloads: Iterable[bytes]) -> int:
    read, dead = _read(payloads)
    with transaction.atomic():
        batches, dying = admitted(read)
        moved = _keep_participants(batches)
        rows = _rows(batches)
        # In key order: two workers inserting the same rows in different orders deadlock on PostgreSQL.
        rows.sort(key=itemgetter(0, 1, 2))
        Event.objects.insert(rows)
        _tell(rows)
        DeadEvent.keep([*without_the_forgotten(dead), *dying])
        touch({row[0] for row in rows} | {*moved})
    return len(rows)


def commit_fact(trail: Trail, step: Step, code: str, props: dict[str, Any]) -> bool:
    """Insert a fact's event in the caller's transaction. False when `step:code` has had its event already.

    That of a participant who is forgotten is a fact as well, but not under their number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A fact and its event are one transaction: use atomic().")
    hold(alone=False)
    if forgotten([trail.participant]):
        trail = trail_of_nobody(trail.t0)
    moved = _keep_participants([trail.batch() | {"events": []}])
    n, context = trail.next_n, _fitting(trail.context)
    _, new = Fact.objects.get_or_create(
        key=f"{step}:{code}", defaults={"participant_id": trail.participant, "trail": trail.number, "n": n}
    )
    if new:
        event = Event.objects.create(
            participant_id=trail.participant,
            trail=trail.number,
            n=n,
            at=trail.now(),
            step=step.letter,
            context_id=context_ids([context])[context],
            props=plain_props(props),
        )
        _tell([event.row])
        trail.next_n += 1
    if new or moved:
        touch({trail.participant})
    return new


def _tell(rows: Sequence[Row]) -> None:
    for hear in after_insert:
        hear(rows)


def touch(participants: Iterable[int]) -> None:
    """Mark participants as out of date. Each touch leaves a new mark, so that counting clears only what it has read."""
    Touched.objects.bulk_create(
        [Touched(participant_id=number, mark=secrets.randbits(62)) for number in sorted(participants)],
        update_conflicts=True,
        unique_fields=["participant"],
        update_fields=["mark"],
    )


CONTEXTS_REMEMBERED = 10_000  # a campaign's name is whatever a link says, so there could be any number
_known_contexts: dict[TrailContext, int] = {}


def context_ids(contexts: Iterable[TrailContext]) -> dict[TrailContext, int]:
    """The rows of these contexts, made where missing. There are few, so each process remembers those it has seen."""
    wanted = set(contexts)
    known = {context: _known_contexts[context] for context in wanted if context in _known_contexts}
    made = {
        context: ContextRow.objects.get_or_create(defaults=None, **context._asdict())[0].pk
        for context in sorted(wanted - known.keys())
    }
    # Not before the commit: after a rollback the row is gone, and its number would haunt every later event.
    transaction.on_commit(lambda: _remember(made))
    return known | made


def _remember(made: dict[TrailContext, int]) -> None:
    if len(_known_contexts) < CONTEXTS_REMEMBERED:
        _known_contexts.update(made)


def _read(payloads: Iterable[bytes]) -> tuple[list[dict[str, Any]], list[DeadEvent]]:
    batches, dead = [], []
    for payload in payloads:
        try:
            batch = _understood(orjson.loads(payload))
        except (KeyError, TypeError, ValueError) as error:
            dead.append(DeadEvent.of(payload, f"not a batch: {error!r}"))
        else:
            batches.append(batch)
    return batches, dead


def _understood(batch: dict[str, Any]) -> dict[str, Any]:
    """A batch whose numbers fit their columns and whose steps exist, with letters for names and its context built."""
    for number in (batch["participant"], batch["trail"], batch["t0"]):
        if not 0 < number < 2**63:
            raise ValueError(f"{number} is out of range")
    return batch | {
        "context": _fitting(batch["context"]),
        "events": [_event(batch["t0"], *event) for event in batch["events"]],
        "dead": [(str(raw), str(reason)) for raw, reason in batch["dead"]],
        "kind": Participant.Kind(batch["kind"]).value,
        "study": clean_text(str(batch.get("study", "")))[:STUDY],
    }


def _fitting(context: Sequence[str]) -> TrailContext:
    """Cut to the width of its columns: PostgreSQL would refuse the whole batch. Who was drawn a page by the version
    before knows no campaign."""
    told = context if len(context) == len(WIDTHS) else [*context, ""]
    return TrailContext(*(clean_text(str(text))[:most] for text, most in zip(told, WIDTHS, strict=True)))


def _event(t0: int, n: int, dt: int, step: str, props: dict[str, Any]) -> tuple[int, int, str, str | None]:
    """(n, at, letter, props) as they are stored."""
    at = t0 + dt
    if not (0 <= n < 2**31 and 0 <= at < YEAR_10000):
        raise ValueError(f"event {n} at {at} is out of range")
    return n, at, Step.named(step).letter, orjson.dumps(props).decode() if props else None


def _keep_participants(batches: list[dict[str, Any]]) -> list[int]:
    """Returns who is of another kind or study, or came earlier than was known: all their journeys are counted again."""
    began = sorted(((_began(batch), batch) for batch in batches), key=itemgetter(0), reverse=True)
    seen = {batch["participant"]: (at, batch) for at, batch in began}
    Participant.objects.bulk_create(
        [
            Participant(
                number=number,
                kind=batch["kind"],
                label=batch.get("label", ""),
                study=batch.get("study", ""),
                first_seen=began,
            )
            for number, (began, batch) in sorted(seen.items())
        ],
        ignore_conflicts=True,
    )
    return sorted({*move_up(batches), *_seen_before({number: began for number, (began, _) in seen.items()})})


def _began(batch: dict[str, Any]) -> int:
    """When a batch says that somebody was there: a page that was never stored is no step."""
    began: int = min((at for _, at, *_ in batch["events"]), default=batch["t0"])
    return began


def _seen_before(began: dict[int, int]) -> list[int]:
    """Who was seen earlier than was known: batches arrive in any order."""
    known = Participant.objects.filter(pk__in=began).values_list("pk", "first_seen")
    late = [number for number, seen in sorted(known) if began[number] < seen]
    for number in late:
        Participant.objects.filter(pk=number, first_seen__gt=began[number]).update(first_seen=began[number])
    return late


def _rows(batches: list[dict[str, Any]]) -> list[Row]:
    ids = context_ids(batch["context"] for batch in batches)
    return [
        (batch["participant"], batch["trail"], n, at, letter, ids[batch["context"]], props)
        for batch in batches
        for n, at, letter, props in batch["events"]
    ]
