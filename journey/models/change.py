"""What was changed of designs and experiments."""

from django.db import models


class Change(models.Model):
    """Who changed what of a design or an experiment, and when. Appended, never edited; it outlives what it is about."""

    class Subject(models.TextChoices):
        DESIGN = "design", "design"
        EXPERIMENT = "experiment", "experiment"

    class Through(models.TextChoices):
        ADMIN = "admin", "the admin"
        API = "api", "the API"
        ITSELF = "itself", "by itself"  # the worker, or a command

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150, blank=True, help_text="Their user name; empty: nobody, it went by itself.")
    through = models.CharField(max_length=10, choices=Through.choices)
    subject = models.CharField("what", max_length=10, choices=Subject.choices)
    number = models.BigIntegerField(help_text="Key of the design or experiment.")
    name = models.CharField(max_length=100, help_text="As it was called then.")
    words = models.TextField("changes", help_text="A line for each: what, old → new.")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "number"], name="changes_of_one")]

    def __str__(self) -> str:
        return f"{self.subject} {self.name} on {self.at:%Y-%m-%d %H:%M}"
