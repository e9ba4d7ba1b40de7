"""What an order is made of: one line a SKU, at the price of that day."""

from django.db import models

from shop.models.cart import LIMIT
from shop.models.files import url_of
from shop.models.product import NO_PICTURE, Sku


class OrderLine(models.Model):
    order = models.ForeignKey("shop.Order", models.CASCADE, related_name="lines")
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
    deal_ends_at = models.DateTimeField(
        null=True, blank=True, help_text="End of the limited deal whose pieces it took."
    )
    quantity = models.PositiveSmallIntegerField()
    returned = models.PositiveSmallIntegerField(default=0, help_text="How many of it returns have asked for.")
    returned_cents = models.PositiveBigIntegerField(default=0, help_text="What those returns pay back.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="one_order_line_per_sku"),
            models.CheckConstraint(condition=models.Q(quantity__range=(1, LIMIT)), name="order_quantity_in_limits"),
            models.CheckConstraint(
                condition=models.Q(returned__lte=models.F("quantity")), name="never_more_returned_than_bought"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    returned_cents__lte=models.F("unit_price_cents") * models.F("quantity") - models.F("discount_cents")
                ),
                name="never_more_paid_back_than_paid_for_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}, {self.option}"

    @property
    def total_cents(self) -> int:
        return self.unit_price_cents * self.quantity

    @property
    def paid_cents(self) -> int:
        """What this line cost, its part of the discount taken off."""
        return self.total_cents - self.discount_cents

    @property
    def left(self) -> int:
        """How many of it can still be returned."""
        return self.quantity - self.returned

    def cents_for(self, quantity: int) -> int:
        """What comes back for so many of those left. The last ones get the cents that did not divide."""
        rest = self.paid_cents - self.returned_cents
        return rest * quantity // self.left if self.left else 0

    @property
    def cents_for_one(self) -> int:
        return self.cents_for(1)

    @property
    def picture_url(self) -> str:
        return url_of(self.picture or NO_PICTURE, NO_PICTURE)
