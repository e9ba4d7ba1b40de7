"""Reports in the admin: their list, the form of one with a live preview, and giving one up."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from analytics.answers.questions import FIELDS
from analytics.saved import find
from analytics.saved.drafts import drafts
from analytics.saved.forms import ReportForm, initial_of
from analytics.saved.listing import DAYS, USUAL_UNIT, entries
from analytics.saved.models import SavedReport
from analytics.saved.preview import preview
from analytics.saved.saving import give_up, keep
from analytics.saved.vocabulary import PROPERTIES, may_say_more, vocabulary
from analytics.saved.written import line, window

MAY_READ = "analytics.view_journey"
LIST = "admin:analytics_savedreport_changelist"


@admin.register(SavedReport)
class SavedReportAdmin(ModelAdmin):  # type: ignore[misc]
    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(never_cache(require_POST(self.look)))
        return [path("preview/", look, name="analytics_savedreport_preview"), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: SavedReport | None = None) -> bool:
        return request.user.has_perm(MAY_READ) or super().has_view_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = {"title": "Reports", "entries": entries(), "days": DAYS, "may_add": self.has_add_permission(request)}
        may = {"may_change": self.has_change_permission(request), "may_delete": self.has_delete_permission(request)}
        return render(request, "admin/analytics/reports.html", self.admin_site.each_context(request) | page | may)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not (self.has_change_permission(request) if object_id else self.has_add_permission(request)):
            raise PermissionDenied
        report = self.get_object(request, object_id) if object_id else None
        if object_id and report is None:
            raise Http404("There is no such report.")
        form = ReportForm(request.POST or None, instance=report, initial=_initial(request, report))
        if request.method == "POST" and form.is_valid():
            return self._keep(request, form)
        return self._drawn(request, form)

    def _keep(self, request: HttpRequest, form: ReportForm) -> HttpResponse:
        report, is_new = form.instance, form.instance.pk is None
        report.owner = report.owner or request.user.get_username()
        job = keep(report)
        log = self.log_addition if is_new else self.log_change
        log(request, report, f"version {report.version}")
        later = " Its counts are filled in now; until then it is answered from journeys." if job else ""
        self.message_user(request, f"“{report.name}” is saved.{later}", messages.SUCCESS)
        return HttpResponseRedirect(reverse(LIST))

    def _drawn(self, request: HttpRequest, form: ReportForm) -> HttpResponse:
        text, labels = form["line"].value() or "", form["labels"].value() or ""
        page = {
            "title": f"Change “{form.instance.name}”" if form.instance.pk else "A new report",
            "form": form,
            "builder": {
                "steps": drafts(text, labels.splitlines()),
                "vocabulary": vocabulary(),
                "properties": list(PROPERTIES) if may_say_more() else [],
            },
            "vocabulary": vocabulary(),
        }
        context = self.admin_site.each_context(request) | page
        return render(request, "admin/analytics/report_form.html", context, status=200)

    def look(self, request: HttpRequest) -> HttpResponse:
        """The preview, for the script of the form: nothing is kept."""
        if not (request.user.has_perm(MAY_READ) and self.has_view_permission(request)):
            raise PermissionDenied
        return JsonResponse(preview(request, ReportForm(request.POST)))

    def delete_model(self, request: HttpRequest, obj: SavedReport) -> None:
        give_up(obj)


def _query(request: HttpRequest) -> str:
    """What a page that is to be kept as a report asks."""
    return urlencode({name: value for name, value in request.GET.items() if name in (*FIELDS, "by", "period")})


def _initial(request: HttpRequest, report: SavedReport | None) -> dict[str, Any]:
    """Of the report that is changed, or that is copied; else an empty one."""
    if report:
        return initial_of(report)
    slug = request.GET.get("copy", "")
    funnel = find(slug) if slug else None
    asked = initial_of(SavedReport(query=_query(request)))
    if funnel is None:
        return asked | {"window": request.GET.get("window", "7d"), "line": request.GET.get("steps", "")}
    saved = SavedReport.objects.filter(slug=slug).first()
    unit = saved.unit if saved else USUAL_UNIT.get(slug, "journey")
    return (initial_of(saved) if saved and not _query(request) else asked) | {
        "unit": unit,
        "name": f"{funnel.name} (copy)",
        "question": funnel.question,
        "line": saved.line if saved else line(funnel),
        "labels": "\n".join(saved.labels if saved else funnel.labels),
        "window": window(funnel.window_us),
        "order": funnel.order.value,
        "attempt": funnel.attempt.value,
    }
