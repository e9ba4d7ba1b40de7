"""Products in the admin: what is shown, what it costs, and what is promised beside it."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Max
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action

from shop.admin.addresses import OwnAddress
from shop.admin.imports import Importing
from shop.admin.saving import OnlyTyped
from shop.admin.skus import SkuForm, SkuInline
from shop.admin.widgets import InDollars, Lines, Pictures, RowForm, chip, picture
from shop.errors import OutOfStock
from shop.models import Product, ProductImage, Sku
from shop.models.deals import LONGEST
from shop.services.copies import copy_of
from shop.templatetags.shop import money

COPY = "shop_product_save_and_copy"  # as the button is called on the page


class ProductForm(OwnAddress):
    named_by = ("title",)
    details = Lines(cells=True, help_text="A line each, like: Volume | 30 ml")
    in_the_box = Lines(help_text="A line each.")
    size_chart = Lines(cells=True, help_text="The heads first, then a line a size, like: S | 86 cm")
    new_pictures = Pictures(label="Add pictures", help_text="They come after the ones that are there; drag to reorder.")

    class Meta:
        labels: ClassVar = {
            "creator": "Store",
            "is_listed": "In the shop",
            "link_title": "Name on videos",
            "option_name": "What a buyer chooses",
            "sold": "Sold so far",
            "delivery_from_days": "Arrives after, in days, at the earliest",
            "delivery_to_days": "Arrives after, in days, at the latest",
            "deal_percent": "Percent off",
            "deal_starts_at": "Starts",
            "deal_ends_at": "Ends",
            "deal_pieces": "Pieces",
        }
        help_texts: ClassVar = {
            "is_listed": "Buyers can find and buy it.",
            "summary": "One sentence, below the title.",
            "option_name": "Like Size, Colour or Scent; what there is to choose from are the SKUs below.",
            "shipping_cents": "For one order of it; empty or 0: free.",
            "sold": "Counted by the shop; nothing to type.",
        }


class ImageInline(TabularInline):
    """Ordered by dragging, or by number; the first picture is the one in lists."""

    model = ProductImage
    form = RowForm
    extra = 0
    max_num = 0  # pictures are added by dropping them
    fields = ["preview", "position"]
    readonly_fields = ["preview"]
    ordering_field = "position"
    verbose_name = "picture"
    verbose_name_plural = "pictures, the first one stands in lists"

    @admin.display(description="Picture")
    def preview(self, image: ProductImage) -> str:
        return picture(image.url, "large")


@admin.register(Product)
class ProductAdmin(Importing, OnlyTyped, InDollars, ModelAdmin):
    form = ProductForm
    list_display = ["thumbnail", "title", "creator", "category", "price", "stock", "state", "sold"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["is_listed", "category", "creator"]
    list_select_related = ["creator", "category"]
    search_fields = ["title", "slug", "skus__code"]
    autocomplete_fields = ["creator", "category", "assurances"]
    readonly_fields = ["deal_preview"]
    actions = ["list_products", "delist_products"]
    actions_list = ["import_products", "export_products"]
    actions_submit_line = ["save_and_copy"]
    fieldsets = [
        (None, {"fields": ["title", "link_title", "creator", "category", "new_pictures", "is_listed", "slug"]}),
        (
            "What it is",
            {"fields": ["summary", "description", "details", "in_the_box", "size_chart"], "classes": ["tab"]},
        ),
        ("How it is sold", {"fields": ["option_name", "assurances", "sold"], "classes": ["tab"]}),
        (
            "How it arrives",
            {"fields": ["shipping_cents", "delivery_from_days", "delivery_to_days"], "classes": ["tab"]},
        ),
        (
            "Flash deal",
            {
                "fields": ["deal_percent", "deal_starts_at", "deal_ends_at", "deal_pieces", "deal_preview"],
                "description": f"Something off every SKU, for {LONGEST.total_seconds() / 3600:.0f} hours at most.",
                "classes": ["tab"],
            },
        ),
    ]
    inlines = [SkuInline, ImageInline]

    class Media:
        css = {"all": ["shop/admin/content.css"]}
        js = [Script("shop/admin/drop.js", defer=True)]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("skus", "images")

    def view_on_site(self, product: Product) -> str | None:
        return reverse("shop:product", args=[product.slug]) if product.is_listed else None

    def save_model(self, request, product, form, change) -> None:
        super().save_model(request, product, form, change)
        if "deal_starts_at" in form.changed_data:  # another start is another deal: all of its pieces are there
            Product.objects.filter(pk=product.pk).update(deal_claimed=0)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        product = form.instance
        last = product.images.aggregate(last=Max("position", default=-1))["last"]
        for position, file in enumerate(form.cleaned_data.get("new_pictures", []), last + 1):
            ProductImage.objects.create(product=product, upload=file, position=position)

    def save_formset(self, request, form, formset, change) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Sku:
            for sku in formset.forms:
                if sku.instance.pk and sku not in formset.deleted_forms:
                    self._move_stock(request, sku)

    def _move_stock(self, request, sku: SkuForm) -> None:
        try:
            with transaction.atomic():
                sku.move_stock()
        except OutOfStock:
            self.message_user(request, f"{sku.instance} was just bought: its stock was not changed.", messages.ERROR)

    def has_copy_permission(self, request, obj=None) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    has_import_permission = has_copy_permission

    @action(description="Save and copy", permissions=["copy"])
    def save_and_copy(self, request, product: Product) -> None:
        """Pressed before the SKUs and pictures are saved: response_change() copies."""

    def response_change(self, request, product):
        if COPY not in request.POST or not self.has_copy_permission(request):
            return super().response_change(request, product)
        copied = copy_of(product)
        self.message_user(request, "This is the copy. It is not listed yet, and has no stock.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:shop_product_change", args=[copied.pk]))

    @action(description="Import from CSV", icon="upload", permissions=["import"])
    def import_products(self, request):
        return HttpResponseRedirect(reverse("admin:shop_product_import"))

    @action(description="Export as CSV", icon="download", permissions=["view"])
    def export_products(self, request):
        return HttpResponseRedirect(reverse("admin:shop_product_export"))

    @admin.display(description="")
    def thumbnail(self, product: Product) -> str:
        return picture(product.picture_url, alt=product.title)

    @admin.display(description="Price")
    def price(self, product: Product) -> str:
        first = product.cheapest
        if not first:
            return "no SKU"
        deal = f" ({money(first.price_cents)} without the deal)" if product.deal_runs else ""
        return f"{'from ' if product.price_differs else ''}{money(product.price_in_deal(first.price_cents))}{deal}"

    @admin.display(description="Stock")
    def stock(self, product: Product) -> str:
        return chip("Sold out", "bad") if product.sold_out else str(sum(sku.stock for sku in product.skus.all()))

    @admin.display(description="State", ordering="is_listed")
    def state(self, product: Product) -> str:
        if not product.is_listed:
            return chip("Not listed")
        return chip(f"Deal, -{product.deal_percent} %", "busy") if product.deal_runs else chip("Listed", "good")

    @admin.display(description="What buyers see")
    def deal_preview(self, product: Product) -> str:
        skus = [(sku, in_deal(product, sku.price_cents)) for sku in product.skus.all()] if product.pk else []
        shown = {"product": product, "skus": skus}
        return mark_safe(render_to_string("admin/shop/deal_preview.html", shown))  # noqa: S308

    @admin.action(description="List in the shop", permissions=["change"])
    def list_products(self, request, products) -> None:
        self._list(request, products, True)

    @admin.action(description="Take out of the shop", permissions=["change"])
    def delist_products(self, request, products) -> None:
        self._list(request, products, False)

    def _list(self, request, products, on: bool) -> None:
        changed = products.update(is_listed=on, changed_at=timezone.now())
        products = f"{changed} product{pluralize(changed)}"
        self.message_user(request, f"{products} {'listed' if on else 'taken out of the shop'}.")


def in_deal(product: Product, cents: int) -> int:
    """What it costs while the deal runs, whether it runs yet or not."""
    return cents * (100 - (product.deal_percent or 0)) // 100
