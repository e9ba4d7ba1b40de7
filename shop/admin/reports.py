"""Reports of videos in the admin: those nobody has looked at first; a video can be taken down from here."""

from django.contrib import admin
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from shop.admin.filters import DoneFilter
from shop.admin.readonly import ReadOnly
from shop.admin.widgets import picture
from shop.models import Report, Video


class HandledFilter(DoneFilter):
    title = "looked at"
    parameter_name = "handled"
    undone = Q(handled_at=None)
    no, yes = "Not yet", "Looked at"


@admin.register(Report)
class ReportAdmin(ReadOnly, ModelAdmin):
    list_display = ["poster", "reason", "film", "reported_at", "handled_at"]
    list_display_links = None
    list_filter = [HandledFilter, "reason"]
    list_select_related = ["video__creator"]
    search_fields = ["video__slug", "video__creator__handle"]
    ordering = [F("handled_at").asc(nulls_first=True), "-reported_at"]
    actions = ["leave", "take_down"]

    @admin.display(description="")
    def poster(self, report: Report) -> str:
        return picture(report.video.poster_url, "tall")

    @admin.display(description="Video")
    def film(self, report: Report) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:shop_video_change", args=[report.video_id]), report.video
        )

    def has_take_down_permission(self, request) -> bool:
        return self.has_change_permission(request) and request.user.has_perm("shop.change_video")

    @admin.action(description="Nothing is wrong with it", permissions=["change"])
    def leave(self, request, reports) -> None:
        looked_at = reports.filter(handled_at=None).update(handled_at=timezone.now())
        self.message_user(request, f"Looked at: {looked_at}.")

    @admin.action(description="Take the video down", permissions=["take_down"])
    def take_down(self, request, reports) -> None:
        wrong = set(reports.values_list("video", flat=True))
        down = Video.objects.filter(pk__in=wrong, is_published=True).update(
            is_published=False, changed_at=timezone.now()
        )
        Report.objects.filter(video__in=wrong, handled_at=None).update(handled_at=timezone.now())
        self.message_user(request, f"Taken down: {down}. They can be published again on their own pages.")
