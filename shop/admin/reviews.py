"""Reviews in the admin: what buyers wrote stays theirs; the seller may reply, once, and hide nothing."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from shop.admin.readonly import ReadOnlyInline
from shop.models import Review, ReviewPhoto


class PhotoInline(ReadOnlyInline):
    model = ReviewPhoto
    fields = ["path", "upload"]


class RepliedFilter(admin.SimpleListFilter):
    title = "reply"
    parameter_name = "reply"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [("no", "Not replied yet"), ("yes", "Replied")]

    def queryset(self, request: HttpRequest, reviews):
        if self.value() == "no":
            return reviews.filter(reply="")
        return reviews.exclude(reply="") if self.value() == "yes" else reviews


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
