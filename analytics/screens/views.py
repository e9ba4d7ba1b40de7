"""Pages of the admin that are about the instrument: what was lost, and whether every step is recorded."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from analytics.screens import lost_pages, step_pages

MAY_READ = permission_required("analytics.view_journey", raise_exception=True)


@MAY_READ
def lost_steps(request: HttpRequest) -> HttpResponse:
    return drawn(request, "Lost steps", "lost", lost_pages.as_context(request.GET.dict()))


@MAY_READ
def steps(request: HttpRequest) -> HttpResponse:
    return drawn(request, "Steps", "steps", step_pages.as_context(request.GET.dict()))


def drawn(request: HttpRequest, title: str, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the admin, with all that stands on every page of it."""
    everywhere = admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/analytics/{name}.html", everywhere | context)
