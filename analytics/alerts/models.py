"""What is watched, every look that was taken, and what was found."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from analytics.mailing.addresses import refuse_bad
from analytics.semantics.funnels import SIX_STAGES


class AlertRule(models.Model):
    """One step of a funnel, perhaps of one segment, whose share of the step before is held against its past."""

    class Direction(models.TextChoices):
        DROP = "drop", "falls"
        RISE = "rise", "rises"
        BOTH = "both", "falls or rises"

    class Sensitivity(models.TextChoices):
        CALM = "calm", "calm: a false alarm in ten years"
        NORMAL = "normal", "normal: a false alarm a year"
        KEEN = "keen", "keen: a false alarm a month"

    name = models.CharField(max_length=100, unique=True)
    funnel = models.CharField(max_length=50, default=SIX_STAGES.slug)
    step = models.PositiveSmallIntegerField(help_text="0 is the first step: its share of all journeys.")
    field = models.CharField("only where", max_length=20, blank=True)
    value = models.CharField("is", max_length=100, blank=True)
    direction = models.CharField("tell when it", max_length=4, choices=Direction.choices, default=Direction.DROP)
    sensitivity = models.CharField(max_length=6, choices=Sensitivity.choices, default=Sensitivity.NORMAL)
    enough = models.PositiveIntegerField(default=200, help_text="With fewer at the step before nothing is judged.")
    recipients = models.TextField(blank=True, help_text="An address a line. Empty: administrators with an address.")
    is_on = models.BooleanField("is watched", default=True)
    snoozed_until = models.DateTimeField(null=True, blank=True, help_text="Nothing new is told until then.")

    class Meta:
        verbose_name = "alert rule"
        ordering = ["funnel", "step", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if bool(self.field) != bool(self.value):
            raise ValidationError("A segment needs both: a field, and the value it has.")
        refuse_bad("recipients", self.recipients)

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > timezone.now()


class Span(models.TextChoices):
    HOUR = "hour", "hour"
    DAY = "day", "day"


class Measured(models.Model):
    """`took` of `n` went on; between `low` and `high` was expected. Counts, so that they can be read again later."""

    class Outside(models.TextChoices):
        DROP = "drop", "fewer than usual"
        RISE = "rise", "more than usual"

    span = models.CharField(max_length=4, choices=Span.choices)
    start = models.DateTimeField(help_text="Of the hour or day, UTC.")
    n = models.PositiveIntegerField()
    took = models.PositiveIntegerField()
    usual = models.FloatField(null=True, help_text="The share that was expected.")
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    outside = models.CharField(max_length=4, choices=Outside.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def share(self) -> float | None:
        return self.took / self.n if self.n else None


class Look(Measured):
    """That a rule has looked at one hour or day. Who writes the row judges; kept for ten weeks."""

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="looks")
    silent = models.CharField(max_length=100, blank=True, help_text="Why nothing could be said.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "span", "start"], name="one_look_at_a_span")]

    def __str__(self) -> str:
        return f"{self.rule} at {self.start:%Y-%m-%d %H:%M}"


class AlertQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def open(self) -> "AlertQuerySet":
        return self.filter(closed_at=None)


class Alert(Measured):
    """What a look found, from the first one outside the band to the one that was inside again."""

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="alerts")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True, help_text="What was found out, for whoever looks next.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(closed_at=None), name="one_open_alert_for_each_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_outside_display()}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def acknowledge(self, who: str, at: datetime) -> bool:
        """Whether it was this one who said so first."""
        mine = Alert.objects.open().filter(pk=self.pk, acknowledged_at=None)
        return bool(mine.update(acknowledged_at=at, acknowledged_by=who))
