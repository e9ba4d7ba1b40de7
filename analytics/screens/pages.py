"""The funnel page: a query string becomes everything the template draws."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from analytics.answers import cells, comparisons, segment_comparisons
from analytics.answers.addresses import params_of
from analytics.answers.asked import Asked
from analytics.answers.cells import Cell
from analytics.answers.questions import Question
from analytics.answers.reports import SEGMENTS_SHOWN, FunnelReport, report, top
from analytics.answers.trends import trend
from analytics.answers.what_if import WhatIf, what_if
from analytics.exporting.reports import WRITERS
from analytics.models import Journey
from analytics.screens import breakdowns, filters, lost_pages, trend_charts
from analytics.screens.charts import Bar, Links, bars, duration, lost
from analytics.screens.glossary import TERMS
from analytics.screens.left_out import left_out
from analytics.semantics.funnels import SHOP, SIX_STAGES
from analytics.shares import whisker
from analytics.written import money
from journey.models import Touched
from journey.trails import now_us


class FunnelPage(Asked):
    """The question of the address, its report, and the links to its neighbours."""

    compared_days: tuple[date, date] | None = None

    def _question(self) -> Question:
        asked = super()._question()
        self.compared_days = comparisons.other_days(asked, self.params, datetime.now(UTC).date())
        return asked

    @cached_property
    def report(self) -> FunnelReport:
        return top(report(self.question), SEGMENTS_SHOWN)

    @cached_property
    def other(self) -> FunnelReport | None:
        """The same of the days that it is compared with."""
        return report(self.other_question) if self.other_question else None

    @cached_property
    def other_question(self) -> Question | None:
        return comparisons.on_days(self.question, self.compared_days) if self.compared_days else None

    @property
    def compared_with(self) -> str:
        return " to ".join(f"{day:%-d %b %Y}" for day in self.compared_days or ())

    @property
    def counted(self) -> str:
        """What counts as one, in the plural."""
        return f"{TERMS[self.question.unit].name.lower()}s"

    @property
    def until_today(self) -> bool:
        return self.question.last is None or self.question.last >= datetime.now(UTC).date()

    @property
    def empty(self) -> bool:
        return not self.report.lines[0].count

    @cached_property
    def bars(self) -> list[Bar]:
        answer, other = self.report, self.other.lines if self.other else ()
        return bars(self.question.funnel, answer.lines, self.links, answer.total.gaps, other)

    @property
    def links(self) -> Links:
        return Links(
            lambda step: cells.url(self.question, Cell(step)),
            lambda step: cells.url(self.question, Cell(step, "lost")),
            self.drop_url,
        )

    def drop_url(self, step: int) -> str:
        return f"{reverse('admin:analytics_drop')}?{urlencode(params_of(self.question) | {'step': step + 1})}"

    @cached_property
    def comparison(self) -> list[comparisons.Step]:
        if not self.other or not self.other_question:
            return []
        other = self.other_question
        return comparisons.compared(
            self.report, self.other, self.links.reached, lambda step: cells.url(other, Cell(step))
        )

    @cached_property
    def compared_segments(self) -> segment_comparisons.Segments | None:
        if not self.question.by or not self.other or not self.other_question:
            return None
        now, then = self.question, self.other_question
        return segment_comparisons.compared(
            self.report,
            self.other,
            lambda step, value: cells.url(now, Cell(step, value=value)),
            lambda step, value: cells.url(then, Cell(step, value=value)),
        )

    @property
    def without_video(self) -> int:
        """Who is in none of the six stages: those begin with a video."""
        is_stages = self.question.funnel.slug == SIX_STAGES.slug and self.question.unit != "event"
        return self.report.units - self.report.lines[0].count if is_stages else 0

    @property
    def product_report(self) -> str:
        """The way they took instead."""
        return self.url(funnel=SHOP.slug, steps="")

    @property
    def what_if(self) -> list[WhatIf]:
        return what_if(self.question.funnel, self.report.lines)

    @cached_property
    def trend(self) -> trend_charts.TrendChart:
        now = now_us()
        other = trend(self.other_question, now) if self.other_question else []
        return trend_charts.chart(trend(self.question, now), _DayLinks(self.question), other)

    @property
    def goal_label(self) -> str:
        return self.question.funnel.labels[self.question.funnel.goal]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form has no field for."""
        return [(name, self.params[name]) for name in ("steps", *filters.LIMITING) if name in self.params]

    @property
    def values_url(self) -> str:
        return f"{reverse('admin:analytics_values')}{self.url()}"

    @property
    def plain(self) -> str:
        """The same funnel and days without anything else."""
        kept = ("funnel", "steps", "period", "from", "to")
        return self.url(**{name: "" for name in self.params if name not in kept})

    @property
    def trend_url(self) -> str:
        return self.url(part="trend")

    @property
    def at_once_url(self) -> str:
        return self.url(part="all") + "#trend"

    @property
    def revenue(self) -> str:
        return money(self.report.revenue_cents)

    @property
    def drop(self) -> Bar | None:
        """The bar before which most are lost."""
        return next((bar for bar in self.bars if bar.line.biggest), None)

    @property
    def goal(self) -> Bar:
        return self.bars[self.question.funnel.goal]

    @property
    def csv(self) -> str:
        return self.url(format="csv")

    @property
    def files(self) -> list[tuple[str, str]]:
        """Name of a format, and the address of this report in it."""
        return [(name, self.url(format=format_)) for format_, (name, _, _) in WRITERS.items()]

    @property
    def everything(self) -> str:
        """The same question about all days, of everyone who is usually counted."""
        return self.url(period="all", **dict.fromkeys(("from", "to", *filters.NARROWING), ""))

    @property
    def without_simulated(self) -> str:
        return self.url(kind=",".join(sorted(self.question.kinds - {"simulated"})) or "visitor")

    @cached_property
    def waiting(self) -> int:
        """Participants whose latest steps are not in the numbers yet."""
        return Touched.objects.count()

    @cached_property
    def latest(self) -> str | None:
        """How long ago the last step of the latest counted journey was taken, in words."""
        stop = Journey.objects.order_by("-start").values_list("stop", flat=True).first()
        return None if stop is None else duration(max(0, now_us() - stop))


