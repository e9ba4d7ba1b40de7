"""The form in which an experiment is written: lists are chosen from what there is, and never typed as code."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelect2MultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from journey import experimenting
from journey.agents import SOURCE_LENGTH

STEP = "step:"
BEARABLE = (
    "So many more in 100 purchases or tries to order, and so many percent of page speed. Less takes longer to know."
)
DEVICES = ("phone", "tablet", "desktop")


class Listed(forms.CharField):
    """A list of words, written with commas."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = (word.strip() for word in str(value or "").split(","))
        return list(dict.fromkeys(word[:SOURCE_LENGTH] for word in words if word))


def many(widget: Any, help_text: str, label: str | None = None) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=widget, required=False, help_text=help_text, label=label)


class ExperimentForm(forms.ModelForm):  # type: ignore[type-arg]
    devices = many(UnfoldAdminCheckboxSelectMultipleWidget, "None chosen: every device.")
    sources = Listed(
        required=False,
        help_text="utm_source of a link, or the host that linked here, or direct; with commas. Empty: wherever from."
        " One such arrival is enough: whoever came by it once stays in.",
    )
    videos = many(
        UnfoldAdminSelect2MultipleWidget, "Whoever arrives by the link of one of these. None chosen: by any way.",
        "Entry videos",
    )  # fmt: skip
    funnel = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    goal = forms.ChoiceField(widget=UnfoldAdminSelectWidget, required=False, help_text="What decides.")
    guardrails = many(UnfoldAdminCheckboxSelectMultipleWidget, "What must not get worse.")
    secondary = many(
        UnfoldAdminCheckboxSelectMultipleWidget, "Looked at as well; none of them decides.", "Other metrics"
    )

    class Media:
        css = {"all": ["journey/experiment.css"]}
        js = ["journey/experiment.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "bearable_percent" in self.fields:
            self.fields["bearable_percent"].help_text = BEARABLE
        if self.instance.pk is None:  # fields that are written anew here do not know what is usual
            self.initial = {name: getattr(self.instance, name) for name in self.fields} | dict(self.initial)
        offered = import_string(settings.EXPERIMENT_CHOICES)()
        self.steps = dict(offered["steps"])
        known = ", ".join(value for value, _ in offered["sources"][:12])
        for name, choices in (offered | {"devices": [(one, one) for one in DEVICES]}).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        if "funnel" in self.fields:
            self.fields["funnel"].widget.attrs["data-labels"] = json.dumps(_by_funnel(offered["labels"]))
        if known and "sources" in self.fields:
            self.fields["sources"].help_text += f" Seen so far: {known}."

    def clean_share(self) -> int:
        share: int = self.cleaned_data["share"]
        if self.instance.started_at and share != self.initial["share"]:
            experimenting.check_growth(self.initial["share"], share)
        return share

    def clean(self) -> dict[str, Any]:
        """A step of the goal or of another metric is one of the chosen funnel."""
        given = super().clean() or {}
        for name in ("goal", "secondary"):
            chosen = given.get(name) or []
            said = [chosen] if isinstance(chosen, str) else chosen
            if problem := missing_step(self.steps, given.get("funnel", ""), said):
                self.add_error(name, ValidationError(problem))
        return given


def _by_funnel(labels: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for funnel, label in labels:
        found.setdefault(funnel, []).append(label)
    return found


def missing_step(steps: Mapping[str, str], funnel: str, metrics: Iterable[str]) -> str:
    """The first of these metrics that is a step which the funnel does not have, in words; empty when there is none."""
    count = int(steps.get(funnel, "0"))
    for metric in metrics:
        if metric.startswith(STEP) and (place := int(metric.removeprefix(STEP))) >= count:
            return f"This funnel has {count} steps; there is no step {place + 1}."
    return ""
