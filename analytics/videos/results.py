"""What the page of a video and that of a product share: an address becomes everything the templates draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analytics.answers.addresses import params_of
from analytics.answers.asked import Asked
from analytics.screens.pages import FunnelPage
from analytics.screens.slugs import found_in_admin, named
from analytics.semantics.funnels import PATH
from analytics.videos import periods, pictures
from analytics.videos.behind import Opener
from analytics.videos.boards import Kind
from analytics.videos.cells import Figure, figure_of, middle_written
from analytics.videos.metrics import Metric
from analytics.videos.pictures import Bar
from analytics.videos.steps import Step, steps_of
from analytics.written import money

MOST_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of this one beside the median of the shop's others."""

    figure: Figure
    middle: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Bars under a heading; `sentence` says what is missing when there are none."""

    title: str
    bars: list[Bar]
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """Another thing's name, its page, and two numbers, each with the journeys behind it."""

    name: str
    url: str
    numbers: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Linked:
    """What it was met with: the products of a video, the videos of a product."""

    title: str
    kind: str
    heads: list[str]
    rows: list[Row]
    sentence: str


class Results(Asked):
    """One video's or product's results in the days and of the people an address asks for."""

    kind: Kind

    def __init__(self, slug: str, params: Mapping[str, str]) -> None:
        self.slug, self.name = slug, named(slug)
        super().__init__(params)

    @cached_property
    def days(self) -> dict[date, Any]:
        asked = self.question
        return periods.by_day(self.kind.table, self.slug, asked.first, asked.last, asked.kinds)

    @cached_property
    def figures(self) -> Any:
        raise NotImplementedError

    @property
    def empty(self) -> bool:
        return not self.days

    @property
    def picture(self) -> str:
        return self.kind.picture(self.slug)

    @property
    def in_shop(self) -> str:
        return found_in_admin(self.kind.name, self.slug)

    @property
    def everything(self) -> str:
        return self.url(period="all", **{"from": "", "to": ""})

    @property
    def board(self) -> str:
        return reverse(f"admin:analytics_{self.kind.name}day_changelist") + self.url().rstrip("?")

    @property
    def verdict(self) -> str:
        """Where the diagnosis of it stands: it looks at the whole shop, so this page does not wait for it."""
        return reverse("admin:analytics_diagnosis_subject", args=[self.kind.name, self.slug]) + self.url().rstrip("?")

    @cached_property
    def opens(self) -> Opener:
        """The lists of the journeys behind its numbers."""
        return Opener(self.question, self.kind.name, self.slug)

    @cached_property
    def path(self) -> FunnelPage:
        """Every step from the first frame to the refund, of the journeys that began with it."""
        kept = {name: self.params[name] for name in ("from", "to", "period", "kind") if name in self.params}
        return FunnelPage(kept | {"funnel": PATH.slug, self.kind.name: self.slug})

    @property
    def funnel(self) -> str:
        return f"{reverse('admin:analytics_funnel')}?{urlencode(params_of(self.path.question))}"

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.kind.steps, self.figures, self.opens)

    @cached_property
    def others(self) -> list[Any]:
        """The shop's others, as far as they are compared, with the numbers that are."""
        needs = sorted({name for metric in self.kind.metrics for name in metric.needs})
        asked, name = self.question, self.kind.name
        days = asked.first, asked.last, asked.kinds
        met = periods.most_met(self.kind.table, self.kind.met, *days, MOST_COMPARED)
        known = periods.numbers(self.kind.table, needs, *days, met)
        return [one for one in known if getattr(one, name) != self.slug]

    @cached_property
    def compared(self) -> list[Compared]:
        return [self._compared(metric) for metric in self.kind.metrics]

    def _compared(self, metric: Metric) -> Compared:
        return Compared(figure_of(metric, self.figures, opens=self.opens), middle_written(metric, self.others))

    def figure(self, key: str) -> Figure:
        metric = next(metric for metric in self.kind.metrics if metric.key == key)
        return figure_of(metric, self.figures, opens=self.opens)

    def trend(self, *figures: str) -> list[Bar]:
        return pictures.trend_of(self.days, figures, self.opens, self.question.last)

    def listed(self, title: str, spread: str, sentence: str, whole: int = 0, unit: str = "") -> Listed:
        """The names of a figure, as bars."""
        bars = pictures.bars_of(getattr(self.figures, spread), self.opens.each(spread), whole, unit)
        return Listed(title, bars, sentence)

    def histogram(self, title: str, spread: str, size: float, last: int, sentence: str) -> Listed:
        bars = pictures.histogram_of(getattr(self.figures, spread), self.opens.each(spread), size, last)
        return Listed(title, bars, sentence)

    def table(self, title: str, kind: Kind, one: tuple[str, str], two: tuple[str, str], sentence: str) -> Linked:
        """Of two spreads, (head, figure) each, by the slugs of the other kind; those with the largest second first."""
        spreads = {figure: getattr(self.figures, figure) for _, figure in (one, two)}
        slugs = {slug for spread in spreads.values() for slug in spread}
        kept = self.url().rstrip("?")
        rows = [
            Row(
                named(slug),
                kind.url(slug) + kept,
                [
                    (n := spread.get(slug, 0), self.opens(name, named=slug) if n else "")
                    for name, spread in spreads.items()
                ],
            )
            for slug in sorted(slugs, key=lambda slug: ([-spread.get(slug, 0) for spread in spreads.values()], slug))
        ]
        return Linked(title, kind.name, [one[0], two[0]], rows, sentence)

    @property
    def gmv(self) -> str:
        return money(self.figures.order_cents)

    @property
    def after(self) -> list[Listed]:
        """What became of its orders."""
        return [
            self.listed("Tickets by topic", "topics", "No ticket."),
            self.listed("Reasons of returns", "return_reasons", "Nothing was sent back."),
            self.listed("Stars", "stars", "No review."),
            self.listed("What the checkout refused", "errors", "Nothing was refused."),
        ]
