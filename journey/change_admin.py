"""The log of changes in the admin: read there, written nowhere."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin

from journey.models import Change, Experiment, Variant

SUBJECTS = {Experiment: Change.Subject.EXPERIMENT, Variant: Change.Subject.DESIGN}
MAY_READ = ("journey.view_change", "journey.view_experiment", "journey.view_variant")


class Audited:
    """An admin page whose history is the log of changes."""

    model: Any

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        log = reverse("admin:journey_change_changelist")
        return redirect(f"{log}?subject__exact={SUBJECTS[self.model]}&number={object_id}")


@admin.register(Change)
class ChangeAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["when", "who", "about", "changes"]
    list_display_links = None
    list_filter = ["subject", "through"]
    search_fields = ["name", "by", "words"]
    date_hierarchy = "at"

    class Media:
        css = {"all": ["journey/changes.css"]}

    @admin.display(description="when (UTC)", ordering="id")
    def when(self, change: Change) -> str:
        return format_html('<span class="whitespace-nowrap">{}</span>', f"{change.at:%Y-%m-%d %H:%M:%S}")

    @admin.display(description="who", ordering="by")
    def who(self, change: Change) -> str:
        if change.through == Change.Through.ITSELF:
            return "nobody: it went by itself"
        return f"{change.by or 'somebody'}, in {change.get_through_display()}"

    @admin.display(description="what")
    def about(self, change: Any) -> str:
        page, there = (
            ("variant", change.a_design) if change.subject == "design" else ("experiment", change.an_experiment)
        )
        if not there:
            return f"{change.subject} {change.name}, which is gone"
        address = reverse(f"admin:journey_{page}_change", args=[change.number])
        return format_html('{} <a class="text-link underline" href="{}">{}</a>', change.subject, address, change.name)

    @admin.display(description="changes")
    def changes(self, change: Change) -> str:
        lines = format_html_join("", "<div>{}</div>", ((line,) for line in change.words.splitlines()))
        return format_html("<div>{}</div>", lines)  # one thing: on a phone what lies in a cell lies side by side

    def get_queryset(self, request: HttpRequest) -> Any:
        mine = OuterRef("number")
        there: dict[str, type[Model]] = {"an_experiment": Experiment, "a_design": Variant}
        found = {name: Exists(model._default_manager.filter(pk=mine)) for name, model in there.items()}
        return super().get_queryset(request).annotate(**found)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "number" or bool(super().lookup_allowed(lookup, value, request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(request.user.has_perm(permission) for permission in MAY_READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
