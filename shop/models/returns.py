"""Returns: sending things back, or asking for money back without sending anything."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from shop.errors import MoveRefused
from shop.models.codes import new_code
from shop.models.orders import Order, OrderLine

WINDOW = timedelta(days=30)  # after delivery, in which a return can be asked for


class ReturnQuerySet(models.QuerySet["Return"]):
    def of(self, buyer: str | None) -> "ReturnQuerySet":
        return self.filter(buyer=buyer) if buyer else self.none()


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
    due_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["buyer", "key"], name="one_return_per_form")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return bool(self.MOVES[self.status])

    def move(self, to: str, due_at=None) -> None:
        """One allowed move, decided by the database, with a row in the log. Wants to be in a transaction."""
        still = Return.objects.filter(pk=self.pk, status=self.status)
        if to not in self.MOVES[self.status] or not still.update(status=to, due_at=due_at):
            raise MoveRefused(f"Return {self.code} has moved on; it cannot be {to} any more.")
        self.moves.create(before=self.status, after=to)
        self.status, self.due_at = to, due_at


class ReturnLine(models.Model):
    """How many of an order's line go back. `cents` is what was paid for them, coupons taken off."""

    parent = models.ForeignKey(Return, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="returned")
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
