"""Long work in the admin: how far it is, stopping it, going on, counting everyone again, and the files it made."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from unfold.admin import ModelAdmin

from analytics.jobs import files, recount, working
from analytics.jobs.models import Job

LIST = "admin:analytics_job_changelist"
SHOWN = 50
MAY_READ = "analytics.view_journey"
MAY_STEER = "analytics.change_job"


@admin.register(Job)
class JobAdmin(ModelAdmin):  # type: ignore[misc]
    def get_urls(self) -> list[URLPattern]:
        def at(route: str, name: str, view: Callable[..., HttpResponseBase]) -> Any:
            return path(route, self.admin_site.admin_view(never_cache(view)), name=f"analytics_job_{name}")

        return [
            at("recount/", "recount", require_POST(self.recount)),
            at("<slug:code>/state/", "state", require_GET(self.state)),
            at("<slug:code>/cancel/", "cancel", require_POST(self.cancel)),
            at("<slug:code>/again/", "again", require_POST(self.again)),
            at("<slug:code>/file/", "file", require_GET(self.file)),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return request.user.has_perm(MAY_READ)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        _require(request, MAY_READ)
        jobs = [(job, files.finished(job) is not None) for job in Job.objects.all()[:SHOWN]]
        page = {"title": "Background work", "jobs": jobs, "may_steer": request.user.has_perm(MAY_STEER)}
        return render(request, "admin/analytics/jobs.html", self.admin_site.each_context(request) | page)

    def state(self, request: HttpRequest, code: str) -> HttpResponse:
        _require(request, MAY_READ)
        job = get_object_or_404(Job, code=code)
        return JsonResponse({"percent": job.percent, "words": job.words, "open": job.is_open})

    def recount(self, request: HttpRequest) -> HttpResponse:
        _require(request, MAY_STEER)
        recount.order(request.user.get_username())
        return self._told(request, True, "Everyone is counted again; reports stay whole meanwhile.", "")

    def cancel(self, request: HttpRequest, code: str) -> HttpResponse:
        _require(request, MAY_STEER)
        done = working.cancel(get_object_or_404(Job, code=code))
        return self._told(request, done, "It was stopped after the step it was at.", "It had ended already.")

    def again(self, request: HttpRequest, code: str) -> HttpResponse:
        _require(request, MAY_STEER)
        done = working.again(get_object_or_404(Job, code=code))
        return self._told(request, done, "It goes on where it stopped.", "It had not stopped.")

    def file(self, request: HttpRequest, code: str) -> FileResponse:
        _require(request, MAY_READ)
        job = get_object_or_404(Job, code=code)
        place = files.finished(job)
        if place is None:
            raise Http404("There is no such file any more.")
        self.log_change(request, job, "downloaded")
        name = f"{job.title}.{job.file.rpartition('.')[2]}"
        return FileResponse(place.open("rb"), as_attachment=True, filename=name)

    def _told(self, request: HttpRequest, done: bool, words: str, otherwise: str) -> HttpResponse:
        self.message_user(request, words if done else otherwise, messages.SUCCESS if done else messages.WARNING)
        return HttpResponseRedirect(reverse(LIST))


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
