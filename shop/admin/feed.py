"""Creators and their videos in the admin, with the products that are tied to each."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from shop.admin.product import picture
from shop.models import Comment, Creator, Video, VideoProduct
from shop.templatetags.shop import short


@admin.register(Creator)
class CreatorAdmin(ModelAdmin):
    list_display = ["face", "handle", "name", "store_name", "store_rating", "follower_count"]
    list_display_links = ["face", "handle"]
    search_fields = ["handle", "name", "store_name"]
    prepopulated_fields = {"slug": ["handle"]}

    @admin.display(description="")
    def face(self, creator: Creator) -> str:
        return picture(creator.avatar_url, "round")

    @admin.display(description="Followers", ordering="followers")
    def follower_count(self, creator: Creator) -> str:
        return short(creator.followers)


class AnchorInline(TabularInline):
    """The first product is the video's anchor."""

    model = VideoProduct
    extra = 0
    fields = ["product", "position"]
    autocomplete_fields = ["product"]
    verbose_name = "product on this video"
    verbose_name_plural = "products on this video"


@admin.register(Video)
class VideoAdmin(ModelAdmin):
    list_display = ["poster", "slug", "creator", "anchor", "play_count", "like_count", "posted_at", "is_published"]
    list_display_links = ["poster", "slug"]
    list_editable = ["is_published"]
    list_filter = ["is_published", "creator"]
    list_select_related = ["creator"]
    search_fields = ["slug", "caption", "creator__handle"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "posted_at"
    inlines = [AnchorInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("anchors__product")

    @admin.display(description="")
    def poster(self, video: Video) -> str:
        return picture(video.poster_url, "tall")

    @admin.display(description="Anchor")
    def anchor(self, video: Video) -> str:
        tied = video.anchors.all()
        more = f" and {len(tied) - 1} more" if len(tied) > 1 else ""
        return f"{tied[0].product.link_title}{more}" if tied else "none"

    @admin.display(description="Plays", ordering="views")
    def play_count(self, video: Video) -> str:
        return short(video.views)

    @admin.display(description="Likes", ordering="likes")
    def like_count(self, video: Video) -> str:
        return short(video.likes)


@admin.register(Comment)
class CommentAdmin(ModelAdmin):
    list_display = ["text", "author", "video", "likes", "posted_at"]
    list_select_related = ["video"]
    search_fields = ["text", "author", "video__slug"]
    autocomplete_fields = ["video"]
