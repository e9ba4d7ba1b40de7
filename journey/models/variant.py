"""Ways to draw the journey, and the experiments that compare them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
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

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if problems := designs.problems(self.slots, self.values):
            raise ValidationError(problems)
        for experiment in Experiment.objects.filter(state=Experiment.State.RUNNING, arms__variant=self.pk or 0):
            experiment.refuse_clash([self])

    def changes(self) -> list[str]:
        return [*self.slots, *self.values]


class Experiment(models.Model):
    """A comparison of arms. The slug salts the assignment: the same participant always lands on the same arm."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        RUNNING = "running", "running"
        STOPPED = "stopped", "stopped"

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    hypothesis = models.TextField(blank=True)

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
