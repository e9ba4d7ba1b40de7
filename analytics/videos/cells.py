"""A figure as it is drawn: in words, with its interval, and what it is sorted and compared by."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from django.conf import settings

from analytics.shares import Share, Whisker, whisker
from analytics.templatetags.reports import percent
from analytics.videos.behind import Opener
from analytics.videos.metrics import CENTS, COUNT, SECONDS, SHARE, Metric, Value
from analytics.written import money

ENOUGH = 30  # a rate of fewer is not compared


@dataclass(frozen=True, slots=True)
class Figure:
    """`length` is percent of the largest of its kind on the page; `rank` is what it is sorted by."""

    metric: Metric
    text: str
    rank: float
    whisker: Whisker | None
    length: float = 0.0
    url: str = ""  # the journeys behind it

    @property
    def bare(self) -> str:
        """Without its currency, for a column whose head says it."""
        return self.text.removesuffix(f" {settings.CURRENCY}")


def figure_of(metric: Metric, figures: Any, largest: float = 0.0, opens: Opener | None = None) -> Figure:
    value = metric.of(figures)
    rank = rank_of(value)
    length = 100 * rank / largest if largest > 0 and metric.unit != SHARE else 0.0
    drawn = whisker(value) if isinstance(value, Share) else None
    url = opens(*metric.opens) if opens and rank > 0 else ""
    return Figure(metric, written(value, metric.unit), rank, drawn, max(0.0, length), url)


def rank_of(value: Value) -> float:
    """What there is nothing of comes last."""
    if value is None:
        return -1.0
    return value.value if isinstance(value, Share) else float(value)


def written(value: Value, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, Share):
        return percent(100 * value.value)
    if unit == CENTS:
        return money(value)
    if unit == COUNT:
        return f"{value:,.0f}"
    return f"{value:.1f} s" if unit == SECONDS else f"{value:.1f}"


def middle(metric: Metric, others: list[Any]) -> Value:
    """The median over those of whom enough is known; None when there are none."""
    values = [metric.of(one) for one in others]
    known = [rank_of(v) for v in values if v is not None and (not isinstance(v, Share) or v.whole >= ENOUGH)]
    return median(known) if known else None


def middle_written(metric: Metric, others: list[Any]) -> str:
    value = middle(metric, others)
    if value is None or isinstance(value, Share):
        return ""
    return percent(100 * value) if metric.unit == SHARE else written(value, metric.unit)
