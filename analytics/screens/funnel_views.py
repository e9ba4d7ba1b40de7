"""The funnel report in the admin: its page, the page of a drop, and what both fetch later."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from analytics.exporting.reports import WRITERS, report_file
from analytics.screens import drop_pages, pages
from analytics.screens.field_values import values_of
from analytics.screens.filters import NARROWING
from analytics.screens.pages import FunnelPage, params_from
from analytics.screens.views import MAY_READ, drawn


@MAY_READ
def funnel(request: HttpRequest) -> HttpResponse:
    params = params_from(request.GET)
    if params.get("format") in WRITERS:
        return _file(FunnelPage(params), params["format"])
    if params.pop("part", "") == "trend":
        return _part(request, "funnel_trend", pages.trend_context(params))
    return drawn(request, "Funnel", "funnel", pages.as_context(params, "part" in request.GET))


@MAY_READ
def drop(request: HttpRequest) -> HttpResponse:
    params = params_from(request.GET)
    if params.pop("part", "") == "features":
        return _part(request, "drop_features", drop_pages.as_context(params))
    return drawn(request, "Where they went instead", "drop", drop_pages.as_context(params, "part" in request.GET))


@MAY_READ
def values(request: HttpRequest) -> HttpResponse:
    """The most frequent values of a field, for its list of choices."""
    params = params_from(request.GET)
    field = params.pop("field", "")
    if field not in NARROWING:
        return JsonResponse({"detail": f"There is no field “{field}”."}, status=400)
    return JsonResponse({"values": values_of(FunnelPage(params).question, field)})


def _part(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"admin/analytics/{name}.html", context)


def _file(page: FunnelPage, format_: str) -> HttpResponse:
    """Every segment, and no file at all for a question that is not understood: a file has no place to say so."""
    if page.problem:
        return HttpResponse(page.problem, "text/plain; charset=utf-8", status=400)
    return report_file(page.question, format_)