class _DayLinks(trend_charts.DayUrl):
    def __init__(self, question: Question) -> None:
        self.question = question

    def entered(self, day: date) -> str:
        return cells.url(self.question, Cell(0, day=day))

    def converted(self, day: date) -> str:
        return cells.url(self.question, Cell(self.question.funnel.goal, day=day))


def params_from(query: QueryDict) -> dict[str, str]:
    """Of an address that a form may have written: boxes come one by one, and a chosen funnel has its own steps."""
    params = {name: str(value) for name, value in query.items()}
    if len(query.getlist("by")) > 1:
        params["by"] = ",".join(filter(None, query.getlist("by")))
    if params.get("funnel") and params.get("steps"):
        del params["steps"]
    return params


def as_context(params: Mapping[str, str], at_once: bool = False) -> dict[str, Any]:
    """`at_once`: with what is otherwise fetched when the page is there, for browsers without scripts."""
    page = FunnelPage(params)
    return {
        "page": page,
        "at_once": at_once,
        "question": page.question,
        "report": page.report,
        "note": lost_pages.note_on(page.report),
        "left_out": left_out(page.question, page.url),
        "drop": page.drop and {"bar": page.drop, "share": whisker(lost(page.drop.line))},
        "filters": filters.of(page.question, page.period, page.report.experiments, page.url, page.params),
        "rows": breakdowns.rows(page.report, page.params.get("sort", ""), page.url),
        "heads": breakdowns.heads(page.question.funnel, page.params.get("sort", ""), page.url),
        "now": datetime.now(UTC),
    }


def trend_context(params: Mapping[str, str]) -> dict[str, Any]:
    """Only what the trend needs."""
    page = FunnelPage(params)
    return {"page": page, "question": page.question, "trend": page.trend}
