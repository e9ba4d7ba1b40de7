"""What was agreed to, who is forgotten, and from when on nothing is kept."""

from django.db import models

from journey.models.participant import Participant


class Consent(models.Model):
    """That a participant has agreed to be recorded, or does no longer; every answer is kept, the last one counts."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    given = models.BooleanField()
    version = models.PositiveSmallIntegerField(help_text="Of the text that was agreed to.")
    at = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{'yes' if self.given else 'no'} of {self.participant_id}"


class Forgotten(models.Model):
    """A tombstone: what still arrives of this participant is dropped. The number itself cannot be read from it."""

    mark = models.CharField(max_length=32, primary_key=True, help_text="Keyed hash of the number.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"forgotten {self.at}"


class Horizon(models.Model):
    """A moment that only moves on; what it means is in its name."""

    class Name(models.TextChoices):
        EVENTS = "events", "older events are not taken any more"
        CLEARED = "cleared", "the events of journeys that began before are gone"
        JOURNEYS = "journeys", "journeys of the days before are gone, their counts stay"

    name = models.CharField(max_length=10, choices=Name.choices, primary_key=True)
    at = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")

    def __str__(self) -> str:
        return f"{self.name} {self.at}"

    @classmethod
    def of(cls, name: str) -> int:
        """0 as long as nothing was ever thrown away."""
        return cls.objects.filter(name=name).values_list("at", flat=True).first() or 0

    @classmethod
    def move(cls, name: str, to: int) -> int:
        """Never back: a longer retention period brings nothing back. Returns where it is now."""
        to = max(to, cls.of(name))
        cls.objects.update_or_create(name=name, defaults={"at": to})
        return to
