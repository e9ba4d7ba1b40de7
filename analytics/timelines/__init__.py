"""One journey as a line of time that a person can read: drawn from its events, or from its path when they are gone."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from django.urls import reverse

from analytics.models import DayQuerySet, Journey
from analytics.timelines.drawn import Band, Mark, Row, bands, marks, rows
from analytics.timelines.folding import fold
from analytics.timelines.staged import stages_since
from analytics.timelines.telling import stopped_at, story
from analytics.timelines.told import Known, known_of
from analytics.timelines.words import clock, spell
from journey.models import Experiment, Participant

__all__ = ["Timeline", "timeline"]
TICKS = 6


@dataclass(frozen=True)
class Timeline:
    journey: Journey
    known: Known

    @cached_property
    def rows(self) -> list[Row]:
        return rows(fold(self.known.events))

    @property
    def bands(self) -> list[Band]:
        return bands(self.rows, stages_since(self.known.events))

    @property
    def length(self) -> int:
        return max(1, self.journey.stop - self.journey.start)

    @property
    def marks(self) -> list[Mark]:
        return list(marks(self.rows, self.length))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        return [(round(100 * k / TICKS, 2), clock(self.length * k // TICKS)) for k in range(TICKS + 1)]

    @property
    def story(self) -> str:
        return story([row.card for row in self.rows]) if self.rows else ""

    @property
    def stopped_at(self) -> str:
        said = stopped_at([row.card for row in self.rows])
        return said[:1].upper() + said[1:]

    @property
    def took(self) -> str:
        return spell(self.journey.stop - self.journey.start)

    @property
    def end(self) -> str:
        return clock(self.journey.stop - self.journey.start)

    @property
    def raw(self) -> list[dict[str, Any]]:
        return [
            {"at": clock(told.at), "trail": str(told.trail), "n": told.n, "step": told.step.value, "props": told.props}
            for told in self.known.events
        ]

    @property
    def as_json(self) -> str:
        """The numbers of trails as texts: they are larger than a script can count."""
        about = {"participant": self.journey.code, "start": self.journey.start, "events": self.raw}
        return orjson.dumps(about, option=orjson.OPT_INDENT_2).decode()

    @cached_property
    def participant(self) -> Participant | None:
        """None when they are forgotten, and their journey not yet."""
        return Participant.objects.filter(pk=self.journey.participant).first()

    @property
    def arms(self) -> list[tuple[str, str]]:
        """Arm → the page of its experiment; empty when that is gone."""
        arms = [arm for arm in self.journey.arms.split(";") if arm]
        slugs = {arm.partition("=")[0] for arm in arms}
        known = Experiment.objects.filter(slug__in=slugs).values_list("slug", flat=True)
        pages = {slug: reverse("experiment_results", args=[slug]) for slug in known}
        return [(arm, pages.get(arm.partition("=")[0], "")) for arm in arms]

    @property
    def before(self) -> Journey | None:
        return _first(self._others.filter(start__lt=self.journey.start).order_by("-start"))

    @property
    def after(self) -> Journey | None:
        return _first(self._others.filter(start__gt=self.journey.start).order_by("start"))

    @property
    def _others(self) -> DayQuerySet:
        others: DayQuerySet = Journey.objects.filter(participant=self.journey.participant).only("pk", "start")
        return others


def _first(rows: Any) -> Journey | None:
    found: Journey | None = rows.first()
    return found


def timeline(journey: Journey) -> Timeline:
    return Timeline(journey, known_of(journey))
