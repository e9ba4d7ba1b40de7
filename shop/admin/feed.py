"""Creators in the admin, and what people write under their videos."""

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.urls import reverse
from unfold.admin import ModelAdmin

from shop.admin.saving import OnlyTyped
from shop.admin.widgets import InDollars, Picture, chip, picture
from shop.models import Comment, Creator
from shop.templatetags.shop import short


class CreatorForm(forms.ModelForm):
    new_portrait = Picture("Drop a portrait here", label="Portrait")


@admin.register(Creator)
class CreatorAdmin(OnlyTyped, InDollars, ModelAdmin):
    form = CreatorForm
    list_display = ["face", "handle", "name", "store_name", "official", "store_rating", "follower_count"]
    list_display_links = ["face", "handle"]
    search_fields = ["handle", "name", "store_name"]
    prepopulated_fields = {"slug": ["handle"]}
    autocomplete_fields = ["liked_videos"]
    readonly_fields = ["portrait_now"]
    fieldsets = [
        (None, {"fields": ["handle", "slug", "name", "bio", "new_portrait", "portrait_now", "is_official"]}),
        (
            "Store",
            {
                "fields": ["store_name", "ships_from", "free_shipping_from_cents", "business_name", "contact"],
                "classes": ["tab"],
            },
        ),
        (
            "Numbers",
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
        return picture(creator.avatar_url, "round")

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
    autocomplete_fields = ["video"]
