"""Forwarding in the admin: how each destination is, what waits, what failed and why, and once more."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from analytics.exporting.jsonl import moment
from analytics.forwarding import outbox
from analytics.forwarding.destinations import ALL
from analytics.forwarding.models import Outgoing, OutgoingQuerySet
from analytics.forwarding.status import Status, statuses
from journey.models.participant import code_of

NARROWED = {"waiting": OutgoingQuerySet.waiting, "failed": OutgoingQuerySet.failed}


class StateFilter(admin.SimpleListFilter):
    title = parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state, state) for state in (*NARROWED, "sent")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Outgoing]) -> QuerySet[Outgoing]:
        state = self.value()
        if state == "sent":
            return queryset.exclude(sent_at=None)
        return NARROWED[state](queryset) if state in NARROWED else queryset  # type: ignore[arg-type]


class DestinationFilter(admin.SimpleListFilter):
    title = parameter_name = "destination"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in ALL]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Outgoing]) -> QuerySet[Outgoing]:
        return queryset.filter(destination=self.value()) if self.value() else queryset


@admin.register(Outgoing)
class OutgoingAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["destination", "code", "happened", "state", "tries", "reason"]
    list_filter = [DestinationFilter, StateFilter]
    list_display_links = None
    list_before_template = "admin/analytics/forwarding.html"
    show_full_result_count = False
    actions = ["replay"]

    class Media:
        css = {"all": ["analytics/report.css", "analytics/engine.css"]}

    def statuses(self) -> list[Status]:
        return statuses()

    @admin.display(description="participant")
    def code(self, row: Outgoing) -> str:
        return code_of(row.participant)

    @admin.display(description="happened (UTC)", ordering="at")
    def happened(self, row: Outgoing) -> str:
        return f"{moment(row.at):%Y-%m-%d %H:%M:%S}"

    @admin.action(description="Try the selected failed ones again", permissions=["replay"])
    def replay(self, request: HttpRequest, queryset: QuerySet[Outgoing]) -> None:
        again = outbox.replay(queryset.values_list("pk", flat=True))
        level = messages.SUCCESS if again else messages.WARNING
        self.message_user(request, f"{again} will be sent again within seconds.", level)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("analytics.change_outgoing")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Outgoing | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Outgoing | None = None) -> bool:
        return False
