"""Benchmarks that staff may change, and the verdicts of every day."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from analytics.diagnosis import defaults


class Benchmark(models.Model):
    """What one figure is held against, where that comes from, and how far it is to be trusted."""

    class Grade(models.TextChoices):
        A = "A", "A: a platform or a primary source"
        B = "B", "B: a secondary source with a named origin"
        C = "C", "C: not to be trusted much"
        P = "P", "P: a proposal of our own"

    key = models.SlugField(unique=True, max_length=20, editable=False)
    name = models.CharField(max_length=100)
    limit = models.FloatField(
        help_text="Where the figure begins to be bad. Shares are written from 0 to 1: 0.05 is 5 %."
    )
    typical = models.FloatField(null=True, blank=True, help_text="What money that is lost is reckoned with.")
    bad = models.CharField("is bad", max_length=5, editable=False)
    unit = models.CharField(max_length=10, editable=False)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    own = models.BooleanField(
        "use the shop's own median instead",
        default=False,
        help_text="Then half of the median of the shop's other videos or products is the limit, and the median is"
        " typical, as soon as three of them have enough to tell.",
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        problems: dict[str, Any] = {}
        for field in ("limit", "typical"):
            value = getattr(self, field)
            if value is not None and (problem := self._problem(value)):
                problems[field] = problem
        if not problems and self.typical is not None and self._is_bad(self.typical):
            problems["typical"] = f"What is typical cannot be bad: it must not be {self.bad} {self.limit:g}."
        if self.own and self.key not in OWN:
            problems["own"] = "There is no median of this one: it is no rate that every video or product has."
        if problems:
            raise ValidationError(problems)

    def _problem(self, value: float) -> str:
        if value < 0:
            return "A benchmark is not below 0."
        if self.unit == defaults.SHARE and value > 1:
            return f"A share is written from 0 to 1: did you mean {value / 100:g}?"
        if self.key.startswith("gate_") and value < 1:
            return "Nothing can be told from fewer than one."
        return ""

    def get_unit_name(self) -> str:
        return UNITS[self.unit]

    def _is_bad(self, value: float) -> bool:
        return value < self.limit if self.bad == defaults.BELOW else value > self.limit


UNITS = {
    defaults.SHARE: "share, from 0 to 1",
    defaults.SECONDS: "number of seconds",
    defaults.CENTS: "sum in cents",
    defaults.COUNT: "number",
    defaults.FACTOR: "factor",
}
OWN = {"hold", "ctr", "cart", "checkout", "address", "payment", "paid", "bounce"}


class VerdictDay(models.Model):
    """The primary verdict on a video, a product or the shop at the end of a day. Derived: it can be told again."""

    class About(models.TextChoices):
        SHOP = "shop", "shop"
        VIDEO = "video", "video"
        PRODUCT = "product", "product"

    day = models.DateField(help_text="The last day that was looked at; the 30 days up to it were.")
    about = models.CharField(max_length=10, choices=About.choices)
    slug = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=3, blank=True)
    sentence = models.TextField()
    certain = models.BooleanField()
    lost_cents = models.BigIntegerField()
    product = models.CharField(max_length=100, blank=True, help_text="Of a video: whose page it leads to.")
    views = models.PositiveIntegerField(default=0, help_text="Showings of a video, page views of a product.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "about", "slug"], name="one_verdict_a_day")]

    def __str__(self) -> str:
        return f"{self.key} for {self.slug or 'the shop'} on {self.day}"


class Diagnosis(VerdictDay):
    """The place of the diagnosis in the admin; no rows of its own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name_plural = "diagnosis"
