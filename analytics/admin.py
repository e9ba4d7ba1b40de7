"""Reports in the admin: the funnel page, and journeys one by one."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from analytics import participants as participants  # registers its page
from analytics.charts import duration
from analytics.downloads import WithDownload
from analytics.exports import as_csv
from analytics.forwarding.admin import OutgoingAdmin
from analytics.models import Funnel, Journey
from analytics.pages import FunnelPage, as_context
from analytics.reports import report
from analytics.timelines import timeline
from journey.models.participant import number_of

__all__ = ["FunnelAdmin", "JourneyAdmin", "OutgoingAdmin"]
MAY_READ = "analytics.view_journey"


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Derived rows: to change one, change what it is counted from."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_READ)


@admin.register(Funnel)
class FunnelAdmin(ReadOnly):
    def get_urls(self) -> list[URLPattern]:
        # The list keeps its name, so that the index of the admin can link it; the report answers in its place.
        return [path("", self.admin_site.admin_view(self.funnel), name="analytics_funnel"), *super().get_urls()]

    def funnel(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.GET.get("format") == "csv":
            return _csv(FunnelPage(request.GET.dict()))
        context = as_context(request.GET.dict()) | self.admin_site.each_context(request) | {"title": "Funnel"}
        return render(request, "admin/analytics/funnel.html", context)


def _csv(page: FunnelPage) -> HttpResponse:
    """Every segment, and no file at all for a question that is not understood: a file has no place to say so."""
    if page.problem:
        return HttpResponse(page.problem, "text/plain; charset=utf-8", status=400)
    name = f"funnel-{page.question.funnel.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(report(page.question)), "text/csv; charset=utf-8", headers=headers)


@admin.register(Journey)
class JourneyAdmin(WithDownload, ReadOnly):
    list_display = ("began", "code", "furthest", "steps", "took", "kind", "device", "source", "video", "revenue")
    list_filter = ("stage", "kind", "device", "arms", "day")
    list_per_page = 50
    list_fullwidth = True
    ordering = ("-start",)
    search_fields = ("video", "product", "creator")
    search_help_text = "A participant's code, or part of a video's, product's or creator's name"
    show_full_result_count = False
    change_form_outer_before_template = "admin/analytics/timeline.html"
    fields = ("code", "began", "took", "kind", "arms", "device", "browser", "source", "video", "creator", "product")
    readonly_fields = ("code", "began", "took")

    class Media:
        css = {"all": ["analytics/report.css"]}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Journey], search_term: str
    ) -> tuple[QuerySet[Journey], bool]:
        found, duplicates = super().get_search_results(request, queryset, search_term)
        try:
            number = number_of(search_term.strip())
        except ValueError:
            return found, duplicates
        return (found | queryset.filter(participant=number) if number < 2**63 else found), duplicates

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        journey = self.get_object(request, object_id) if object_id else None
        extra = {"timeline": timeline(journey), "journey": journey} if journey else {}
        return super().changeform_view(request, object_id, form_url, (extra_context or {}) | extra)

    @admin.display(description="began (UTC)", ordering="start")
    def began(self, journey: Journey) -> str:
        return f"{datetime.fromtimestamp(journey.start // 1_000_000, UTC):%Y-%m-%d %H:%M:%S}"

    @admin.display(description="participant")
    def code(self, journey: Journey) -> str:
        return journey.code

    @admin.display(description="furthest stage", ordering="stage")
    def furthest(self, journey: Journey) -> str:
        return str(journey.get_stage_display())

    @admin.display(description="steps")
    def steps(self, journey: Journey) -> int:
        return len(journey.path)

    @admin.display(description="took")
    def took(self, journey: Journey) -> str:
        return duration(journey.stop - journey.start).replace(" ", "\N{NO-BREAK SPACE}")

    @admin.display(description="revenue", ordering="revenue_cents")
    def revenue(self, journey: Journey) -> str:
        return f"{journey.revenue_cents // 100:,}.{journey.revenue_cents % 100:02}" if journey.revenue_cents else ""
