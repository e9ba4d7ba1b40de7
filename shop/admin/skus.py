"""SKUs beside their product: prices in dollars, and stock that is moved, never typed over."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from shop.admin.saving import keep_what_moved
from shop.admin.widgets import InDollars, RowForm
from shop.models import Sku, StockMovement
from shop.services.stock import move_stock

Reason = StockMovement.Reason
MOST = 1_000_000


class SkuForm(RowForm):
    """`move` is +20 for a delivery and -1 for a broken one; of a new SKU it is what there is."""

    move = forms.IntegerField(
        label="Add or take",
        required=False,
        min_value=-MOST,
        max_value=MOST,
        # Not a number field: browsers drop the plus people write.
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric", "placeholder": "+20", "class": "dollars"}),
    )

    class Meta:
        labels: ClassVar = {"code": "SKU code", "list_price_cents": "Struck price", "position": "Order"}

    def clean(self) -> dict:
        answers = super().clean()
        price, was = answers.get("price_cents"), answers.get("list_price_cents")
        if price is not None and was is not None and was <= price:
            self.add_error("list_price_cents", "The price that is struck must be higher than the price.")
        self._refuse_too_little(answers.get("move") or 0)
        return answers

    def _refuse_too_little(self, move: int) -> None:
        if self.instance.stock + move < 0:
            raise ValidationError(f"There are only {self.instance.stock} of {self.instance.code or 'these'}.")

    def save(self, commit: bool = True) -> Sku:
        if self.instance.pk:
            keep_what_moved(self.instance, self.changed_data)
        return super().save(commit)

    def move_stock(self) -> None:
        """Wants the SKU to be saved. Raises OutOfStock when it was bought in the meantime."""
        if move := self.cleaned_data.get("move"):
            reason = Reason.CORRECTION if self.instance.movements.exists() else Reason.OPENING
            move_stock(self.instance, move, reason)


class SkuInline(InDollars, TabularInline):
    model = Sku
    form = SkuForm
    extra = 0
    fields = ["code", "option", "price_cents", "list_price_cents", "stock", "move", "position"]
    readonly_fields = ["stock"]
    ordering_field = "position"
    verbose_name = "SKU"
    verbose_name_plural = "SKUs: what is bought, with its price and stock"
