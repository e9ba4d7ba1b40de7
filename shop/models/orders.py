"""Orders: what was bought, at which price, and where it is now."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from shop.errors import MoveRefused
from shop.models.cart import LIMIT, Cart
from shop.models.codes import new_code
from shop.models.files import url_of
from shop.models.product import NO_PICTURE, Sku
from shop.payments import method_of

FRESH = timedelta(minutes=15)


class OrderQuerySet(models.QuerySet["Order"]):
    def of(self, buyer: str | None) -> "OrderQuerySet":
        """Where every page starts: orders of who asks, and of nobody when nobody is known."""
        return self.filter(buyer=buyer) if buyer else self.none()

    def for_list(self) -> "OrderQuerySet":
        return self.prefetch_related("lines").order_by("-placed_at", "-pk")

    def for_page(self) -> "OrderQuerySet":
        return self.prefetch_related("lines", "moves")


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
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the parcel takes its next step by itself.")

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

    def move(self, to: str) -> None:
        """One allowed move, decided by the database, with a row in the log. Wants to be in a transaction."""
        if to not in self.MOVES[self.status] or not self._still(self.status).update(status=to):
            raise MoveRefused(f"Order {self.code} has moved on; it cannot be {to} any more.")
        self.moves.create(before=self.status, after=to)
        self.status = to

    def _still(self, status: str) -> models.QuerySet["Order"]:
        return Order.objects.filter(pk=self.pk, status=status)


TOLD = {
    Order.Status.PLACED: "Order placed",
    Order.Status.SHIPPED: "Handed to the carrier",
    Order.Status.DELIVERED: "Delivered",
    Order.Status.CANCELLED: "Cancelled",
}


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="+")
    product = models.CharField(max_length=50, help_text="Slug of the product.")
    sku_code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    option = models.CharField(max_length=60)
    store = models.CharField(max_length=80)
    picture = models.CharField(max_length=200, blank=True, help_text="A path below static/.")
    video = models.CharField(max_length=50, blank=True, help_text="Slug of the video that led here.")
    unit_price_cents = models.PositiveBigIntegerField()
    discount_cents = models.PositiveBigIntegerField(default=0, help_text="This line's part of the order's discount.")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="one_order_line_per_sku"),
            models.CheckConstraint(condition=models.Q(quantity__range=(1, LIMIT)), name="order_quantity_in_limits"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}, {self.option}"

    @property
    def total_cents(self) -> int:
        return self.unit_price_cents * self.quantity

    @property
    def picture_url(self) -> str:
        return url_of(self.picture or NO_PICTURE, NO_PICTURE)


class OrderMove(models.Model):
    """The log of an order: which status it left for which, and when."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=Order.Status.choices, blank=True)
    after = models.CharField(max_length=10, choices=Order.Status.choices)
    at = models.DateTimeField(auto_now_add=True)

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
