"""Events as they are kept: narrow, appended, never edited."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import orjson
from django.db import models

from journey.bulk import insert
from journey.models.json_text import JsonText
from journey.models.participant import Participant
from journey.trails import clean_text


class Context(models.Model):
    """One combination of device, browser, source, campaign and arms; events point at it, so it is stored once."""

    id = models.AutoField(primary_key=True)  # four bytes of every event
    device = models.CharField(max_length=10, blank=True)
    browser = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=80, blank=True)
    arms = models.CharField(max_length=400, blank=True)
    campaign = models.CharField(max_length=80, blank=True)  # no longer: PostgreSQL keeps an index row under 2,704 bytes

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "browser", "source", "arms", "campaign"], name="one_row_per_context"
            )
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.device, self.browser, self.source, self.campaign, self.arms])) or "unknown"


# participant, trail, n, at, Step.letter, context, props as JSON text or None
Row = tuple[int, int, int, int, str, int, str | None]
COLUMNS = ("participant_id", "trail", "n", "at", "step", "context_id", "props")


class EventManager(models.Manager["Event"]):
    def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows; one whose identity is there already stays as it is."""
        insert(Event, COLUMNS, rows, keep_old=True)


class Event(models.Model):
    """One step, taken once, at one time. (participant, trail, n) is its identity; (at, trail, n) its order."""

    # From the widest to the narrowest: PostgreSQL would fill up what is out of line, 8 bytes an event. Databases do not
    # check what an event points at, which took as long as to store it: docs/decisions/0036.
    pk = models.CompositePrimaryKey("participant_id", "trail", "n")
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="events", db_index=False, db_constraint=False
    )
    trail = models.BigIntegerField()
    at = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")
    n = models.IntegerField()
    context = models.ForeignKey(Context, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    step = models.CharField(max_length=1, help_text="Step.letter")
    props = JsonText(null=True)

    objects = EventManager()

    def __str__(self) -> str:
        return f"{self.step} of {self.participant_id} at {self.at}"

    @property
    def row(self) -> Row:
        props = orjson.dumps(self.props).decode() if self.props else None
        return self.participant_id, self.trail, self.n, self.at, self.step, self.context_id, props


class Fact(models.Model):
    """That a fact has had its event: the key is unique, so a fact announced twice is one event."""

    key = models.CharField(max_length=100, primary_key=True, help_text="step:code, as in purchase:K3V9…")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="facts")
    trail = models.BigIntegerField()
    n = models.IntegerField()

    def __str__(self) -> str:
        return self.key


class Touched(models.Model):
    """A participant whose journeys are out of date. The mark changes with every touch: clear only the one you read."""

    participant = models.OneToOneField(Participant, models.CASCADE, primary_key=True, related_name="touched")
    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.participant_id)


class SpooledBatch(models.Model):
    """A batch that waits in the database because the broker could not be reached."""

    payload = models.BinaryField()
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the payload.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often a worker has taken it and died.")
    spooled_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"spooled {self.spooled_at}"


class DeadEvent(models.Model):
    """Something that arrived and could not be stored, with the reason. One bad event never fails its batch.

    A batch that is stored twice tells of its dead twice: the key is what was said and where, so they are kept once.
    """

    key = models.CharField(max_length=32, unique=True, null=True, editable=False)  # noqa: DJ001 - two nulls are unique
    raw = models.TextField()
    reason = models.CharField(max_length=200)
    envelope = models.JSONField(null=True, help_text="What an event was part of; empty for a whole batch.")
    participant = models.BigIntegerField(null=True, db_index=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reason

    @classmethod
    def of(cls, payload: bytes, reason: str) -> "DeadEvent":
        """Bytes that made no sense, as far as they can be written down; not saved yet."""
        return cls(
            key=_key(payload),
            raw=clean_text(payload.decode(errors="replace")),
            reason=reason[:200],
            participant=_participant_of(payload),
        )

    @classmethod
    def refused(cls, batch: dict[str, Any], raw: str, reason: str) -> "DeadEvent":
        """An event that was refused at the door, with what it takes to try again; not saved yet."""
        envelope = {name: batch[name] for name in ("participant", "kind", "trail", "t0")}
        return cls(
            key=_key(orjson.dumps([batch["participant"], batch["trail"], raw])),
            raw=raw,
            reason=reason,
            envelope=envelope | {"context": [*batch["context"]]},
            participant=batch["participant"],
        )

    @classmethod
    def keep(cls, dead: "list[DeadEvent]") -> None:
        DeadEvent.objects.bulk_create(dead, ignore_conflicts=True)


def _key(said: bytes) -> str:
    return blake2b(said, digest_size=16).hexdigest()


def _participant_of(payload: bytes) -> int | None:
    """Whose batch this is, as far as it can be read: who leaves takes it along."""
    try:
        number = orjson.loads(payload)["participant"]
    except (KeyError, TypeError, ValueError):
        return None
    return number if type(number) is int and 0 < number < 2**63 else None
