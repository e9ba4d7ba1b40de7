"""The funnel page: a query string becomes everything the template draws."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from analytics import breakdowns, filters
from analytics.breakdowns import SEGMENTS_SHOWN
from analytics.charts import Bar, bars, duration, lost, whisker
from analytics.filters import PERIODS, USUAL_PERIOD
from analytics.funnels import SIX_STAGES
from analytics.models import Journey
from analytics.questions import FIELDS, NONE, BadQuestion, Question, funnel_named, question_from
from analytics.reports import FunnelReport, report, top
from journey.models import Touched
from journey.trails import now_us


class FunnelPage:
    """What is asked is read from `params`; what cannot be understood is said, and the usual is shown instead."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self.problem = ""
        self.params = {name: value for name, value in params.items() if value}
        try:
            self.question = self._question()
        except BadQuestion as problem:
            self.problem, self.params = str(problem), {}
            self.question = self._question()

    def _question(self) -> Question:
        asked = question_from(self.params, funnel_named(self.params.get("funnel", SIX_STAGES.slug)))
        if self.params.get("period", USUAL_PERIOD) not in PERIODS:
            raise BadQuestion(f"There is no period “{self.params['period']}”; periods are {', '.join(PERIODS)}.")
        days = PERIODS[self.period][1] if self.period else None
        first = datetime.now(UTC).date() - timedelta(days=days - 1) if days else asked.first
        return replace(asked, first=first)

    @property
    def period(self) -> str:
        """The quick choice that is on; none when days were named."""
        if self.params.get("from") or self.params.get("to"):
            return ""
        return self.params.get("period", USUAL_PERIOD)

    @cached_property
    def report(self) -> FunnelReport:
        return top(report(self.question), SEGMENTS_SHOWN)

    @property
    def empty(self) -> bool:
        return not self.report.lines[0].count

    @cached_property
    def bars(self) -> list[Bar]:
        return bars(self.question.funnel, self.report.lines, self._lost_url)

    @property
    def revenue(self) -> str:
        cents = self.report.revenue_cents
        return f"{cents // 100:,}.{cents % 100:02} {settings.CURRENCY}"

    @property
    def drop(self) -> Bar | None:
        """The bar before which most are lost."""
        return next((bar for bar in self.bars if bar.line.biggest), None)

    @property
    def goal(self) -> Bar:
        return self.bars[self.question.funnel.goal]

    def _lost_url(self, step: int) -> str:
        """Only the six stages are stored with a journey; what else was lost cannot be listed."""
        asked = self.question
        before = asked.funnel.before(step)
        if asked.funnel != SIX_STAGES or before is None or any(field == "variant" for field, _ in asked.only):
            return ""
        query = {"stage__in": ",".join(str(stage) for stage in range(before + 1, step + 1))} | {
            f"{field}__exact": "" if value == NONE else value for field, value in asked.only
        }
        query |= {"kind__in": ",".join(sorted(asked.kinds))}
        query |= {"day__gte": str(asked.first)} if asked.first else {}
        query |= {"day__lte": str(asked.last)} if asked.last else {}
        return f"{reverse('admin:analytics_journey_changelist')}?{urlencode(query)}"

    @property
    def csv(self) -> str:
        return self.url(format="csv")

    @property
    def everything(self) -> str:
        """The same question about all days, of everyone who is usually counted."""
        return self.url(period="all", **dict.fromkeys(("from", "to", *FIELDS), ""))

    @property
    def without_simulated(self) -> str:
        return self.url(kind=",".join(sorted(self.question.kinds - {"simulated"})) or "visitor")

    def url(self, **changes: str) -> str:
        """This page with some of its parameters changed; an empty one is left out."""
        return "?" + urlencode({name: value for name, value in (self.params | changes).items() if value})

    @cached_property
    def waiting(self) -> int:
        """Participants whose latest steps are not in the numbers yet."""
        return Touched.objects.count()

    @cached_property
    def latest(self) -> str | None:
        """How long ago the last step of the latest counted journey was taken, in words."""
        stop = Journey.objects.order_by("-start").values_list("stop", flat=True).first()
        return None if stop is None else duration(max(0, now_us() - stop))


def as_context(params: Mapping[str, str]) -> dict[str, Any]:
    page = FunnelPage(params)
    return {
        "page": page,
        "question": page.question,
        "report": page.report,
        "drop": page.drop and {"bar": page.drop, "share": whisker(lost(page.drop.line))},
        "filters": filters.of(page.question, page.period, page.report.experiments, page.url),
        "rows": breakdowns.rows(page.report, page.params.get("sort", ""), page.url),
        "heads": breakdowns.heads(page.question.funnel, page.params.get("sort", ""), page.url),
        "now": datetime.now(UTC),
    }
