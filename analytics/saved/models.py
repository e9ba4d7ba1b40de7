"""A saved report, and which counts are not complete."""

from django.db import models

from analytics.saved.definitions import Definition
from analytics.semantics.funnels import Funnel


class SavedReport(models.Model):
    """A funnel with a name, a question in words, and what is usually asked of it.

    Counts stand under `key`: an edit that changes what is counted makes a new version, and so a new key.
    """

    slug = models.SlugField("address", max_length=40, unique=True)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=200, help_text="What it answers, in words.")
    line = models.TextField("steps", help_text="As docs/funnels.md writes them.")
    labels = models.JSONField(default=list, blank=True, help_text="A name for each step.")
    window = models.CharField(max_length=20, default="7d")
    order = models.CharField(max_length=10, default="ordered")
    attempt = models.CharField(max_length=10, default="best")
    unit = models.CharField(max_length=20, default="journey")
    query = models.CharField("usually asked", max_length=1000, blank=True, help_text="As it stands in an address.")
    owner = models.CharField(max_length=150, blank=True, editable=False, help_text="The name of who made it.")
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"saved-{self.pk}-{self.version}"

    @property
    def definition(self) -> Definition:
        return Definition(self.line, tuple(self.labels), self.window, self.order, self.attempt)

    def funnel(self) -> Funnel:
        """Raises BadQuestion when its definition can no longer be read: a step may have gone."""
        return self.definition.funnel(self.slug, self.name, self.question, self.key if self.pk else "")


class Uncounted(models.Model):
    """A funnel whose counts are not complete: reports walk through journeys instead."""

    key = models.CharField(primary_key=True, max_length=50, help_text="Funnel.key")

    def __str__(self) -> str:
        return self.key
