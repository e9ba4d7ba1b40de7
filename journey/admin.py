"""Designs in the admin, and what arrived broken."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from unfold.admin import ModelAdmin

from journey import revival
from journey.change_admin import ChangeAdmin
from journey.experiment_admin import ExperimentAdmin
from journey.models import DeadEvent
from journey.variant_admin import VariantAdmin

__all__ = ["ChangeAdmin", "DeadEventAdmin", "ExperimentAdmin", "VariantAdmin"]


@admin.register(DeadEvent)
class DeadEventAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["reason", "seen", "beginning"]
    search_fields = ["reason", "raw"]
    list_filter = ["seen_at"]
    actions = ["try_again"]

    @admin.display(description="seen (UTC)", ordering="seen_at")
    def seen(self, event: DeadEvent) -> str:
        return format_html('<span class="whitespace-nowrap">{}</span>', f"{event.seen_at:%Y-%m-%d %H:%M}")

    @admin.display(description="raw")
    def beginning(self, event: DeadEvent) -> str:
        return Truncator(event.raw).chars(120)

    @admin.action(description="Try to store the selected ones again", permissions=["revive"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[DeadEvent]) -> None:
        revived, left = revival.revive(queryset)
        if revived:
            self.message_user(request, f"{revived} stored; reports count them within seconds.", messages.SUCCESS)
        if left:
            self.message_user(request, f"{left} cannot be stored today either: see their reasons.", messages.WARNING)

    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("journey.delete_deadevent")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DeadEvent | None = None) -> bool:
        return False
