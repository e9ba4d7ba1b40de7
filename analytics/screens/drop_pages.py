"""The page of one drop: where they went instead, and what distinguishes those who went on."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analytics.answers import cells
from analytics.answers.addresses import params_of
from analytics.answers.associations import Association, Distinguished, distinguished
from analytics.answers.cells import Cell, cell_from
from analytics.answers.paths import NODE, Node, Paths, Ribbon, paths
from analytics.answers.questions import Question
from analytics.answers.reports import Line, Share
from analytics.screens import filters
from analytics.screens.charts import duration, lost
from analytics.screens.pages import FunnelPage
from analytics.screens.scales import Scale
from analytics.semantics.notation import BadQuestion
from analytics.shares import FEW, Whisker, whisker

SHOWN = 40


class DropPage(FunnelPage):
    """The question of the address, and the step before which somebody was lost: the biggest drop when none is named."""

    def _question(self) -> Question:
        self.named = cell_from({"step": self.params.get("step", "")})
        asked = super()._question()
        if self.named and self.named.step >= len(asked.funnel.steps):
            raise BadQuestion(
                f"The funnel has {len(asked.funnel.steps)} steps; there is no step {self.named.step + 1}."
            )
        return asked

    @cached_property
    def step(self) -> int:
        if self.named:
            return self.named.step
        return next((step for step, line in enumerate(self.report.lines) if line.biggest), 0)

    @property
    def line(self) -> Line:
        return self.report.lines[self.step]

    @property
    def before(self) -> str:
        before = self.question.funnel.before(self.step)
        return "" if before is None else self.question.funnel.labels[before]

    @property
    def rate(self) -> Whisker | None:
        return whisker(lost(self.line))

    @property
    def people(self) -> str:
        return cells.url(self.question, Cell(self.step, "lost"))

    @property
    def those_who_went_on(self) -> str:
        return cells.url(self.question, Cell(self.step))

    @property
    def back(self) -> str:
        return f"{reverse('admin:analytics_funnel')}?{urlencode(params_of(self.question))}"

    @property
    def features_url(self) -> str:
        return self.url(part="features", step=str(self.step + 1))

    @property
    def at_once_url(self) -> str:
        return self.url(part="all", step=str(self.step + 1)) + "#features"

    @property
    def neighbours(self) -> list[filters.Choice]:
        """The other drops of the funnel."""
        lines = enumerate(self.report.lines)
        return [
            filters.Choice(str(step), line.label, step == self.step, self.url(step=str(step + 1)))
            for step, line in lines
            if line.lost
        ]

    @cached_property
    def paths(self) -> Paths:
        return paths(cells.ways(self.question, Cell(self.step, "lost")))

    @property
    def ribbons(self) -> list[tuple[Ribbon, str]]:
        return [(one, cells.url(self.question, Cell(self.step, "lost", then=one.then))) for one in self.paths.ribbons]

    @property
    def nodes(self) -> list[tuple[Node, float, str]]:
        """With their share of all in percent, and the list of who came through them."""
        drawn = []
        for depth, column in enumerate(self.paths.columns):
            for node in column:
                then = ("*",) * (depth - 1) + (node.hop,) if depth else ()
                people = cells.url(self.question, Cell(self.step, "lost", then=then))
                drawn.append((node, 100 * node.n / self.paths.total, people))
        return drawn

    @cached_property
    def features(self) -> Distinguished:
        return distinguished(self.question, self.step)

    @property
    def usual(self) -> str:
        return duration(self.features.usual_us)

    @property
    def rows(self) -> list["Row"]:
        found = self.features.found[:SHOWN]
        scale = Scale.of([bound for one in found for bound in (one.low, one.high)])
        return [Row(one, scale) for one in found]


class Row:
    """An association as it is drawn."""

    def __init__(self, one: Association, scale: Scale) -> None:
        self.one, self.scale = one, scale

    @property
    def few(self) -> bool:
        return min(self.one.n, self.one.others) < FEW

    @property
    def rate(self) -> Whisker | None:
        return whisker(Share(self.one.went_on, self.one.n))

    @property
    def others(self) -> Whisker | None:
        return whisker(Share(self.one.others_went_on, self.one.others))

    @property
    def places(self) -> tuple[float, float, float, float]:
        """Of 1, the lower bound, the upper bound and the ratio itself, in percent of the scale."""
        place = self.scale.place
        return place(1.0), place(self.one.low), place(self.one.high), place(self.one.odds)

    @property
    def words(self) -> str:
        if not self.one.certain:
            return "may be chance"
        return "more go on" if self.one.odds > 1 else "fewer go on"


def as_context(params: Mapping[str, str], at_once: bool = False) -> dict[str, Any]:
    page = DropPage(params)
    return {
        "page": page,
        "at_once": at_once,
        "question": page.question,
        "report": page.report,
        "filters": filters.of(page.question, page.period, [], page.url, page.params),
        "node_width": NODE,
        "now": datetime.now(UTC),
    }
