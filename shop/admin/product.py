"""Products in the admin: what is shown, what is bought, and what is promised beside it."""

from django.contrib import admin
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline

from shop.models import Assurance, Category, Product, ProductImage, Review, Sku
from shop.templatetags.shop import money


def picture(url: str, shape: str = "square") -> str:
    """A thumbnail for a list; "tall" for a poster, "round" for a face."""
    width, height = {"tall": (36, 64), "round": (40, 40)}.get(shape, (48, 48))
    return format_html(
        '<img src="{}" alt="" width="{}" height="{}" loading="lazy" style="object-fit:cover;border-radius:{}">',
        url, width, height, "50%" if shape == "round" else "6px",
    )  # fmt: skip


class SkuInline(TabularInline):
    """Stock is moved, not typed over: a new SKU opens with none, and stock movements bring it."""

    model = Sku
    extra = 0
    fields = ["code", "option", "price_cents", "list_price_cents", "stock", "position"]
    readonly_fields = ["stock"]


class ImageInline(TabularInline):
    model = ProductImage
    extra = 0
    fields = ["preview", "path", "position"]
    readonly_fields = ["preview"]

    @admin.display(description="")
    def preview(self, image: ProductImage) -> str:
        return picture(image.url) if image.path else ""


@admin.register(Product)
class ProductAdmin(ModelAdmin):
    list_display = ["thumbnail", "title", "creator", "category", "price", "stock", "sold", "is_listed"]
    list_display_links = ["thumbnail", "title"]
    list_editable = ["is_listed"]
    list_filter = ["is_listed", "category", "creator"]
    list_select_related = ["creator", "category"]
    search_fields = ["title", "slug", "skus__code"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["creator", "category", "assurances"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "link_title", "creator", "category", "is_listed"]}),
        ("What it is", {"fields": ["summary", "description", "details", "in_the_box"], "classes": ["tab"]}),
        ("How it is sold", {"fields": ["option_name", "assurances", "sold"], "classes": ["tab"]}),
        (
            "How it arrives",
            {"fields": ["shipping_cents", "delivery_from_days", "delivery_to_days"], "classes": ["tab"]},
        ),
    ]
    inlines = [SkuInline, ImageInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("skus", "images")

    @admin.display(description="")
    def thumbnail(self, product: Product) -> str:
        return picture(product.picture_url)

    @admin.display(description="Price")
    def price(self, product: Product) -> str:
        first = product.cheapest
        return f"{'from ' if product.price_differs else ''}{money(first.price_cents)}" if first else "no SKU"

    @admin.display(description="Stock")
    def stock(self, product: Product) -> str:
        return "Sold out" if product.sold_out else str(sum(sku.stock for sku in product.skus.all()))


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Assurance)
class AssuranceAdmin(ModelAdmin):
    list_display = ["title", "summary", "position"]
    list_editable = ["position"]
    search_fields = ["title", "summary"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    list_display = ["product", "stars", "author", "said", "helpful", "posted_at"]
    list_filter = ["stars", "product__category"]
    list_select_related = ["product"]
    search_fields = ["author", "text", "product__title"]
    autocomplete_fields = ["product"]

    @admin.display(description="Text")
    def said(self, review: Review) -> str:
        return review.text[:80]
