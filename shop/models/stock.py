"""The ledger of stock."""

from django.db import models

from shop.models.product import Sku


class StockMovement(models.Model):
    """Why stock changed, and by how much: the sum of a SKU's movements is its stock."""

    class Reason(models.TextChoices):
        OPENING = "opening", "opening stock"
        SALE = "sale", "sold"
        CANCELLATION = "cancel", "given back by a cancelled order"
        RETURN = "return", "came back from a buyer"
        CORRECTION = "correction", "corrected by staff"

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="movements")
    change = models.IntegerField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    order = models.CharField(max_length=12, blank=True, help_text="Code of the order that moved it.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.change:+d} {self.sku}"
