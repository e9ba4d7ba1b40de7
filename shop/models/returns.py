"""Returns: sending things back, or asking for money back without sending anything."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from shop.errors import MoveRefused
from shop.models.codes import new_code
from shop.models.files import file_goes_with_row
from shop.models.messages import private_files
from shop.models.orders import Order, OrderLine
from shop.models.owned import OwnedQuerySet

WINDOW = timedelta(days=30)  # after delivery, in which a return can be asked for


class ReturnQuerySet(OwnedQuerySet["Return"]):
    def due(self) -> "ReturnQuerySet":
        """Those whose clock has run out."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")

    def open(self) -> "ReturnQuerySet":
        return self.filter(status__in=[status for status, moves in Return.MOVES.items() if moves])

    def for_list(self) -> "ReturnQuerySet":
        return self.select_related("order").prefetch_related("lines__line").order_by("-asked_at", "-pk")

    def for_page(self) -> "ReturnQuerySet":
        return self.for_list().prefetch_related("moves", "photos")


class Return(models.Model):
    """`due_at` is when the clock of its status runs out: what happens then is in the services."""

    class Kind(models.TextChoices):
        RETURN = "return", "Send it back and get a refund"
        REFUND = "refund", "Refund only, keep the items"

    class Reason(models.TextChoices):
        MISSING = "missing", "It never arrived"
        WRONG = "wrong", "I got the wrong thing"
        DEFECTIVE = "defective", "It is damaged or does not work"
        INCOMPLETE = "incomplete", "Parts are missing"
        DIFFERENT = "different", "It is not as described"
        LATE = "late", "It came too late"
        MIND = "mind", "I changed my mind"

    class Way(models.TextChoices):
        DROP = "drop", "Drop it off"
        POST = "post", "Post it yourself"

    class Status(models.TextChoices):
        ASKED = "asked", "Waiting for the seller"
        ACCEPTED = "accepted", "Send it back"
        SENT = "sent", "On its way back"
        REFUNDED = "refunded", "Refunded"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        Status.ASKED: {Status.ACCEPTED, Status.REFUNDED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.SENT, Status.WITHDRAWN},
        Status.SENT: {Status.REFUNDED, Status.DECLINED},
        Status.REFUNDED: set(),
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
    }

    # It is sent back only when there is something to send; keeping it needs a reason better than a change of mind.
    REASONS = {
        Kind.RETURN: [
            Reason.WRONG, Reason.DEFECTIVE, Reason.INCOMPLETE, Reason.DIFFERENT, Reason.LATE, Reason.MIND,
        ],
        Kind.REFUND: [Reason.MISSING, Reason.WRONG, Reason.DEFECTIVE, Reason.INCOMPLETE, Reason.DIFFERENT],
    }  # fmt: skip
    PROVEN = {Reason.WRONG, Reason.DEFECTIVE, Reason.DIFFERENT}  # a refund without sending back needs a photo

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    buyer = models.CharField(max_length=32, db_index=True)
    participant = models.BigIntegerField(help_text="Whose walk the return belongs to.")
    key = models.CharField(max_length=32, help_text="Of the form it came from: sent twice, it is one return.")
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    answer = models.TextField(max_length=2000, blank=True, help_text="What the seller says to it.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    refund_cents = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["buyer", "key"], name="one_return_per_form")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return bool(self.MOVES[self.status])

    @property
    def can_withdraw(self) -> bool:
        return self.Status.WITHDRAWN in self.MOVES[self.status]

    @property
    def count(self) -> int:
        """Wants prefetched lines."""
        return sum(line.quantity for line in self.lines.all())

    @classmethod
    def needs_photo(cls, kind: str, reason: str) -> bool:
        return kind == cls.Kind.REFUND and reason in cls.PROVEN

    @property
    def label(self) -> str:
        """What the label on the parcel says, and its QR code."""
        return f"RETURN-{self.code.upper()}"

    @property
    def timeline(self) -> list[tuple[str, datetime | None]]:
        """What has happened and what is to come: (in words, when or None); wants prefetched moves."""
        happened = [(move.after, move.at) for move in self.moves.all()]
        known = {status for status, _ in happened}
        path = [Status.ASKED, Status.REFUNDED] if self.kind == Kind.REFUND else list(TOLD)[:4]
        coming = [(status, None) for status in path if status not in known] if self.is_open else []
        return [(TOLD[status], at) for status, at in [*happened, *coming]]

    def move(self, to: str, due_at: datetime | None = None) -> None:
        """One allowed move, decided by the database, with a row in the log. Wants to be in a transaction."""
        still = Return.objects.filter(pk=self.pk, status=self.status)
        if to not in self.MOVES[self.status] or not still.update(status=to, due_at=due_at):
            raise MoveRefused(f"Return {self.code} has moved on; it cannot be {to} any more.")
        self.moves.create(before=self.status, after=to)
        self.status, self.due_at = to, due_at


Kind, Status = Return.Kind, Return.Status
TOLD = {
    Status.ASKED: "Asked for",
    Status.ACCEPTED: "Accepted by the seller",
    Status.SENT: "Handed in",
    Status.REFUNDED: "Refunded",
    Status.DECLINED: "Declined by the seller",
    Status.WITHDRAWN: "Withdrawn",
}


@file_goes_with_row("upload")
class ReturnPhoto(models.Model):
    """A picture that shows what is wrong. Without a return yet while its form, known by its key, is being filled in."""

    parent = models.ForeignKey(Return, models.CASCADE, null=True, related_name="photos")
    buyer = models.CharField(max_length=32)
    key = models.CharField(max_length=32)
    upload = models.FileField(upload_to="returns/", storage=private_files)
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["ReturnPhoto"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["buyer", "key"])]

    def __str__(self) -> str:
        return self.upload.name


class ReturnLine(models.Model):
    """How many of an order's line go back. `cents` is what was paid for them, coupons taken off."""

    parent = models.ForeignKey(Return, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines")
    quantity = models.PositiveSmallIntegerField()
    cents = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["parent", "line"], name="one_return_line_per_order_line")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.title}"


class ReturnMove(models.Model):
    """The log of a return."""

    parent = models.ForeignKey(Return, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=Return.Status.choices, blank=True)
    after = models.CharField(max_length=10, choices=Return.Status.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before or 'nothing'} → {self.after}"
