"""What counting leaves behind of experiments: a row for everyone who was exposed."""

from django.db import models

from analytics.days import DayQuerySet


class Unit(models.Model):
    """One participant in one experiment. A pure function of their events; thrown away and counted again at will."""

    experiment = models.CharField(max_length=40)
    participant = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    arm = models.CharField(max_length=20, help_text="Of the first exposure.")
    day = models.DateField(help_text="The UTC day of the first exposure.")
    exposed_at = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")
    crossed = models.BooleanField(help_text="Was exposed to a second arm as well.")
    device = models.CharField(max_length=10, blank=True)
    browser = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=80, blank=True)
    visit = models.CharField(max_length=10, blank=True)
    reached = models.PositiveIntegerField(help_text="Bit k: step k of its funnel, within the window after exposure.")
    before = models.PositiveIntegerField(help_text="The same of what they did before.")
    goal_us = models.BigIntegerField(null=True, help_text="From the exposure to the funnel's goal.")
    revenue_cents = models.BigIntegerField()
    revenue_before_cents = models.BigIntegerField()
    refund_cents = models.BigIntegerField()
    tickets = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    purchases = models.PositiveIntegerField(default=0)
    loads = models.PositiveIntegerField(default=0, help_text="Pages whose speed their browser told.")
    load_ms = models.BigIntegerField(default=0, help_text="Until their largest part was there (LCP), all together.")
    gone_to = models.CharField(max_length=1, blank=True, help_text="Letter of what came after the last step reached.")
    solved = models.PositiveIntegerField(default=0, help_text="Tickets of theirs that were solved.")
    answered_us = models.BigIntegerField(null=True, help_text="Until the first answer to the first of these.")

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["experiment", "participant"], name="one_unit_a_participant")]
        indexes = [models.Index(fields=["participant"], name="units_of_a_participant")]

    def __str__(self) -> str:
        return f"{self.experiment}={self.arm}"
