"""Journeys in the admin: the list with its filters, also of a number of a report, and one journey to read."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from analytics.exporting.downloads import WithDownload
from analytics.listing.asked import OURS
from analytics.listing.changelist import JourneyList, searched
from analytics.listing.columns import Columns, context_of, dots, moment
from analytics.listing.counted import BoundedPaginator, WholePaginator
from analytics.listing.files import written
from analytics.listing.form import form_of
from analytics.listing.search import HELP
from analytics.listing.sets import names_a_number
from analytics.models import Journey
from analytics.screens.read_only import ReadOnly
from analytics.timelines import timeline
from analytics.timelines.words import money
from journey.change_page import WithMore


@admin.register(Journey)
class JourneyAdmin(WithMore, Columns, WithDownload, ReadOnly):
    change_list_template = "admin/analytics/journey/change_list.html"
    change_form_template = "admin/analytics/journey/journey.html"
    list_before_template = ""
    list_after_template = "admin/analytics/download.html"
    list_per_page = 50
    list_max_show_all = 0
    list_fullwidth = True
    ordering = ("-start",)
    search_fields = ("participant",)
    search_help_text = HELP
    show_full_result_count = False
    fields = ()

    class Media:
        js = ["analytics/journeys.js"]
        css = {"all": ["analytics/report.css", "analytics/journeys.css", "analytics/journey.css"]}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[JourneyList]:
        return JourneyList

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return (WholePaginator if names_a_number(request.GET) else BoundedPaginator)(*args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Journey], search_term: str
    ) -> tuple[QuerySet[Journey], bool]:
        return searched(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.GET.get("format") == "csv":
            return self._file(request)
        answer = super().changelist_view(request, (extra_context or {}) | {"title": "Journeys"})
        context = getattr(answer, "context_data", None)
        if context and "cl" in context:
            context |= _above(context["cl"])
        return answer

    def _file(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """All that is listed; no file at all for an address that is not understood: a file has no place to say so."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            cl = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponse("This list cannot be had.", "text/plain; charset=utf-8", status=400)
        if cl.problem:
            return HttpResponse(cl.problem, "text/plain; charset=utf-8", status=400)
        LogEntry.objects.create(
            user_id=str(request.user.pk),
            content_type=ContentType.objects.get_for_model(Journey),
            object_repr=f"journeys as csv: {request.GET.urlencode()}"[:200],
            action_flag=CHANGE,
            change_message="downloaded",
        )
        headers = {"Content-Disposition": 'attachment; filename="journeys.csv"'}
        return StreamingHttpResponse(written(cl.queryset), content_type="text/csv; charset=utf-8", headers=headers)

    def more(self, request: HttpRequest, row: Journey | None) -> dict[str, Any]:
        return _about(row) if row else {}


def _about(journey: Journey) -> dict[str, Any]:
    """All that one journey's page shows."""
    line = timeline(journey)
    return {
        "journey": journey,
        "timeline": line,
        "participant": line.participant,
        "before": line.before,
        "after": line.after,
        "arms": line.arms,
        "context": context_of(journey),
        "stages": dots(journey),
        "began": moment(journey),
        "revenue": money(journey.revenue_cents, settings.CURRENCY) if journey.revenue_cents else "",
    }


def _above(cl: JourneyList) -> dict[str, Any]:
    """What stands above the rows."""
    form = form_of(cl)
    shown = {"q", "day__gte", "day__lte", "stage__gte", "kind__in", "arm", "length"}
    shown |= {field.name for field in form.fields}
    return {
        "form": form,
        "csv": cl.url(format="csv"),
        "clear": cl.url(**dict.fromkeys(("q", *OURS))),
        "kept": [(name, value) for name, value in cl.params.items() if name not in {*shown, "days"}],
        "of_set": cl.set.applied(Journey.objects.all()).count() if cl.set else None,
    }
