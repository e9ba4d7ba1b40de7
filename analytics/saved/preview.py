"""A report that is being written, over the last seven days: drawn as the report page draws it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from analytics.answers.questions import Question
from analytics.saved.drafts import drafts
from analytics.saved.forms import ReportForm
from analytics.screens.charts import Links
from analytics.screens.pages import FunnelPage

DAYS = 7
ABOUT_STEPS = ("line", "labels", "window", "order", "attempt", "unit", "only", "by", "kind")


class PreviewPage(FunnelPage):
    """Asks what the form asks, whatever the address says."""

    def __init__(self, asked: Question) -> None:
        first = datetime.now(UTC).date() - timedelta(days=DAYS - 1)
        self.asked = Question(asked.funnel, first, None, asked.kinds, only=asked.only, unit=asked.unit)
        super().__init__({})

    def _question(self) -> Question:
        return self.asked

    @property
    def csv(self) -> str:
        return ""

    @property
    def files(self) -> list[tuple[str, str]]:
        return []

    @property
    def links(self) -> Links:
        return Links()  # the numbers of a draft lead nowhere


def preview(request: HttpRequest, form: ReportForm) -> dict[str, Any]:
    """The funnel as HTML, the steps as the server reads them, and what is wrong, per field."""
    wrong = {name: " ".join(map(str, said)) for name, said in form.errors.items() if name in ABOUT_STEPS}
    line, labels = form.data.get("line", ""), form.data.get("labels", "").splitlines()
    answer: dict[str, Any] = {"wrong": wrong, "steps": drafts(line, labels), "html": ""}
    if not wrong:
        page = PreviewPage(form.asked)
        context = {"page": page, "question": page.question, "report": page.report, "days": DAYS}
        answer["html"] = render_to_string("admin/analytics/report_preview.html", context, request)
    return answer
