"""How the instrument is: what is wrong, what waits where, and how late the reports are."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from config.buffers import Buffers
from config.doctor import examine

MAY_SEE = "journey.view_deadevent"


@never_cache
def health_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    checks = list(examine())
    troubles = [(name, sentence) for name, is_well, sentence in checks if not is_well]
    page = {"title": "Health", "checks": checks, "troubles": troubles, "buffers": Buffers()}
    return render(request, "admin/health.html", admin.site.each_context(request) | page)
