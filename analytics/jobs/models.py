"""A piece of long work, as a row: how far it came, and whose turn it is."""

import secrets
from datetime import timedelta

from django.db import models
from django.utils import timezone

LEASE = timedelta(seconds=60)  # a worker that was not heard of for so long is gone


class Kind(models.TextChoices):
    BACKFILL = "backfill", "Counts of a report"
    RECOUNT = "recount", "Count again"
    EVENTS = "events", "Events as a file"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting for its turn"
    RUNNING = "running", "At work"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


def new_code() -> str:
    return secrets.token_hex(8)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.exclude(state__in=ENDED)

    def busy(self) -> "JobQuerySet":
        return self.filter(state=State.RUNNING, heard_at__gte=timezone.now() - LEASE)

    def free(self) -> "JobQuerySet":
        """Those that nobody works on, who had their last turn first."""
        abandoned = models.Q(state=State.RUNNING, heard_at__lt=timezone.now() - LEASE)
        return self.filter(models.Q(state=State.WAITING) | abandoned).order_by("turn_at", "pk")


class Job(models.Model):
    """`place` is how far it came, in words of its kind: written with what was done, so a step is done once or not at
    all. `turns` numbers the workers that had it: one that was given up can write nothing more."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=300, blank=True)
    turns = models.PositiveIntegerField(default=0)
    vain = models.PositiveSmallIntegerField(default=0, help_text="Turns since the last step that was done.")
    turn_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True)
    file = models.CharField(
        max_length=100, blank=True, help_text="Name of its file, which nobody reaches by an address."
    )
    owner = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def may_go_on(self) -> bool:
        return self.state in (State.FAILED, State.CANCELLED)

    @property
    def percent(self) -> int:
        if self.state == State.DONE:
            return 100
        return min(99, int(100 * self.done / self.total)) if self.total else 0

    @property
    def words(self) -> str:
        """Its state as a sentence."""
        match self.state:
            case State.RUNNING if self.total is not None:
                return f"{self.done:,} of {self.total:,}"
            case State.WAITING if self.turns:
                return f"{self.done:,} of {self.total or 0:,}, waiting for its next turn"
            case State.WAITING if Job.objects.busy().exists():
                return "Waits until other work has had its turn"
            case State.WAITING if timezone.now() - self.created_at > LEASE:
                return "Still waiting for its turn: is a worker running?"
            case State.DONE | State.FAILED | State.CANCELLED if self.message:
                return self.message
        return str(self.get_state_display())
