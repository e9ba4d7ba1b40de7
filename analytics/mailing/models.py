"""What is sent regularly, to whom, and every mail that was written."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from analytics.mailing.addresses import refuse_bad

EVERY_DAY = 7


class ScheduleQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def due(self, now: datetime) -> "ScheduleQuerySet":
        return self.filter(is_on=True, next_at__lte=now)


class Schedule(models.Model):
    """A report or the digest that is sent at an hour of a weekday, in the time zone of the site."""

    class What(models.TextChoices):
        DIGEST = "digest", "the digest of the week"
        REPORT = "report", "a funnel report"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "every Monday"
        TUESDAY = 1, "every Tuesday"
        WEDNESDAY = 2, "every Wednesday"
        THURSDAY = 3, "every Thursday"
        FRIDAY = 4, "every Friday"
        SATURDAY = 5, "every Saturday"
        SUNDAY = 6, "every Sunday"
        DAILY = EVERY_DAY, "every day"

    name = models.CharField(max_length=100, unique=True)
    what = models.CharField(max_length=6, choices=What.choices, default=What.REPORT)
    query = models.TextField(
        "address of the report",
        blank=True,
        help_text="As it stands in the address line of a funnel report, from the question mark on. Days that move, like"
        " “the last 7”, are whole days up to yesterday.",
    )
    recipients = models.TextField(blank=True, help_text="An address a line. Empty: administrators with an address.")
    weekday = models.PositiveSmallIntegerField("when", choices=Weekday.choices, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)], help_text="0 to 23.")
    is_on = models.BooleanField("is sent", default=True)
    next_at = models.DateTimeField("due next", null=True, blank=True, editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "scheduled mail"
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"], name="schedules_by_due", condition=models.Q(is_on=True))]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.what == self.What.REPORT and not self.query.strip(" ?"):
            raise ValidationError({"query": "Say which report: paste its address."})
        refuse_bad("recipients", self.recipients)


class Unwanted(models.Model):
    """That somebody does not want a mail any more: said by the link in it. Deleted, they get it again."""

    address = models.CharField(max_length=320, help_text="In small letters.")
    about = models.CharField(max_length=40, help_text="alerts, or the number of a scheduled mail")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "unwanted mail"
        verbose_name_plural = "unwanted mails"
        constraints = [models.UniqueConstraint(fields=["address", "about"], name="unwanted_once")]

    def __str__(self) -> str:
        return f"{self.address} does not want {self.about}"


class MailQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent_at=None, gave_up=False)

    def ready(self, now: datetime) -> "MailQuerySet":
        return self.waiting().filter(next_at__lte=now, taken_until__lte=now)


class Mail(models.Model):
    """One mail to one address. `key` says what it is about: the same thing is never written down twice."""

    class Kind(models.TextChoices):
        REPORT = "report", "report"
        DIGEST = "digest", "digest"
        ALERT = "alert", "alert"

    key = models.CharField(max_length=420, unique=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    schedule = models.ForeignKey(Schedule, models.SET_NULL, null=True, blank=True, related_name="mails")
    about = models.CharField(max_length=40, help_text="What its reader can stop; see Unwanted.")
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    attachment_name = models.CharField(max_length=100, blank=True)
    attachment = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    taken_until = models.DateTimeField(default=timezone.now, help_text="Whoever sends it is not waited for longer.")
    next_at = models.DateTimeField("tried again", default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["next_at"], name="mails_that_wait", condition=models.Q(sent_at=None, gave_up=False))
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> str:
        if self.sent_at:
            return "sent"
        if self.gave_up:
            return "given up"
        return "tried again" if self.tries else "waiting"
