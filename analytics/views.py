"""Pages of the admin that are about the instrument: what was lost, and whether every step is recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from analytics import lost_pages, step_pages

MAY_READ = permission_required("analytics.view_journey", raise_exception=True)


@MAY_READ
def lost_steps(request: HttpRequest) -> HttpResponse:
    return _page(request, "Lost steps", "admin/analytics/lost.html", lost_pages.as_context)


@MAY_READ
def steps(request: HttpRequest) -> HttpResponse:
    return _page(request, "Steps", "admin/analytics/steps.html", step_pages.as_context)


def _page(
    request: HttpRequest, title: str, template: str, context: Callable[[Mapping[str, str]], dict[str, Any]]
) -> HttpResponse:
    everywhere = admin.site.each_context(request) | {"title": title}
    return render(request, template, everywhere | context(request.GET.dict()))
