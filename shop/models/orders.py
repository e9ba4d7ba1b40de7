"""Orders: what was bought, at which price, and where it is now."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from shop.errors import MoveRefused
from shop.models.cart import Cart
from shop.models.codes import new_code
from shop.models.feed import Creator
from shop.models.order_lines import OrderLine
from shop.models.owned import OwnedQuerySet
from shop.payments import CASH, method_of

FRESH = timedelta(minutes=15)
REVIEW_WINDOW = timedelta(days=60)  # after delivery, in which what was bought can be reviewed


class OrderQuerySet(OwnedQuerySet["Order"]):
    def for_list(self) -> "OrderQuerySet":
        return self.prefetch_related(_lines()).order_by("-placed_at", "-pk")

    def for_page(self) -> "OrderQuerySet":
        return self.prefetch_related(_lines(), "moves", "trackings", "returns")

    def to_pay(self) -> "OrderQuerySet":
        """Cash on delivery that is not delivered yet."""
        return self.filter(payment=CASH, status__in=[Order.Status.PLACED, Order.Status.SHIPPED])

    def to_review(self) -> "OrderQuerySet":
        """Delivered not too long ago, with something in it that has no review yet."""
        since = timezone.now() - REVIEW_WINDOW
        delivered = OrderMove.objects.filter(after=Order.Status.DELIVERED, at__gt=since)
        open_lines = OrderLine.objects.filter(review=None)
        return self.filter(
            models.Exists(delivered.filter(order=models.OuterRef("pk"))),
            models.Exists(open_lines.filter(order=models.OuterRef("pk"))),
            status=Order.Status.DELIVERED,
        )

    def due(self) -> "OrderQuerySet":
        """Whose parcel should have taken its next step by now."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")


def _lines() -> models.Prefetch:
    return models.Prefetch("lines", OrderLine.objects.select_related("sku__product__creator", "review"))


class Order(models.Model):
    """A copy of everything that was agreed; later changes of a product do not reach it."""

    class Status(models.TextChoices):
        PLACED = "placed", "Being packed"
        SHIPPED = "shipped", "On its way"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    MOVES = {
        Status.PLACED: {Status.SHIPPED, Status.CANCELLED},
        Status.SHIPPED: {Status.DELIVERED},
        Status.DELIVERED: set(),
        Status.CANCELLED: set(),
    }

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    buyer = models.CharField(max_length=32, db_index=True)
    participant = models.BigIntegerField(help_text="Whose walk the order belongs to.")
    key = models.CharField(max_length=32, unique=True, help_text="Of the checkout page it came from.")
    answers = models.CharField(max_length=64, help_text="Hash of what the form said.")
    cart = models.ForeignKey(Cart, models.PROTECT, related_name="orders")
    cart_version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLACED)
    full_name = models.CharField(max_length=80)
    street = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=10)
    delivery = models.CharField(max_length=10)
    arrives_from = models.DateField()
    arrives_to = models.DateField()
    payment = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    subtotal_cents = models.PositiveBigIntegerField()
    shipping_cents = models.PositiveBigIntegerField()
    coupon = models.CharField(max_length=20, blank=True, help_text="Code of the coupon that was used.")
    discount_cents = models.PositiveBigIntegerField(default=0, help_text="What the coupon took off.")
    total_cents = models.PositiveBigIntegerField()
    refunded_cents = models.PositiveBigIntegerField(default=0)
    placed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="When the parcel takes its next step by itself."
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "cart_version"], name="one_order_per_cart_version"),
            models.CheckConstraint(
                condition=models.Q(
                    total_cents=models.F("subtotal_cents") + models.F("shipping_cents") - models.F("discount_cents")
                ),
                name="total_is_the_sum",
            ),
            models.CheckConstraint(
                condition=models.Q(refunded_cents__lte=models.F("total_cents")), name="never_more_refunded_than_paid"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_fresh(self) -> bool:
        return self.status == self.Status.PLACED and timezone.now() - self.placed_at < FRESH

    @property
    def can_cancel(self) -> bool:
        return self.Status.CANCELLED in self.MOVES[self.status]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines.all())

    @property
    def is_paid(self) -> bool:
        return self.payment != CASH or self.status == self.Status.DELIVERED

    @property
    def is_open(self) -> bool:
        return bool(self.MOVES[self.status])

    @property
    def left_cents(self) -> int:
        """What could still be paid back."""
        return self.total_cents - self.refunded_cents if self.is_paid else 0

    @property
    def delivered_at(self) -> datetime | None:
        """Wants prefetched moves."""
        return next((move.at for move in self.moves.all() if move.after == self.Status.DELIVERED), None)

    @property
    def can_review(self) -> bool:
        """Delivered, and not longer ago than the window for reviews."""
        return bool(self.delivered_at) and timezone.now() - self.delivered_at < REVIEW_WINDOW

    @property
    def stores(self) -> list[tuple[Creator, list["OrderLine"]]]:
        """Its lines by store, in the order in which the stores came in."""
        found: dict[int, tuple[Creator, list[OrderLine]]] = {}
        for line in self.lines.all():
            store = line.sku.product.creator
            found.setdefault(store.pk, (store, []))[1].append(line)
        return list(found.values())

    @property
    def payment_title(self) -> str:
        return method_of(self.payment).title

    @property
    def timeline(self) -> list[tuple[str, datetime | None]]:
        """What has happened and what is to come: (status, when or None); wants prefetched moves."""
        happened = {move.after: move.at for move in self.moves.all()}
        if self.status == self.Status.CANCELLED:
            path = [self.Status.PLACED, self.Status.CANCELLED]
        else:
            path = [self.Status.PLACED, self.Status.SHIPPED, self.Status.DELIVERED]
        return [(TOLD[status], happened.get(status)) for status in path]

    def move(self, to: str, at: datetime | None = None) -> None:
        """One allowed move, decided by the database, with a row in the log. Wants to be in a transaction."""
        if to not in self.MOVES[self.status] or not self._still(self.status).update(status=to):
            raise MoveRefused(f"Order {self.code} has moved on; it cannot be {to} any more.")
        self.moves.create(before=self.status, after=to, at=at or timezone.now())
        self.status = to

    def _still(self, status: str) -> models.QuerySet["Order"]:
        return Order.objects.filter(pk=self.pk, status=status)


TOLD = {
    Order.Status.PLACED: "Order placed",
    Order.Status.SHIPPED: "Handed to the carrier",
    Order.Status.DELIVERED: "Delivered",
    Order.Status.CANCELLED: "Cancelled",
}


class OrderMove(models.Model):
    """The log of an order: which status it left for which, and when."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=Order.Status.choices, blank=True)
    after = models.CharField(max_length=10, choices=Order.Status.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before or 'nothing'} → {self.after}"


class Tracking(models.Model):
    """Where a parcel was seen, as the carrier tells it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="trackings")
    text = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
