"""Creators in the admin, and what people write under their videos."""

from typing import ClassVar

from django.contrib import admin
from django.forms.widgets import Script
from django.urls import reverse
from unfold.admin import ModelAdmin

from shop.admin.addresses import OwnAddress
from shop.admin.saving import OnlyTyped
from shop.admin.uploading import in_the_feed
from shop.admin.widgets import InDollars, Picture, chip, picture
from shop.models import Comment, Creator
from shop.services.comments import take_away
from shop.templatetags.shop import short


class CreatorForm(OwnAddress):
    named_by = ("handle", "name")
    new_portrait = Picture("Drop a portrait here", label="Portrait")

    class Meta:
        labels: ClassVar = {
            "avatar": "Portrait that comes with the shop",
            "free_shipping_from_cents": "Free shipping from",
            "is_official": "Official",
            "liked_videos": "Videos they like",
            "store_sold": "Sold by the store",
        }
        help_texts: ClassVar = {
            "handle": "What stands behind the @, like mira.glow.",
            "liked_videos": "Shown on the profile.",
            "ships_from": "Like Portland, OR.",
        }


@admin.register(Creator)
class CreatorAdmin(OnlyTyped, InDollars, ModelAdmin):
    form = CreatorForm
    list_display = ["face", "handle", "name", "store_name", "official", "store_rating", "follower_count"]
    list_display_links = ["face", "handle"]
    search_fields = ["handle", "name", "store_name"]
    autocomplete_fields = ["liked_videos"]
    readonly_fields = ["portrait_now"]
    fieldsets = [
        (None, {"fields": ["handle", "name", "bio", "new_portrait", "portrait_now", "is_official", "slug"]}),
        (
            "Store",
            {
                "fields": ["store_name", "ships_from", "free_shipping_from_cents", "business_name", "contact"],
                "classes": ["tab"],
            },
        ),
        (
            "Numbers of the demo",
            {
                "fields": ["followers", "following", "likes", "store_rating", "store_sold", "response_rate"],
                "classes": ["tab"],
            },
        ),
        ("More", {"fields": ["liked_videos", "avatar"], "classes": ["tab"]}),
    ]

    class Media:
        css = {"all": ["shop/admin/content.css"]}
        js = [Script("shop/admin/drop.js", defer=True)]

    def save_model(self, request, creator: Creator, form, change) -> None:
        super().save_model(request, creator, form, change)
        if portrait := form.cleaned_data.get("new_portrait"):
            creator.portrait.save(portrait.name, portrait)

    def view_on_site(self, creator: Creator) -> str:
        return reverse("shop:profile", args=[creator.slug])

    @admin.display(description="")
    def face(self, creator: Creator) -> str:
        return picture(creator.avatar_url, "round", creator.handle)

    @admin.display(description="Portrait now")
    def portrait_now(self, creator: Creator) -> str:
        return picture(creator.avatar_url, "face")

    @admin.display(description="Official", ordering="is_official")
    def official(self, creator: Creator) -> str:
        return chip("Official", "good") if creator.is_official else ""

    @admin.display(description="Followers", ordering="followers")
    def follower_count(self, creator: Creator) -> str:
        return short(creator.followers)


@admin.register(Comment)
class CommentAdmin(ModelAdmin):
    list_display = ["text", "author", "video", "likes", "posted_at"]
    list_select_related = ["video"]
    search_fields = ["text", "author", "video__slug"]
    fields = ["text", "author", "video", "posted_at", "is_pinned"]
    readonly_fields = ["text", "author", "video", "posted_at"]

    def has_add_permission(self, request) -> bool:
        return False

    def view_on_site(self, comment: Comment) -> str | None:
        return in_the_feed(comment.video) or None

    def delete_model(self, request, comment: Comment) -> None:
        take_away(Comment.objects.filter(pk=comment.pk))

    def delete_queryset(self, request, comments) -> None:
        take_away(comments)
