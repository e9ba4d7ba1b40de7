"""What waits to be sent on, what was sent, and how each destination is."""

from django.db import models

from journey.models.participant import code_of


class OutgoingQuerySet(models.QuerySet):  # type: ignore[type-arg]
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
        verbose_name_plural = "forwarding"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["destination", "participant", "trail", "n"], name="an_event_goes_once_to_a_destination"
            )
        ]
        indexes = [
            models.Index(
                fields=["destination", "id"],
                name="waiting_for_a_destination",
                condition=models.Q(sent_at=None, reason=""),
            ),
            models.Index(fields=["participant"], name="outgoing_of_a_participant"),
            models.Index(fields=["made_at"], name="outgoing_by_age"),
        ]

    def __str__(self) -> str:
        return f"event {self.n} of {code_of(self.participant)} to {self.destination}"


class Destination(models.Model):
    """How a destination is, and who sends to it now: one sender at a time keeps the order. Times as above."""

    name = models.CharField(max_length=10, primary_key=True)
    taken_until = models.BigIntegerField(default=0, help_text="A sender that died is not waited for longer.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    next_at = models.BigIntegerField(default=0, help_text="It is left alone until then.")
    trouble = models.CharField(max_length=200, blank=True, help_text="What it said last, unless all was well.")

    def __str__(self) -> str:
        return self.name
