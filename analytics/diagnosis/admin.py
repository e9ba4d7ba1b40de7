"""Benchmarks to be edited, and the place of the diagnosis in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from analytics.diagnosis.drafting import draft
from analytics.diagnosis.evidence import percent
from analytics.diagnosis.extras import MAY_DRAFT, Reader
from analytics.diagnosis.keeping import About
from analytics.diagnosis.models import Benchmark, Diagnosis
from analytics.diagnosis.pages import DiagnosisPage, SubjectPage, as_context
from analytics.screens.read_only import ReadOnly
from journey.models import Experiment

ABOUTS = (About.SHOP, About.VIDEO, About.PRODUCT)


@admin.register(Benchmark)
class BenchmarkAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["name", "is_bad", "usually", "held_against", "grade", "source"]
    list_filter = ["grade", "own"]
    search_fields = ["name", "source", "note"]
    fields = ["name", "what", "limit", "typical", "own", "grade", "source", "note"]
    readonly_fields = ["what"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="what it is")
    def what(self, row: Benchmark) -> str:
        return f"A {row.get_unit_name()}; bad when it is {row.bad} the limit."

    @admin.display(description="is bad", ordering="limit")
    def is_bad(self, row: Benchmark) -> str:
        return f"{row.bad} {_written(row, row.limit)}"

    @admin.display(description="held against", ordering="own")
    def held_against(self, row: Benchmark) -> str:
        return "the shop's own median" if row.own else "this limit"

    @admin.display(description="typical")
    def usually(self, row: Benchmark) -> str:
        return "" if row.typical is None else _written(row, row.typical)


def _written(row: Benchmark, value: float) -> str:
    if row.unit == "share":
        return percent(value)
    return f"{value / 100:,.2f}" if row.unit == "cents" else f"{value:g}{' s' if row.unit == 'seconds' else ''}"


@admin.register(Diagnosis)
class DiagnosisAdmin(ReadOnly):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.everything), name="analytics_diagnosis"),
            # The list keeps its name, so that the index of the admin can link it; the diagnosis answers in its place.
            path("", wrap(self.everything), name="analytics_diagnosis_changelist"),
            path("<str:about>/<str:slug>/try/", wrap(self.try_it), name="analytics_diagnosis_try"),
            path("<str:about>/<str:slug>/", wrap(self.one), name="analytics_diagnosis_subject"),
        ]

    def everything(self, request: HttpRequest) -> HttpResponse:
        self._refuse_others(request)
        return self._page(
            request,
            DiagnosisPage(request.GET.dict(), Reader.of(request.user)),
            "admin/analytics/diagnosis.html",
            "Diagnosis",
        )

    def one(self, request: HttpRequest, about: str, slug: str) -> HttpResponse:
        self._refuse_others(request)
        if about not in ("video", "product"):
            raise Http404
        page = SubjectPage(request.GET.dict(), about, slug, Reader.of(request.user))
        return self._page(request, page, "admin/analytics/diagnosis_subject.html", f"Diagnosis of {page.name}")

    def try_it(self, request: HttpRequest, about: str, slug: str) -> HttpResponse:
        """A fix as an experiment in draft, told anew here: what is posted only names the verdict."""
        self._refuse_others(request)
        if request.method != "POST" or not request.user.has_perms(MAY_DRAFT):
            raise PermissionDenied
        try:
            experiment, is_new = drafted(request, about, slug)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("admin:analytics_diagnosis")
        words = "is a draft: look at its design and its plan, then start it" if is_new else "is there already"
        messages.success(request, f"{experiment.name} {words}.")
        return redirect("admin:journey_experiment_change", experiment.pk)

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, page: DiagnosisPage, template: str, title: str) -> HttpResponse:
        return render(request, template, as_context(page) | self.admin_site.each_context(request) | {"title": title})


def drafted(request: HttpRequest, about: str, slug: str) -> tuple[Experiment, bool]:
    """Raises Http404 where the verdict that is named is not told, or no design can help."""
    params, key = request.GET.dict(), request.POST.get("key", "")
    if about not in ABOUTS:
        raise Http404
    page = DiagnosisPage(params) if about == About.SHOP else SubjectPage(params, about, slug)
    subject = "" if about == About.SHOP else slug
    found = next((card for card in page.cards if card.verdict.key == key), None)
    if not found or not found.verdict.test or not found.verdict.test.is_design:
        raise Http404
    told = found.verdict, found.extras.trial, subject, request.user.get_username()
    try:
        return draft(*told)
    except IntegrityError:  # somebody pressed at the same moment: theirs is there now
        return draft(*told)
