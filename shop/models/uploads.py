"""Videos on their way into the feed: what somebody uploaded, until a worker has made a web clip of it."""

from datetime import timedelta

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from shop.models.codes import new_code
from shop.models.feed import Video

LEASE = timedelta(seconds=60)  # a worker that was not heard of for so long is gone
IMPATIENT = timedelta(seconds=30)


def originals() -> Storage:
    return storages["private"]


class State(models.TextChoices):
    WAITING = "waiting", "Waiting for its turn"
    WORKING = "working", "Being prepared"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class UploadQuerySet(models.QuerySet["Upload"]):
    def next(self) -> "Upload | None":
        return self.filter(state=State.WAITING).order_by("pk").first()

    def abandoned(self) -> "UploadQuerySet":
        return self.filter(state=State.WORKING, heard_at__lt=timezone.now() - LEASE)


class Upload(models.Model):
    """`heard_at` is when its worker last gave a sign of life; `tries` numbers its workers: one given up stays so."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    video = models.ForeignKey(Video, models.SET_NULL, null=True, blank=True, related_name="uploads")
    name = models.CharField(max_length=120, help_text="What the file was called.")
    original = models.FileField(upload_to="originals/", storage=originals, blank=True)
    movie = models.FileField(upload_to="videos/", blank=True)
    poster = models.FileField(upload_to="videos/", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it failed.")
    tries = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # A second one would take the workers' time from the clicks that wait to be counted.
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="working"), name="one_video_prepared_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (State.WAITING, State.WORKING)

    @property
    def may_try_again(self) -> bool:
        return self.state == State.FAILED and bool(self.original)

    @property
    def tone(self) -> str:
        return {State.READY: "good", State.FAILED: "bad"}.get(self.state, "busy")

    @property
    def words(self) -> str:
        """Its state as a sentence."""
        match self.state:
            case State.WORKING:
                return f"Being prepared: {self.percent} %"
            case State.FAILED:
                return self.reason
            case State.WAITING if timezone.now() - self.at > IMPATIENT and not self.tries:
                return "Still waiting for its turn: is a worker running?"
        return self.get_state_display()
