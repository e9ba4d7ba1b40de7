"""Events as a file from the admin: what is chosen beside the list of journeys, streamed while it is read."""

import logging
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from analytics.exporting import files, jobs
from analytics.exporting.events import Wanted
from analytics.models import Journey
from journey.models import Participant

logger = logging.getLogger(__name__)


class BadChoice(ValueError):
    """What was chosen cannot be understood, in words."""


class WithDownload:
    """An admin list with a form above it that downloads events. Who may see the list may have the file."""

    list_before_template = "admin/analytics/download.html"
    kinds = Participant.Kind.choices
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(never_cache(self.download))
        return [path("events/", view, name="analytics_journey_events"), *super().get_urls()]  # type: ignore[misc]

    def download(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        try:
            format_, wanted = _chosen(chosen := request.POST or request.GET)
        except BadChoice as problem:
            return HttpResponse(str(problem), "text/plain; charset=utf-8", status=400)
        said = f"events as {format_}: {_told(wanted)}"
        LogEntry.objects.create(
            user_id=str(request.user.pk),
            content_type=ContentType.objects.get_for_model(Journey),
            object_repr=said[:200],
            action_flag=CHANGE,
            change_message="downloaded",
        )
        logger.info("User %s downloads %s", request.user.pk, said)
        if request.POST.get("later"):
            jobs.order(format_, wanted, "names" in chosen, said, request.user.get_username())
            return redirect("admin:analytics_job_changelist")
        return StreamingHttpResponse(
            files.written(format_, wanted.chunks(), with_names="names" in chosen),
            content_type=files.TYPES[format_],
            headers={"Content-Disposition": f'attachment; filename="{_name(wanted)}.{format_}"'},
        )


def _chosen(params: QueryDict) -> tuple[str, Wanted]:
    format_, kinds = params.get("format", "jsonl"), frozenset(params.getlist("kind"))
    if format_ not in files.WRITERS:
        raise BadChoice(f"Formats are {' and '.join(files.WRITERS)}.")
    if unknown := kinds - set(Participant.Kind.values):
        raise BadChoice(f"There is no kind “{min(unknown)[:40]}”.")
    return format_, Wanted(_day(params.get("from")), _day(params.get("to")), kinds)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadChoice("Days are written like 2026-11-01.") from None


def _told(wanted: Wanted) -> str:
    days = f"from {wanted.first or 'the first day'} to {wanted.last or 'now'}"
    return f"{days}, of {', '.join(sorted(wanted.kinds)) or 'everyone'}"


def _name(wanted: Wanted) -> str:
    return "-".join(["events", *(str(day) for day in (wanted.first, wanted.last) if day)])
