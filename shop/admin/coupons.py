"""Coupons in the admin: what they take off, for whom, how often they were used, and whether they can be had now."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from shop.admin.widgets import InDollars, RowForm
from shop.models import Coupon
from shop.templatetags.shop import whole

COLOURS = {"running": "success", "to come": "info", "used up": "warning", "ended": "danger", "switched off": "danger"}


class CouponForm(forms.ModelForm):
    class Meta:
        labels: ClassVar = {
            "creator": "Store",
            "amount_cents": "Amount off",
            "least_cents": "Smallest order",
            "audience": "For whom",
            "limit": "How many orders",
            "is_active": "Switched on",
        }
        help_texts: ClassVar = {
            "amount_cents": "For an amount off.",
            "least_cents": "The things must cost so much; empty or 0: any order.",
        }


@admin.register(Coupon)
class CouponAdmin(InDollars, ModelAdmin):
    form = CouponForm
    list_display = ["code", "worth", "store", "state", "uses", "claimed", "starts_at", "ends_at", "is_active"]
    list_editable = ["is_active"]
    list_filter = ["is_active", "kind", "audience", "creator"]
    list_select_related = ["creator"]
    search_fields = ["code", "creator__handle", "creator__store_name"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "ends_at"
    readonly_fields = ["used", "claimed"]
    fieldsets = [
        (None, {"fields": ["code", "creator", "is_active"]}),
        ("What it takes off", {"fields": ["kind", ("percent", "amount_cents"), "least_cents"]}),
        ("Who has it, and how often", {"fields": ["audience", ("limit", "used"), "claimed"]}),
        ("When", {"fields": ["starts_at", "ends_at"]}),
    ]

    def get_changelist_form(self, request, **options):
        return super().get_changelist_form(request, form=RowForm, **options)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(claim_count=Count("claims"))

    @admin.display(description="Takes off", ordering="kind")
    def worth(self, coupon: Coupon) -> str:
        what = {
            Coupon.Kind.PERCENT: f"{coupon.percent} %",
            Coupon.Kind.AMOUNT: whole(coupon.amount_cents),
            Coupon.Kind.SHIPPING: "the shipping",
        }[coupon.kind]
        return f"{what} from {whole(coupon.least_cents)}" if coupon.least_cents else what

    @admin.display(description="Store", ordering="creator__store_name", empty_value="every store")
    def store(self, coupon: Coupon) -> str | None:
        return coupon.creator and coupon.creator.store_name

    @display(description="State", label=COLOURS)
    def state(self, coupon: Coupon) -> str:
        now = timezone.now()
        if not coupon.is_active:
            return "switched off"
        if coupon.ends_at <= now:
            return "ended"
        if now < coupon.starts_at:
            return "to come"
        return "running" if coupon.is_open else "used up"

    @admin.display(description="Used", ordering="used")
    def uses(self, coupon: Coupon) -> str:
        return f"{coupon.used} of {coupon.limit}" if coupon.limit else str(coupon.used)

    @admin.display(description="Claimed", ordering="claim_count")
    def claimed(self, coupon: Coupon) -> int:
        return getattr(coupon, "claim_count", 0)
