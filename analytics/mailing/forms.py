"""The form of a scheduled mail: the report it names has to be one that can be asked."""

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget

from analytics.mailing.models import Schedule
from analytics.mailing.reports import asked_by, query_of


class ScheduleForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Schedule
        fields = ["name", "what", "query", "weekday", "hour", "recipients", "is_on"]
        widgets = {name: UnfoldAdminTextareaWidget(attrs={"rows": 3}) for name in ("query", "recipients")}

    def clean_query(self) -> str:
        query = query_of(self.cleaned_data["query"])
        if query and (problem := asked_by(query).problem):
            raise ValidationError(f"This report cannot be made. {problem}")
        return f"?{query}" if query else ""
