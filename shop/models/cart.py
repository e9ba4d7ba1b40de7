"""The cart: what a buyer means to buy, at the prices of now."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from shop.errors import OutOfStock, TooMany
from shop.models.product import Sku

LIMIT = 10  # of one SKU in one cart


class Cart(models.Model):
    """One a buyer. `version` grows with every change: an order names the version it was made from."""

    buyer = models.CharField(max_length=32, unique=True)
    version = models.PositiveIntegerField(default=0)
    coupon = models.CharField(max_length=20, blank=True, help_text="Code of the coupon that was asked for.")
    typed = models.JSONField(default=dict, blank=True, help_text="What a checkout that was refused had been told.")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"cart {self.pk}"

    @classmethod
    def of(cls, request: HttpRequest) -> "Cart":
        """The cart of who asks. Who never put anything in gets one without a row, and no cookie for looking."""
        known = request.buyer.known
        return (known and cls.objects.filter(buyer=known).first()) or cls(buyer=known or "")

    @classmethod
    def kept_for(cls, request: HttpRequest) -> "Cart":
        """The same, for putting something in: it has a row, and its buyer a code."""
        return cls.objects.get_or_create(buyer=request.buyer.code)[0]

    @classmethod
    def count_for(cls, buyer: str | None) -> int:
        """How many things a buyer's badge says, in one query."""
        lines = CartLine.objects.filter(cart__buyer=buyer) if buyer else CartLine.objects.none()
        return lines.aggregate(count=models.Sum("quantity"))["count"] or 0

    def contents(self) -> list["CartLine"]:
        """Every line with all that a page draws, in the order they came: two queries."""
        return list(self.lines.for_page()) if self.pk else []

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A change of lines: it bumps the version first, which also makes rivals in other tabs wait."""
        with transaction.atomic():
            self.keep(version=models.F("version") + 1)
            yield

    def add(self, sku: Sku, quantity: int, video: str = "") -> "CartLine":
        """Put more of a SKU in. Raises OutOfStock or TooMany, and then nothing is changed."""
        with self.changing():
            line = self._line_of(sku, video)
            line.put(line.quantity + quantity)
        return line

    def take(self, sku: Sku, quantity: int, video: str = "") -> "CartLine":
        """Have exactly so many of a SKU: to buy it now. Raises like add()."""
        with self.changing():
            line = self._line_of(sku, video)
            line.put(quantity)
        return line

    def _line_of(self, sku: Sku, video: str) -> "CartLine":
        line = self.lines.filter(sku=sku).first() or CartLine(cart=self, sku=sku)
        line.sku, line.video, line.is_selected = sku, video or line.video, True
        return line

    def select(self, on: bool, **which: object) -> None:
        """Mean to buy these lines now, or later. What is in the cart stays the same, and so does its version."""
        if self.pk:
            self.lines.filter(**which).update(is_selected=on)

    def keep(self, **fields: object) -> None:
        """Remember something beside the lines. Who has no cart has nothing to remember it with."""
        Cart.objects.filter(pk=self.pk).update(changed_at=timezone.now(), **fields)

    def change(self, sku: str, quantity: int) -> "CartLine | None":
        """Set how many of a SKU (its code) there are; 0 takes it out. None when it is not in the cart.

        The line that is returned knows by how much it grew or shrank: `grown`.
        """
        if not self.pk:
            return None
        with self.changing():
            line = self.lines.filter(sku__code=sku).select_related("sku__product__category").first()
            if line and quantity:
                line.put(quantity)
            elif line:
                line.take_out()
        return line


class CartLineQuerySet(models.QuerySet["CartLine"]):
    def for_page(self) -> "CartLineQuerySet":
        return (
            self.select_related("sku__product__creator", "sku__product__category")
            .prefetch_related("sku__product__images")
            .order_by("added_at")
        )


class CartLine(models.Model):
    """How many of a SKU. The price is the SKU's; the line only remembers the one the buyer last saw."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    sku = models.ForeignKey(Sku, models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=0)
    seen_cents = models.PositiveBigIntegerField()
    video = models.CharField(max_length=50, blank=True, help_text="Slug of the video that led here.")
    is_selected = models.BooleanField(default=True, help_text="Goes into the next order.")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = CartLineQuerySet.as_manager()
    grown = 0
    in_deal = True  # the pieces of a limited deal that are left are enough for it: a quote finds out
    unit_cents = 0  # what one of it costs: a quote looks once, so that no deal begins or ends between two sums

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "sku"], name="one_line_per_sku"),
            models.CheckConstraint(condition=models.Q(quantity__range=(1, LIMIT)), name="cart_quantity_in_limits"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def total_cents(self) -> int:
        return self.unit_cents * self.quantity

    @property
    def saved_cents(self) -> int:
        """What the struck price would have cost more."""
        return max(0, (self.sku.was_cents or 0) - self.unit_cents) * self.quantity

    @property
    def deal_left(self) -> int | None:
        """Pieces left of a limited deal that runs; None when no such deal runs."""
        product = self.sku.product
        return product.deal_left if product.deal_runs else None

    @property
    def takes_pieces(self) -> bool:
        """Of a limited deal, which lowers its price."""
        return bool(self.sku.product.deal_pieces) and self.unit_cents < self.sku.price_cents

    @property
    def is_available(self) -> bool:
        return self.sku.stock > 0 and self.sku.product.is_listed

    @property
    def is_short(self) -> bool:
        return self.is_available and self.quantity > self.sku.stock

    @property
    def most(self) -> int:
        """As many as this line can ask for."""
        return min(LIMIT, self.sku.stock)

    @property
    def fewer(self) -> int:
        """What one less comes to: never more than there are, and 0 takes it out."""
        return max(0, min(self.quantity - 1, self.most))

    @property
    def more(self) -> int:
        return self.quantity + 1

    @property
    def price_moved(self) -> bool:
        """Since it was put in. A limited deal that is too small for the line is said beside it."""
        return self.in_deal and self.seen_cents != self.unit_cents

    def put(self, quantity: int) -> None:
        """Save the line with this quantity, if the shop has that many. Fewer than before are always fine."""
        if quantity > LIMIT:
            raise TooMany(LIMIT)
        if quantity > max(self.sku.stock, self.quantity):
            raise OutOfStock(str(self.sku), self.sku.stock)
        self.grown, self.quantity = quantity - self.quantity, quantity
        self.seen_cents = self.sku.now_cents
        self.save()

    def take_out(self) -> None:
        self.grown = -self.quantity
        self.delete()
