"""The ledger of stock in the admin: to correct stock is to add a movement."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from shop.admin.readonly import ReadOnlyAdmin
from shop.errors import OutOfStock
from shop.models import Sku, StockMovement
from shop.services.stock import move_stock


class CorrectionForm(forms.ModelForm):
    """By how much the stock of a SKU changes: 20 for a delivery, -1 for a broken one."""

    change = forms.IntegerField(min_value=-1_000_000, max_value=1_000_000, widget=UnfoldAdminIntegerFieldWidget)

    class Meta:
        model = StockMovement
        fields = ["sku", "change"]

    def clean(self) -> dict:
        answers = super().clean()
        sku, change = answers.get("sku"), answers.get("change")
        if change == 0:
            raise ValidationError("A change of nothing is none.")
        if sku and change and sku.stock + change < 0:
            raise ValidationError(f"There are only {sku.stock} of these.")
        return answers


@admin.register(StockMovement)
class StockMovementAdmin(ModelAdmin):
    """Rows are added, which moves the stock, and never changed."""

    form = CorrectionForm
    list_display = ["sku", "change", "reason", "order", "at"]
    list_filter = ["reason"]
    list_select_related = ["sku__product"]
    search_fields = ["sku__code", "order"]
    autocomplete_fields = ["sku"]
    date_hierarchy = "at"

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, movement: StockMovement, form, change) -> None:
        try:
            with transaction.atomic():
                saved = move_stock(movement.sku, movement.change, StockMovement.Reason.CORRECTION)
        except OutOfStock:
            # Bought between the check of the form and now.
            self.message_user(request, "Somebody has just bought of these. Nothing was changed.", messages.ERROR)
            return
        movement.pk = saved.pk


@admin.register(Sku)
class SkuAdmin(ReadOnlyAdmin):
    """Here so that a movement can find its SKU; SKUs themselves are edited with their product."""

    list_display = ["code", "product", "option", "stock"]
    search_fields = ["code", "product__title", "option"]
    list_select_related = ["product"]
