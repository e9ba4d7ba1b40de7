"""The form of a rule: what is watched is chosen from the funnels there are."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from analytics.alerts.measuring import known_funnels
from analytics.alerts.models import AlertRule
from analytics.models import FIELDS

SEGMENTS = [name for name in FIELDS if name != "arms"]  # what the counts of days know one value at a time


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    watched = forms.ChoiceField(
        label="What is watched",
        widget=UnfoldAdminSelectWidget,
        help_text="The share of those who came to the step before. Of the first step: of all journeys.",
    )

    field = forms.ChoiceField(
        label="Only where",
        required=False,
        choices=[("", "everyone"), *((name, name) for name in SEGMENTS)],
        widget=UnfoldAdminSelectWidget,
        help_text="Of a segment, and of other funnels than the six stages, days are watched and not hours.",
    )

    class Meta:
        model = AlertRule
        fields = ["name", "field", "value", "direction", "sensitivity", "enough", "recipients", "is_on"]
        widgets = {"recipients": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watched = self.fields["watched"]
        assert isinstance(watched, forms.ChoiceField)  # noqa: S101  (declared above)
        watched.choices = [
            (funnel.name, [(f"{slug}:{step}", label) for step, label in enumerate(funnel.labels)])
            for slug, funnel in known_funnels().items()
        ]
        watched.initial = f"{self.instance.funnel}:{self.instance.step or 0}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if watched := cleaned.get("watched"):
            self.instance.funnel, _, step = watched.rpartition(":")
            self.instance.step = int(step)
        return cleaned
