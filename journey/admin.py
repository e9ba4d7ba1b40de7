"""Designs and experiments in the admin, and what arrived broken."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from unfold.admin import ModelAdmin, TabularInline

from journey import designs, revival
from journey.models import Arm, DeadEvent, Experiment, Variant


class ArmFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Arms are saved after their experiment, so what a running one must not share is checked on the forms."""

    def clean(self) -> None:
        super().clean()
        if self.instance.state == Experiment.State.RUNNING and not any(self.errors):
            answers = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
            self.instance.refuse_clash(answer["variant"] for answer in answers if answer.get("variant"))


class ArmInline(TabularInline):  # type: ignore[misc]
    model = Arm
    formset = ArmFormSet
    extra = 0
    fields = ["slug", "variant", "weight"]


@admin.register(Variant)
class VariantAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["name", "slug", "changes"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["what_may_change"]

    @admin.display(description="Changes")
    def changes(self, variant: Variant) -> str:
        return ", ".join(variant.changes()) or "nothing"

    @admin.display(description="What may change")
    def what_may_change(self, variant: Variant) -> str:
        slots = "\n".join(f"{name}: {', '.join(blocks)}" for name, blocks in sorted(designs.known_slots().items()))
        values = "\n".join(f"{name} = {control!r}" for name, control in sorted(designs.known_values().items()))
        return format_html(
            '<pre style="white-space:pre-wrap">Slots and the blocks everyone sees:\n{}\n\nValues:\n{}</pre>',
            slots,
            values,
        )


@admin.register(Experiment)
class ExperimentAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["name", "slug", "state"]
    list_filter = ["state"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ArmInline]


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
