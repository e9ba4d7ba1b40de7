"""Counts of hours, and how an experiment's arms fill up."""

from collections.abc import Iterable

from django.db import models


class HourQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of_kinds(self, kinds: Iterable[str]) -> "HourQuerySet":
        return self.filter(kind__in=sorted(kinds))


class HourCount(models.Model):
    """How many journeys that began in an hour of a UTC day got exactly this far in the six stages.

    Rebuilt with the other counts of its day; nothing may live only here.
    """

    day = models.DateField()
    hour = models.PositiveSmallIntegerField(help_text="0 to 23, UTC.")
    kind = models.CharField(max_length=10)
    reached = models.PositiveSmallIntegerField(help_text="Bit k is set when stage k of the six was reached.")
    n = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField(help_text="Journeys with an order.")
    views = models.PositiveIntegerField(help_text="Videos watched for two seconds.")
    pages = models.PositiveIntegerField(help_text="Product pages opened.")
    orders = models.PositiveIntegerField()
    revenue_cents = models.BigIntegerField()

    objects = HourQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "hour", "kind", "reached"], name="one_count_per_hour_and_reach")
        ]

    def __str__(self) -> str:
        return f"{self.n} of {self.day} {self.hour}:00"


class ArmCount(models.Model):
    """How many participants an arm of a running experiment has; counted every few minutes, since it takes long."""

    experiment = models.CharField(max_length=40)
    arm = models.CharField(max_length=20)
    participants = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "arm"], name="one_count_per_arm")]

    def __str__(self) -> str:
        return f"{self.participants} in {self.experiment}={self.arm}"
