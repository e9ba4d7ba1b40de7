"""The funnel page: a query string becomes everything the template draws."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analytics.charts import Bar, Whisker, bars, lost, whisker
from analytics.funnels import FUNNELS, SECOND_US, SIX_STAGES
from analytics.models import Journey
from analytics.questions import EXPERIMENT, FIELDS, BadQuestion, Question, default_kinds, funnel_named, question_from
from analytics.reports import FunnelReport, Line, Segment, report, top
from journey.models import Participant, Touched
from journey.steps import Step
from journey.trails import now_us

PERIODS = {"today": ("Today", 1), "7": ("7 days", 7), "30": ("30 days", 30), "all": ("All", None)}
USUAL_PERIOD = "30"
SEGMENTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to click or select."""

    value: str
    label: str
    chosen: bool
    url: str = ""


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
        days = PERIODS[self.period][1] if self.period else None
        first = datetime.now(UTC).date() - timedelta(days=days - 1) if days else asked.first
        return replace(asked, first=first)

    @property
    def period(self) -> str:
        """The quick choice that is on; none when days were named."""
        if self.params.get("from") or self.params.get("to"):
            return ""
        named = self.params.get("period", USUAL_PERIOD)
        return named if named in PERIODS else USUAL_PERIOD

    @cached_property
    def report(self) -> FunnelReport:
        return top(report(self.question), SEGMENTS_SHOWN)

    @property
    def empty(self) -> bool:
        return not self.report.lines[0].count

    @cached_property
    def bars(self) -> list[Bar]:
        return bars(self.report.lines, self._lost_url)

    @property
    def drop(self) -> Bar | None:
        """The bar before which most are lost."""
        return next((bar for bar in self.bars if bar.line.biggest), None)

    @property
    def goal(self) -> Bar:
        """The purchase, or the last step where a funnel has none."""
        bought = frozenset({Step.PURCHASE})
        steps = self.question.funnel.steps
        return self.bars[steps.index(bought) if bought in steps else -1]

    def _lost_url(self, step: int) -> str:
        """Only the six stages are stored with a journey; what else was lost cannot be listed."""
        asked = self.question
        before = asked.funnel.before(step)
        if asked.funnel != SIX_STAGES or before is None or any(field == "variant" for field, _ in asked.only):
            return ""
        query = {"stage__in": ",".join(str(stage) for stage in range(before + 1, step + 1))} | dict(asked.only)
        query |= {"kind__in": ",".join(sorted(asked.kinds))}
        query |= {"day__gte": str(asked.first)} if asked.first else {}
        query |= {"day__lte": str(asked.last)} if asked.last else {}
        return f"{reverse('admin:analytics_journey_changelist')}?{urlencode(query)}"

    def url(self, **changes: str) -> str:
        """This page with some of its parameters changed; an empty one is left out."""
        return "?" + urlencode({name: value for name, value in (self.params | changes).items() if value})

    # Filters

    def funnels(self) -> list[Choice]:
        return [Choice(slug, each.name, each == self.question.funnel) for slug, each in FUNNELS.items()]

    def periods(self) -> list[Choice]:
        return [
            Choice(name, label, name == self.period, self.url(period=name, **{"from": "", "to": ""}))
            for name, (label, _) in PERIODS.items()
        ]

    def fields(self) -> list[Choice]:
        by = "variant" if self.question.by.startswith(EXPERIMENT) else self.question.by
        return [Choice("", "nothing", not by), *(Choice(field, field, field == by) for field in FIELDS)]

    def kinds(self) -> list[Choice]:
        usual = ",".join(sorted(default_kinds()))
        labels = {usual: " and ".join(sorted(default_kinds(), reverse=True)), "all": "everyone"}
        labels |= {kind: kind for kind in Participant.Kind.values if kind not in labels}
        asked = ",".join(sorted(self.question.kinds))
        chosen = "all" if self.question.kinds == frozenset(Participant.Kind.values) else asked
        return [Choice(kind, label, kind == chosen) for kind, label in labels.items()]

    def experiments(self) -> list[Choice]:
        known = self.report.experiments
        named = self.question.by.removeprefix(EXPERIMENT)
        chosen = named if named in known else next(iter(known), "")
        return [Choice(slug, slug, slug == chosen, self.url(by=EXPERIMENT + slug)) for slug in known]

    def only(self) -> list[Choice]:
        """The fields that are held to one value, each with the page without it."""
        return [
            Choice(field, f"{field}: {value}", True, self.url(**{field: ""})) for field, value in self.question.only
        ]

    def without_simulated(self) -> str:
        return self.url(kind=",".join(sorted(self.question.kinds - {"simulated"})) or "visitor")

    # Freshness

    @cached_property
    def waiting(self) -> int:
        """Participants whose latest steps are not in the numbers yet."""
        return Touched.objects.count()

    @cached_property
    def latest_seconds(self) -> int | None:
        """Seconds since the latest counted journey's last step."""
        latest = Journey.objects.order_by("-start").values_list("stop", flat=True).first()
        return None if latest is None else max(0, (now_us() - latest) // SECOND_US)


@dataclass(frozen=True, slots=True)
class Row:
    """A segment in the table; `url` looks into it."""

    value: str
    url: str
    cells: list[tuple[Line, Whisker | None]]


def rows(page: FunnelPage) -> list[Row]:
    """Segments as the table shows them: the largest first, or sorted by a step's rate; the sum of the rest stays last."""
    segments = page.report.segments
    rest = segments[SEGMENTS_SHOWN:]
    return [_row(page, segment) for segment in [*_sorted(page, segments[:SEGMENTS_SHOWN]), *rest]]


def heads(page: FunnelPage) -> list[Choice]:
    """The steps with links that sort by them; a second click turns the order round."""
    sort = page.params.get("sort", "0")
    return [
        Choice(
            "-" if sort == f"-{step}" else str(step),
            label,
            sort in (str(step), f"-{step}"),
            page.url(sort=_turned(sort, step)),
        )
        for step, label in enumerate(page.question.funnel.labels)
    ]


def _turned(sort: str, step: int) -> str:
    return f"-{step}" if sort == str(step) else str(step)


def _sorted(page: FunnelPage, segments: list[Segment]) -> list[Segment]:
    sort = page.params.get("sort", "0")
    step = sort.removeprefix("-")
    if not step.isdecimal() or int(step) >= len(page.question.funnel.steps):
        return segments
    return sorted(segments, key=lambda segment: _rank(segment.lines[int(step)], int(step)), reverse=sort == step)


def _rank(line: Line, step: int) -> float:
    """The first step by its count, the others by their rate."""
    if step == 0:
        return line.count
    return line.of_previous.value if line.of_previous else -1.0


def _row(page: FunnelPage, segment: Segment) -> Row:
    field = "variant" if page.question.by.startswith(EXPERIMENT) else page.question.by
    listed = segment in page.report.segments[:SEGMENTS_SHOWN]
    url = page.url(**{field: segment.value, "by": "", "sort": ""}) if listed else ""
    cells = [(line, whisker(line.of_previous) if step else None) for step, line in enumerate(segment.lines)]
    return Row(segment.value, url, cells)


def as_context(page: FunnelPage) -> dict[str, Any]:
    drop = page.drop
    return {
        "page": page,
        "question": page.question,
        "report": page.report,
        "rows": rows(page),
        "heads": heads(page),
        "drop": drop and {"bar": drop, "share": whisker(lost(drop.line))},
        "now": datetime.now(UTC),
    }
