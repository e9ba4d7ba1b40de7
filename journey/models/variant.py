"""Ways to draw the journey, and the experiments that compare them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from journey import designs


class Variant(models.Model):
    """One way to draw the journey: `slots` replace lists of blocks, `values` replace numbers and flags.

    The control has no row: it is what templates and calls say.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    slots = models.JSONField(default=dict, blank=True, help_text='{"product/body": ["gallery", "price"]}')
    values = models.JSONField(default=dict, blank=True, help_text='{"anchor_delay_ms": 1500}')
    note = models.TextField(blank=True)
    shipped_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since then everyone sees it: it is part of the control."
    )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if problems := self.problems():
            raise ValidationError(problems)
        if self.is_frozen and self._drawn_otherwise():
            raise ValidationError("This variant is on show in an experiment: duplicate it to change what it draws.")

    @property
    def is_frozen(self) -> bool:
        """Whether people are in an experiment that shows it: what they see must stay the same."""
        on_show = Experiment.State.RUNNING, Experiment.State.PAUSED
        return self.pk is not None and Experiment.objects.filter(state__in=on_show, arms__variant=self).exists()

    def problems(self) -> list[str]:
        """What cannot be drawn any more since it was saved: there everyone sees the control."""
        return designs.problems(self.slots, self.values)

    def _drawn_otherwise(self) -> bool:
        stored = Variant.objects.get(pk=self.pk)
        return (stored.slots, stored.values) != (self.slots, self.values)

    def changes(self) -> list[str]:
        return [*self.slots, *self.values]


class VariantVersion(models.Model):
    """What a variant drew after somebody saved it: who, when, and a way back."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="versions")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150, blank=True)
    slots = models.JSONField(default=dict)
    values = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.variant} on {self.at:%Y-%m-%d %H:%M}"


def usual_guardrails() -> list[str]:
    return ["refunds", "tickets", "errors"]


class Experiment(models.Model):
    """A comparison of arms. The slug salts the assignment: the same participant always lands on the same arm."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        RUNNING = "running", "running"
        PAUSED = "paused", "paused"
        STOPPED = "stopped", "stopped"
        DECIDED = "decided", "decided"

    class Visit(models.TextChoices):
        ANY = "", "everyone"
        NEW = "new", "who came for the first time after its start"
        RETURNING = "returning", "who had been here before its start"

    class Reading(models.TextChoices):
        ALWAYS = "always", "may be looked at every day (confidence sequence)"
        FIXED = "fixed", "once, at the end"
        PLANNED = "planned", "at planned looks (O'Brien–Fleming)"
        BAYES = "bayes", "Bayesian"

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    hypothesis = models.TextField(blank=True, help_text="What changes, for whom, and why it should help.")
    share = models.PositiveSmallIntegerField(
        "share of traffic",
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Percent of participants who take part; it may be raised later, and who is in stays in.",
    )
    visit = models.CharField("who", max_length=10, choices=Visit.choices, blank=True, default=Visit.ANY)
    devices = models.JSONField(default=list, blank=True, help_text='["phone"]; empty: every device.')
    sources = models.JSONField(default=list, blank=True, help_text='["tiktok", "direct"]; empty: wherever from.')
    videos = models.JSONField(
        "entry videos", default=list, blank=True, help_text="Slugs of videos one arrives on; empty: by any way."
    )
    funnel = models.CharField(max_length=50, default="shop", help_text="Slug of the funnel whose goal is the goal.")
    goal = models.CharField(
        max_length=20, blank=True, default="", help_text='"revenue" or "step:<place>"; empty: what the funnel leads to.'
    )
    guardrails = models.JSONField(default=usual_guardrails, blank=True, help_text='["refunds", "speed"]')
    secondary = models.JSONField("other metrics", default=list, blank=True, help_text='["revenue", "step:1"]')
    reading = models.CharField(max_length=10, choices=Reading.choices, default=Reading.ALWAYS)
    worth_percent = models.FloatField(
        "smallest lift that matters", default=5, validators=[MinValueValidator(0.1)], help_text="In percent."
    )
    bearable_percent = models.FloatField(
        "loss a guardrail may bear", default=5, validators=[MinValueValidator(0)], help_text="In percent."
    )
    planned_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(7)])
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    phases = models.JSONField(
        default=list,
        editable=False,
        help_text="From when on which share and weights: [{at (microseconds), share, weights}]",
    )
    ramp_stopped = models.CharField(
        max_length=300, blank=True, default="", editable=False, help_text="Why its share grows no more by itself."
    )
    decision = models.CharField(max_length=200, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name

    def touches(self) -> set[str]:
        """Slots and values that any arm changes."""
        return {name for arm in self.arms.select_related("variant") if arm.variant for name in arm.variant.changes()}

    def refuse_clash(self, variants: Iterable[Variant]) -> None:
        """Raises ValidationError when one of these arms would change what another running experiment changes."""
        mine = {name for variant in variants for name in variant.changes()}
        for rival in Experiment.objects.filter(state=self.State.RUNNING).exclude(pk=self.pk):
            if shared := mine & rival.touches():
                raise ValidationError(f"The running experiment “{rival}” changes {', '.join(sorted(shared))} as well.")


class Arm(models.Model):
    """A variant inside an experiment, and its share; no variant means the control."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="arms")
    slug = models.SlugField(max_length=20)
    variant = models.ForeignKey(Variant, models.PROTECT, null=True, blank=True, related_name="arms")
    weight = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["experiment", "slug"], name="one_slug_per_arm")]

    def __str__(self) -> str:
        return f"{self.experiment.slug}={self.slug}"


class RampStep(models.Model):
    """From which day of an experiment on which share of traffic takes part: moved by itself, and never down."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="ramp")
    day = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)], help_text="Whole days after the start.")
    share = models.PositiveSmallIntegerField(
        "share of traffic", validators=[MinValueValidator(1), MaxValueValidator(100)], help_text="Percent."
    )

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["experiment", "day"], name="one_share_a_day")]

    def __str__(self) -> str:
        return f"{self.share} % on day {self.day}"
