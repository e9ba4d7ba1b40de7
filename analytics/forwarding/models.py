"""What waits to be sent on, what was sent, and how each destination is."""

from collections.abc import Sequence

from django.db import models

from journey.bulk import insert
from journey.models.participant import code_of

# destination, participant, trail, n, at, made_at
Row = tuple[str, int, int, int, int, int]
COLUMNS = ("destination", "participant", "trail", "n", "at", "made_at", "tries", "next_at", "reason")


class OutgoingQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def insert(self, rows: Sequence[Row]) -> None:
        """Insert rows; one that is there already stays as it is."""
        insert(Outgoing, COLUMNS, [(*row, 0, 0, "") for row in rows], keep_old=True)

    def waiting(self) -> "OutgoingQuerySet":
        return self.filter(sent_at=None, reason="")

    def failed(self) -> "OutgoingQuerySet":
        return self.exclude(reason="")


class Outgoing(models.Model):
    """That an event goes to a destination. Kept for a while after it was sent, so that it is not sent twice.

    It holds an identity and no content: what is sent is read from the event. Times are microseconds since 1970.
    """

    destination = models.CharField(max_length=10)
    participant = models.BigIntegerField()
    trail = models.BigIntegerField()
    n = models.IntegerField()
    at = models.BigIntegerField()
    made_at = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.BigIntegerField(default=0, help_text="Others go first until then.")
    sent_at = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is not tried any more.")

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = "outgoing event"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "trail", "n", "destination"], name="an_event_goes_once_to_a_destination"
            )
        ]
        indexes = [
            models.Index(
                fields=["destination", "id"],
                name="waiting_for_a_destination",
                condition=models.Q(sent_at=None, reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"event {self.n} of {code_of(self.participant)} to {self.destination}"

    @property
    def state(self) -> str:
        return "failed" if self.reason else "waiting" if self.sent_at is None else "sent"


class Destination(models.Model):
    """How a destination is, and who sends to it now: one sender at a time keeps the order. Times as above."""

    name = models.CharField(max_length=10, primary_key=True)
    taken_until = models.BigIntegerField(default=0, help_text="A sender that died is not waited for longer.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    next_at = models.BigIntegerField(default=0, help_text="It is left alone until then.")
    trouble = models.CharField(max_length=200, blank=True, help_text="What it said last, unless all was well.")

    def __str__(self) -> str:
        return self.name
