"""The funnel page: a query string becomes everything the template draws."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from analytics import breakdowns, filters, lost_pages
from analytics.asked import Asked
from analytics.breakdowns import SEGMENTS_SHOWN
from analytics.charts import Bar, bars, duration, lost, whisker
from analytics.funnels import SIX_STAGES
from analytics.left_out import left_out
from analytics.models import Journey
from analytics.questions import FIELDS, NONE
from analytics.reports import FunnelReport, report, top
from journey.models import Touched
from journey.trails import now_us


class FunnelPage(Asked):
    """The question of the address, its report, and the links to its neighbours."""

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
        "note": lost_pages.note_on(page.report),
        "left_out": left_out(page.question, page.url),
        "drop": page.drop and {"bar": page.drop, "share": whisker(lost(page.drop.line))},
        "filters": filters.of(page.question, page.period, page.report.experiments, page.url),
        "rows": breakdowns.rows(page.report, page.params.get("sort", ""), page.url),
        "heads": breakdowns.heads(page.question.funnel, page.params.get("sort", ""), page.url),
        "now": datetime.now(UTC),
    }
