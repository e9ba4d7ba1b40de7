"""Carts in the admin: what buyers are about to buy. To look at only."""

from django.contrib import admin
from django.db.models import Sum

from shop.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from shop.models import Cart, CartLine


class LineInline(ReadOnlyInline):
    model = CartLine
    fields = ["sku", "quantity", "seen_cents", "video", "added_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sku__product")


@admin.register(Cart)
class CartAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "pieces", "version", "changed_at"]
    date_hierarchy = "changed_at"
    ordering = ["-changed_at"]
    fields = readonly_fields = ["version", "changed_at"]
    inlines = [LineInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(pieces=Sum("lines__quantity", default=0))

    @admin.display(description="Pieces", ordering="pieces")
    def pieces(self, cart: Cart) -> int:
        return cart.pieces
