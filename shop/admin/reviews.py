"""Reviews in the admin: what buyers wrote stays theirs; the seller may reply, once, and hide nothing."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from shop.admin.filters import DoneFilter
from shop.admin.readonly import ReadOnlyInline
from shop.models import Review, ReviewPhoto


class PhotoInline(ReadOnlyInline):
    model = ReviewPhoto
    fields = ["path", "upload"]


class RepliedFilter(DoneFilter):
    title = "reply"
    parameter_name = "reply"
    undone = Q(reply="")
    no, yes = "Not replied yet", "Replied"


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    list_display = ["product", "star_marks", "author", "said", "replied", "posted_at"]
    list_filter = ["stars", RepliedFilter, "product__category"]
    list_select_related = ["product"]
    search_fields = ["author", "text", "product__title"]
    date_hierarchy = "posted_at"
    fields = [("product", "stars", "author"), ("option", "posted_at", "helpful"), "text", "reply"]
    readonly_fields = ["product", "stars", "author", "option", "posted_at", "helpful", "text"]
    inlines = [PhotoInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, review: Review) -> str | None:
        product = review.product
        return reverse("shop:product", args=[product.slug]) if product.is_listed else None

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).order_by("-posted_at")

    @display(description="Stars", ordering="stars")
    def star_marks(self, review: Review) -> str:
        return "★" * review.stars + "☆" * (5 - review.stars)

    @display(description="Text")
    def said(self, review: Review) -> str:
        return review.text[:80]

    @display(description="Replied", boolean=True)
    def replied(self, review: Review) -> bool:
        return bool(review.reply)
