"""What counting leaves behind: journeys, and how many of them got how far."""

import struct
from itertools import accumulate, pairwise

from django.db import models

from analytics.alerts.models import Alert, AlertRule, Look
from analytics.columns.models import DayVersion
from analytics.dashboard.models import ArmCount, HourCount
from analytics.days import DayQuerySet as DayQuerySet
from analytics.diagnosis.models import Benchmark, Diagnosis, VerdictDay
from analytics.experiments.models import Unit
from analytics.forwarding.models import Destination, Outgoing
from analytics.jobs.models import Job
from analytics.mailing.models import Mail, Schedule, Unwanted
from analytics.saved.models import SavedReport, Uncounted
from analytics.semantics.funnels import SIX_STAGES
from analytics.videos.models import ProductDay, VideoDay
from journey.models.participant import Participant, code_of

__all__ = [
    "Alert",
    "AlertRule",
    "ArmCount",
    "Benchmark",
    "DayVersion",
    "Destination",
    "Diagnosis",
    "Funnel",
    "FunnelCount",
    "HourCount",
    "Job",
    "Journey",
    "Look",
    "Mail",
    "Outgoing",
    "ProductDay",
    "SavedReport",
    "Schedule",
    "TouchedDay",
    "Uncounted",
    "Unit",
    "Unwanted",
    "VerdictDay",
    "VideoDay",
]
FIELDS = (
    "arms", "device", "browser", "source", "campaign", "video", "product", "creator", "category", "visit", "study",
)  # fmt: skip  # what journeys are told apart by
STAGES = [(0, "None"), *enumerate(SIX_STAGES.labels, 1)]
TEXT = 100  # a longer slug of a video, product or creator is cut


class Visit(models.TextChoices):
    """Whether there was an earlier journey of the participant."""

    NEW = "new", "new"
    RETURNING = "returning", "returning"


class Journey(models.Model):
    """One walk of a participant: it begins and ends with 30 quiet minutes.

    A pure function of the participant's events, so it can be thrown away and counted again.
    """

    kind = models.CharField(max_length=10, choices=Participant.Kind.choices)
    arms = models.CharField(max_length=400, blank=True)
    device = models.CharField(max_length=10, blank=True)
    browser = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=80, blank=True)
    video = models.CharField("entry video", max_length=TEXT, blank=True)
    product = models.CharField(max_length=TEXT, blank=True)
    creator = models.CharField(max_length=TEXT, blank=True)
    category = models.CharField(max_length=TEXT, blank=True)
    campaign = models.CharField(max_length=80, blank=True)
    visit = models.CharField(max_length=10, choices=Visit.choices, blank=True)
    study = models.CharField(max_length=TEXT, blank=True)
    participant = models.BigIntegerField(help_text="Participant.number; no foreign key crosses an app.")
    start = models.BigIntegerField(help_text="Microseconds since 1970, UTC.")
    stop = models.BigIntegerField()
    day = models.DateField(help_text="The UTC day of its start.")
    path = models.TextField(help_text="One letter an event, in order.")
    pauses = models.BinaryField(help_text="Microseconds before each event of the path, as 32-bit numbers.")
    stage = models.PositiveSmallIntegerField("furthest stage", choices=STAGES)
    revenue_cents = models.BigIntegerField(default=0)
    said = models.PositiveIntegerField(default=0, help_text="Steps that were numbered: those here and those missing.")
    missing = models.PositiveIntegerField(default=0, help_text="Steps whose number is known and that never arrived.")
    sights = models.TextField(default="", help_text="What it did to videos and products, as videos/sights.py has it.")

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "start"], name="one_journey_a_start")]
        indexes = [
            models.Index(fields=["day", "kind"], name="journeys_of_a_day"),
            models.Index(fields=["-start"], name="journeys_latest_first"),
        ]

    def __str__(self) -> str:
        return f"Journey of {self.code}"

    @property
    def code(self) -> str:
        """The public code of its participant."""
        return code_of(self.participant)

    @property
    def seconds(self) -> float:
        return (self.stop - self.start) / 1_000_000


def packed(times: list[int]) -> bytes:
    """Times of a journey's events as its `pauses`. 32 bits suffice: no pause within a journey exceeds 30 minutes."""
    return struct.pack(f"<{len(times)}I", 0, *(later - earlier for earlier, later in pairwise(times)))


def offsets(pauses: bytes) -> list[int]:
    """Microseconds from the start of a journey to each of its events."""
    return list(accumulate(struct.unpack(f"<{len(pauses) // 4}I", pauses)))


class FunnelCount(models.Model):
    """How many journeys got exactly this far in a funnel on one UTC day: all of them, and per value of each field.

    One field at a time, so that the rows of a day grow with the catalogue and not with the traffic; a question that
    crosses two fields is answered from journeys. Rebuilt from journeys at will; nothing may live only here.
    """

    funnel = models.CharField(max_length=50, help_text="Funnel.key")
    field = models.CharField(max_length=10, blank=True, help_text="A field of Journey; empty for all journeys.")
    day = models.DateField()
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=400, blank=True)
    entry = models.PositiveSmallIntegerField(
        default=0, help_text="Days from the journey's to the one on which the first step of the chain was taken."
    )
    reached = models.PositiveIntegerField(help_text="Bit k is set when step k was reached.")
    n = models.PositiveIntegerField()
    revenue_cents = models.BigIntegerField()
    said = models.BigIntegerField(default=0, help_text="Steps that were numbered in these journeys.")
    missing = models.BigIntegerField(default=0, help_text="Steps of these journeys that never arrived.")
    gaps = models.JSONField(help_text="Step → bucket of the time since the last required step → how many.")

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [
            # In the order in which reports read: one funnel, one field, some days.
            models.UniqueConstraint(
                fields=["funnel", "field", "day", "kind", "value", "entry", "reached"], name="one_count_per_cell"
            )
        ]
        indexes = [models.Index(fields=["day"], name="counts_of_a_day")]

    def __str__(self) -> str:
        return f"{self.n} of {self.funnel} on {self.day}"


class StepCount(models.Model):
    """How often a step stands in the paths of the journeys that began on a UTC day. Rebuilt with the day's counts."""

    day = models.DateField()
    kind = models.CharField(max_length=10)
    step = models.CharField(max_length=1, help_text="Step.letter")
    n = models.PositiveIntegerField()

    objects = DayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "step"], name="one_count_per_step")]

    def __str__(self) -> str:
        return f"{self.n} of {self.step} on {self.day}"


class TouchedDay(models.Model):
    """A day whose counts are out of date. The mark changes with every touch: clear only the one you read."""

    day = models.DateField(primary_key=True)
    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.day)


class Funnel(Journey):
    """The place of the funnel report in the admin; no rows of its own."""

    class Meta:
        proxy = True
        default_permissions = ()
