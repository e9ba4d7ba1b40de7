"""Which state the journeys and the counts of a day are in."""

from django.db import models


class DayVersion(models.Model):
    """Another random number whenever the journeys of a day change: what was derived from others is out of date.

    A day without a row has never been touched; nothing is kept of it.
    """

    day = models.DateField(primary_key=True)
    version = models.BigIntegerField()
    touched_at = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")
    counted = models.BigIntegerField(default=0, help_text="Another random number whenever its counts are rebuilt.")

    def __str__(self) -> str:
        return f"{self.day} in version {self.version}"
