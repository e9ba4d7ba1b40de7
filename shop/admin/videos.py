"""Videos in the admin: dropped, watched while they are prepared, tied to products, and put into the feed."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Prefetch
from django.forms.widgets import Script
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from unfold.admin import ModelAdmin, TabularInline

from shop.admin.addresses import OwnAddress
from shop.admin.saving import OnlyTyped
from shop.admin.uploading import Uploading, VideoFile, in_the_feed
from shop.admin.widgets import RowForm, chip, picture
from shop.models import Upload, Video, VideoProduct
from shop.models.uploads import State
from shop.templatetags.shop import short
from shop.transcoding import tie


class VideoForm(OwnAddress):
    named_by = ("caption", "creator")
    file = VideoFile(label="Video", help_text="A new one replaces the clip as soon as it is prepared.")

    class Meta:
        labels: ClassVar = {
            "clip": "Clip that comes with the shop",
            "is_published": "In the feed",
            "is_pinned": "Pinned",
            "comment_count": "Comments",
        }
        help_texts: ClassVar = {
            "caption": "What stands on the video.",
            "sound": "The name of its music; empty: original sound.",
            "posted_at": "The date under the caption; newer videos come first.",
            "is_published": "Buyers see it as soon as it is prepared.",
        }

    def clean(self) -> dict:
        answers = super().clean()
        before = self.instance.pk and (self.instance.movie or self.instance.uploads.exists())
        if not (answers.get("file") or before or answers.get("clip") or "file" in self.errors):
            self.add_error("file", "Add the video.")
        return answers


class AnchorInline(TabularInline):
    """Ordered by dragging, or by number; the first product is the video's anchor."""

    model = VideoProduct
    form = RowForm
    extra = 0
    fields = ["product", "position"]
    ordering_field = "position"
    autocomplete_fields = ["product"]
    verbose_name = "product on this video"
    verbose_name_plural = "products on this video, the first one is its anchor"


@admin.register(Video)
class VideoAdmin(OnlyTyped, Uploading, ModelAdmin):
    form = VideoForm
    list_display = ["still", "slug", "creator", "anchor", "state", "play_count", "like_count", "posted_at"]
    list_display_links = ["still", "slug"]
    list_filter = ["is_published", "creator"]
    list_select_related = ["creator"]
    search_fields = ["slug", "caption", "creator__handle"]
    autocomplete_fields = ["creator"]
    date_hierarchy = "posted_at"
    inlines = [AnchorInline]
    readonly_fields = ["preview"]
    actions = ["publish", "unpublish"]
    fieldsets = [
        (None, {"fields": ["file", "preview", "creator", "caption", "sound", "posted_at", "is_published", "slug"]}),
        ("On the profile", {"fields": ["is_pinned"], "classes": ["tab"]}),
        (
            "Numbers of the demo",
            {
                "fields": ["likes", "saves", "shares", "comment_count", "views", "clip"],
                "description": "Counted by the shop from here on; there is nothing to type for a new video.",
                "classes": ["tab"],
            },
        ),
    ]

    class Media:
        css = {"all": ["shop/admin/content.css"]}
        js = [Script("shop/admin/drop.js", defer=True), Script("shop/admin/video.js", defer=True)]

    def get_queryset(self, request):
        newest = Prefetch("uploads", Upload.objects.order_by("-pk"))
        return super().get_queryset(request).prefetch_related("anchors__product", newest)

    def get_changeform_initial_data(self, request) -> dict:
        return {"posted_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def view_on_site(self, video: Video) -> str | None:
        return in_the_feed(video) or None

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if upload := form.cleaned_data.get("file"):
            tie(upload, form.instance)

    @admin.display(description="Preview")
    def preview(self, video: Video) -> str:
        upload = video.uploads.first() if video.pk else None
        shown = {"video": video, "upload": upload, "feed": in_the_feed(video)}
        return mark_safe(render_to_string("admin/shop/video_preview.html", shown))  # noqa: S308

    @admin.display(description="")
    def still(self, video: Video) -> str:
        return picture(video.poster_url, "tall", video.slug)

    @admin.display(description="State")
    def state(self, video: Video) -> str:
        upload = next(iter(video.uploads.all()), None)
        if upload and upload.state != State.READY:
            return mark_safe(render_to_string("admin/shop/upload_state.html", {"upload": upload}))  # noqa: S308
        if not video.clip_url:
            return chip("No video", "bad")
        return chip("In the feed", "good") if video.is_published else chip("Not published")

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

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, videos) -> None:
        self._publish(request, videos, True)

    @admin.action(description="Take out of the feed", permissions=["change"])
    def unpublish(self, request, videos) -> None:
        self._publish(request, videos, False)

    def _publish(self, request, videos, on: bool) -> None:
        changed = videos.update(is_published=on, changed_at=timezone.now())
        videos = f"{changed} video{pluralize(changed)}"
        self.message_user(request, f"{videos} {'published' if on else 'taken out of the feed'}.")
