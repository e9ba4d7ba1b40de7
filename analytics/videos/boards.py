"""All videos, or all products, as a table that can be sorted and searched."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse

from analytics.answers.asked import Asked
from analytics.screens.filters import Choice
from analytics.screens.slugs import named, picture, poster
from analytics.videos import periods
from analytics.videos.behind import Opener
from analytics.videos.cells import Figure, figure_of, rank_of
from analytics.videos.metrics import (
    ON_PRODUCT_BOARD,
    ON_VIDEO_BOARD,
    PRODUCT_METRICS,
    SHARE,
    VIDEO_METRICS,
    Metric,
)
from analytics.videos.steps import PRODUCT_STEPS, VIDEO_STEPS, Steps

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """What a board is about."""

    name: str
    names: str
    table: periods.Table[Any]
    metrics: list[Metric]
    on_board: tuple[str, ...]
    usual: str
    met: str  # the number by which the most met ones are found
    picture: Callable[[str], str]
    steps: Steps

    @property
    def columns(self) -> list[Metric]:
        known = {metric.key: metric for metric in self.metrics}
        return [known[key] for key in self.on_board]

    def url(self, slug: str) -> str:
        return reverse(f"admin:analytics_{self.name}day_results", args=[slug])


VIDEO = Kind(
    "video", "videos", periods.VIDEOS, VIDEO_METRICS, ON_VIDEO_BOARD, "plays", "impressions", poster, VIDEO_STEPS
)
PRODUCT = Kind(
    "product",
    "products",
    periods.PRODUCTS,
    PRODUCT_METRICS,
    ON_PRODUCT_BOARD,
    "page_views",
    "page_views",
    picture,
    PRODUCT_STEPS,
)


@dataclass(frozen=True, slots=True)
class Row:
    slug: str
    name: str
    picture: str
    url: str
    figures: list[Figure]


class Board(Asked):
    """The board of an address: days, kinds of participants, `q`, and `sort` with a minus for the smallest first."""

    def __init__(self, kind: Kind, params: Mapping[str, str]) -> None:
        self.kind = kind
        super().__init__(params)

    @cached_property
    def known(self) -> list[Any]:
        """Everyone's numbers, as far as the board needs them."""
        needs = sorted({name for metric in self.kind.columns for name in metric.needs})
        asked = self.question
        return periods.numbers(self.kind.table, needs, asked.first, asked.last, asked.kinds)

    @property
    def sort(self) -> str:
        asked = self.params.get("sort", "")
        return asked if asked.removeprefix("-") in self.kind.on_board else self.kind.usual

    @cached_property
    def found(self) -> list[Any]:
        """Those that are searched for, sorted; equal ones by name."""
        wanted = self.params.get("q", "").strip().lower().replace(" ", "-")
        metric = next(metric for metric in self.kind.columns if metric.key == self.sort.removeprefix("-"))
        name = self.kind.name
        some = sorted(
            (one for one in self.known if wanted in getattr(one, name)), key=lambda one: str(getattr(one, name))
        )
        return sorted(some, key=lambda one: rank_of(metric.of(one)), reverse=not self.sort.startswith("-"))

    @property
    def rows(self) -> Iterator[Row]:
        shown = self.found[:SHOWN]
        most = {m.key: max((rank_of(m.of(one)) for one in shown), default=0.0) for m in self.kind.columns}
        for one in shown:
            slug = getattr(one, self.kind.name)
            opens = Opener(self.question, self.kind.name, slug)
            figures = [figure_of(metric, one, most[metric.key], opens) for metric in self.kind.columns]
            yield Row(slug, named(slug), self.kind.picture(slug), self.one_url(slug), figures)

    def one_url(self, slug: str) -> str:
        """Its page, of the same days and people."""
        kept = dict.fromkeys(("q", "sort", "format"), "")
        return self.kind.url(slug) + self.url(**kept).rstrip("?")

    @property
    def more(self) -> int:
        return max(0, len(self.found) - SHOWN)

    @property
    def heads(self) -> list[tuple[Metric, Choice]]:
        """A second click turns the order round."""
        chosen, heads = self.sort.removeprefix("-"), []
        for metric in self.kind.columns:
            key = metric.key
            turned = f"-{key}" if self.sort == key else key
            direction = "ascending" if self.sort.startswith("-") else "descending"
            heads.append((metric, Choice(direction, metric.label, key == chosen, self.url(sort=turned))))
        return heads

    @property
    def selling(self) -> int:
        """How many of those found brought an order."""
        return sum(one.orders > 0 for one in self.found)

    @property
    def currency(self) -> str:
        return settings.CURRENCY

    @property
    def everything(self) -> str:
        return self.url(period="all", **{"from": "", "to": "", "q": ""})

    @property
    def csv(self) -> str:
        return self.url(format="csv")

    def lines(self) -> Iterator[list[object]]:
        """Of everyone that is found, a rate as its two counts."""
        columns = self.kind.columns
        yield [self.kind.name, *(name for metric in columns for name in _csv_names(metric))]
        for one in self.found:
            yield [getattr(one, self.kind.name), *(n for metric in columns for n in _csv_values(metric, one))]


def _csv_names(metric: Metric) -> list[str]:
    return [f"{metric.key}_part", f"{metric.key}_of"] if metric.unit == SHARE else [metric.key]


def _csv_values(metric: Metric, one: Any) -> list[object]:
    value: Any = metric.of(one)
    if metric.unit != SHARE:
        return ["" if value is None else round(value, 2)]
    return [value.part, value.whole] if value else [0, 0]
