"""Experiments in the admin: written as drafts, then moved by buttons and no longer changed."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from journey import experimenting
from journey.change_admin import Audited
from journey.experiment_form import ExperimentForm
from journey.experiment_plan import PlanInWords
from journey.models import Arm, Experiment, RampStep

State = Experiment.State
COLOURS = {State.RUNNING: "success", State.PAUSED: "warning", State.STOPPED: "info", State.DECIDED: "info"}
MOVES = {
    State.DRAFT: {"start_it"},
    State.RUNNING: {"pause_it", "stop_it"},
    State.PAUSED: {"start_it", "stop_it"},
}
AUDIENCE = ["visit", "devices", "sources", "videos"]
METRICS = ["funnel", "goal", "guardrails", "secondary"]
READING = ["reading", "worth_percent", "bearable_percent", "planned_days"]
SAID = [
    ("Who takes part", {"fields": ["share", "said_audience"]}),
    ("What is asked", {"fields": ["said_funnel", "said_goal", "said_guardrails", "said_others"]}),
    ("How it is read", {"fields": ["reading", "said_worth", "said_bearable", "planned_days"]}),
]
FIXED = {"slug", *AUDIENCE, *METRICS, *READING, *(name for _, part in SAID for name in part["fields"])} - {"share"}


class OfDraft(TabularInline):  # type: ignore[misc]
    """Rows of an experiment that are written while it is a draft."""

    extra = 0
    filled = 0  # rows that a new experiment begins with

    def get_extra(self, request: HttpRequest, obj: Experiment | None = None, **kwargs: Any) -> int:
        return self.filled if obj is None else self.extra

    def _may(self, request: HttpRequest, experiment: Experiment | None) -> bool:
        return experiment is None or experiment.state == State.DRAFT

    def has_add_permission(self, request: HttpRequest, obj: Experiment | None = None) -> bool:
        return self._may(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Experiment | None = None) -> bool:
        return self._may(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Experiment | None = None) -> bool:
        return self._may(request, obj) and super().has_delete_permission(request, obj)


class ArmInline(OfDraft):
    model = Arm
    fields = ["slug", "variant", "weight"]
    filled = 2
    verbose_name_plural = "Arms: one of them, the control, has no variant"


class RampInline(OfDraft):
    model = RampStep
    fields = ["day", "share"]
    verbose_name = "step"
    verbose_name_plural = "Grows by itself: a day, and the share from then on"


@admin.register(Experiment)
class ExperimentAdmin(Audited, PlanInWords, ModelAdmin):  # type: ignore[misc]
    form = ExperimentForm
    list_display = ["name", "slug", "stands", "began", "decision", "results"]
    list_filter = ["state"]
    search_fields = ["name", "slug"]
    inlines = [ArmInline, RampInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "hypothesis", "results"]}),
        ("Who takes part", {"fields": ["share", *AUDIENCE]}),
        ("What is asked", {"fields": METRICS}),
        ("How it is read", {"fields": READING}),
    ]
    actions_submit_line = ["start_it", "pause_it", "stop_it"]

    @display(description="State", ordering="state", label=COLOURS)  # type: ignore[untyped-decorator]
    def stands(self, experiment: Experiment) -> str:
        return experiment.state

    @admin.display(description="Started", ordering="started_at", empty_value="not yet")
    def began(self, experiment: Experiment) -> str | None:
        return f"{experiment.started_at:%-d %b %Y}" if experiment.started_at else None

    @admin.display(description="Results")
    def results(self, experiment: Experiment) -> str:
        if experiment.pk is None:
            return "There are some when it has started."
        link = '<a class="text-link underline" href="{}">{}</a>'
        words = "Whether it helped" if experiment.started_at else "How long it will take"
        return format_html(link, reverse("experiment_results", args=[experiment.slug]), words)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Experiment | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def get_fieldsets(self, request: HttpRequest, obj: Experiment | None = None) -> Any:
        if obj is None or obj.state == State.DRAFT:
            return super().get_fieldsets(request, obj)
        return [self.fieldsets[0], *SAID]

    def get_inlines(self, request: HttpRequest, obj: Experiment | None) -> list[Any]:
        """What began without steps gets none any more."""
        has_steps = obj is None or obj.state == State.DRAFT or obj.ramp.exists()
        return [ArmInline, RampInline] if has_steps else [ArmInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Experiment | None = None) -> list[str]:
        """What people are in the middle of stays as it is; only the share may grow."""
        if obj is None or obj.state == State.DRAFT:
            return ["results"]
        return ["results", *sorted(FIXED), *([] if obj.state in (State.RUNNING, State.PAUSED) else ["share"])]

    def has_delete_permission(self, request: HttpRequest, obj: Experiment | None = None) -> bool:
        """What people took part in stays: events, units and the log speak of it."""
        return (obj is None or obj.state == State.DRAFT) and super().has_delete_permission(request, obj)

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        experiment = Experiment.objects.filter(pk=object_id).first()
        may = MOVES.get(State(experiment.state), set()) if experiment else set()
        offered = super().get_actions_submit_line(request, object_id)
        return [act for act in offered if act.method.original_function_name in may]

    def save_model(self, request: HttpRequest, obj: Experiment, form: Any, change: bool) -> None:
        """The buttons are pressed when the arms are saved too: see save_related."""
        admin.ModelAdmin.save_model(self, request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for act in self.get_actions_submit_line(request, form.instance.pk):
            if act.action_name in request.POST:
                act.method(request, form.instance)

    def _press(
        self, request: HttpRequest, experiment: Experiment, move: Callable[[Experiment], None], done: str
    ) -> None:
        try:
            move(experiment)
        except ValidationError as refusal:
            sentences = " ".join(refusal.messages)
            stands = "a draft" if experiment.state == State.DRAFT else experiment.state
            self.message_user(request, f"It is saved, and is still {stands}. {sentences}", messages.ERROR)
        else:
            self.message_user(request, f"“{experiment.name}” {done}.", messages.SUCCESS)

    def response_change(self, request: HttpRequest, obj: Experiment) -> HttpResponse:
        """Whoever pressed a button stays where its answer matters; that it was saved as well needs no second word."""
        buttons = self._get_base_actions_submit_line()
        if not any(button.action_name in request.POST for button in buttons):
            answer: HttpResponse = super().response_change(request, obj)
            return answer
        return HttpResponseRedirect(reverse("admin:journey_experiment_change", args=[obj.pk]))

    @action(description="Start", permissions=["change"])  # type: ignore[untyped-decorator]
    def start_it(self, request: HttpRequest, obj: Experiment) -> None:
        self._press(request, obj, experimenting.start, "runs: participants land in its arms from now on")

    @action(description="Pause", permissions=["change"])  # type: ignore[untyped-decorator]
    def pause_it(self, request: HttpRequest, obj: Experiment) -> None:
        self._press(request, obj, experimenting.pause, "is paused: everyone sees the control")

    @action(description="Stop", permissions=["change"])  # type: ignore[untyped-decorator]
    def stop_it(self, request: HttpRequest, obj: Experiment) -> None:
        self._press(request, obj, experimenting.stop, "has stopped: look at its results and decide")
