"""The form of a saved report. What cannot be counted is said in words, beside the field it is about."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.text import slugify

from analytics.answers.asked import PERIODS, USUAL_PERIOD
from analytics.answers.questions import FIELDS, UNITS, Question, question_from
from analytics.saved.models import SavedReport
from analytics.semantics.funnels import FUNNELS, Attempt, Funnel, Order
from analytics.semantics.notation import BadQuestion, read, window_from

ORDERS = {Order.ORDERED: "In this order", Order.STRICT: "In this order, nothing between", Order.ANY: "In any order"}
ATTEMPTS = {Attempt.BEST: "The one that got furthest", Attempt.FIRST: "The one that began first"}
KINDS = {"": "Visitors, as usual", "all": "Everyone", "visitor": "Visitors only", "simulated": "Simulated only"}
NAMED = [(field, field) for field in FIELDS]
MINE = ("slug", "asked")  # names of funnels that mean something else


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    labels = forms.CharField(required=False, widget=forms.Textarea, help_text="A name for each step, one a line.")
    slug = forms.SlugField(
        required=False, max_length=40, label="Address", help_text="Made from the name if left empty."
    )
    order = forms.ChoiceField(choices=list(ORDERS.items()), label="Order of the steps")
    attempt = forms.ChoiceField(choices=list(ATTEMPTS.items()), label="Which attempt counts")
    unit = forms.ChoiceField(choices=[(unit, f"each {unit}") for unit in UNITS], label="What is counted")
    period = forms.ChoiceField(choices=[(name, label) for name, (label, _) in PERIODS.items()], label="Days")
    by = forms.ChoiceField(choices=[("", "nothing"), *NAMED], required=False, label="Split by")
    also_by = forms.ChoiceField(choices=[("", "nothing else"), *NAMED], required=False, label="And by")
    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False, label="Who")
    only = forms.CharField(
        required=False, label="Only", help_text="Filters, as in an address: device=phone&source=direct"
    )

    class Meta:
        model = SavedReport
        fields = ("name", "slug", "question", "line", "window", "order", "attempt", "unit")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:40].strip("-"))
        if slug in FUNNELS or slug in MINE:
            raise forms.ValidationError(
                f"“{slug}” is the address of a report that is always there; choose another one."
            )
        if SavedReport.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"There is a report “{slug}” already; choose another name or address.")
        return slug

    def clean_line(self) -> str:
        return _understood(self.cleaned_data["line"], read)

    def clean_window(self) -> str:
        return _understood(self.cleaned_data["window"], window_from)

    def clean_labels(self) -> list[str]:
        return [label.strip()[:60] for label in self.cleaned_data["labels"].splitlines()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.instance.labels = given.get("labels", [])
        self.instance.query = self._query(given)
        if not {"line", "window", "order", "attempt"} & self.errors.keys():
            self._check(given)
        return given

    def _check(self, given: dict[str, Any]) -> None:
        for name in ("line", "window", "order", "attempt", "unit"):
            setattr(self.instance, name, given.get(name) or getattr(self.instance, name))
        try:
            self.funnel = self.instance.funnel()
        except BadQuestion as problem:
            self.add_error("line", str(problem))
            return
        try:
            self.asked = self._question(self.funnel)
        except BadQuestion as problem:
            self.add_error("only", str(problem))

    funnel: Funnel
    asked: Question

    def _question(self, funnel: Funnel) -> Question:
        params = dict(parse_qsl(self.instance.query, keep_blank_values=True)) | {"unit": self.instance.unit}
        if unknown := params.keys() - {*FIELDS, "by", "kind", "period", "unit"}:
            raise BadQuestion(f"There is no filter “{min(unknown)}”; filters are {', '.join(FIELDS)}.")
        return question_from(params, funnel)

    def _query(self, given: dict[str, Any]) -> str:
        only = parse_qsl(given.get("only", ""), keep_blank_values=True)
        usual = {"period": "" if given.get("period") == USUAL_PERIOD else given.get("period", "")}
        by = ",".join(filter(None, [given.get("by", ""), given.get("also_by", "")]))
        said = usual | {"by": by, "kind": given.get("kind", "")}
        return urlencode([*((name, value) for name, value in said.items() if value), *only])


def initial_of(report: SavedReport) -> dict[str, Any]:
    """What the fields that are no columns hold."""
    asked = dict(parse_qsl(report.query))
    by, also_by, *_ = (*asked.pop("by", "").split(","), "")
    said = {"period": asked.pop("period", USUAL_PERIOD), "by": by, "also_by": also_by, "kind": asked.pop("kind", "")}
    return said | {"only": urlencode(asked), "labels": "\n".join(report.labels)}


def _understood(text: str, reader: Any) -> str:
    try:
        reader(text)
    except BadQuestion as problem:
        raise forms.ValidationError(str(problem)) from None
    return text.strip()
