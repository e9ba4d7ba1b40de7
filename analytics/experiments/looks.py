"""When an experiment may be read: any day, once at the end, or on the days of its planned looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil

from analytics.experiments.results import LOOKS, Reading, Row
from journey.models import Experiment

FIXED, PLANNED = Experiment.Reading.FIXED, Experiment.Reading.PLANNED


@dataclass(frozen=True, slots=True)
class Looks:
    way: str
    started: date | None
    days: int  # that are over
    planned: int
    over: bool = False  # it was stopped
    treatments: int = 1

    @property
    def at(self) -> tuple[int, ...]:
        """Days after which there is a look; none where every day may be looked at."""
        if self.way == FIXED:
            return (self.planned,)
        return tuple(ceil(self.planned * k / LOOKS) for k in range(1, LOOKS + 1)) if self.way == PLANNED else ()

    def number(self, days: int) -> int:
        """Of the latest look after so many days; 0 before the first."""
        return sum(days >= day for day in self.at)

    @property
    def look(self) -> int:
        """As it may be read now; who planned one look at the end and stops early has come to the end."""
        return max(self.number(self.days), 1 if self.over and self.way == FIXED else 0)

    @property
    def reading(self) -> Reading:
        return Reading(self.way, look=self.look, treatments=self.treatments)

    def reading_on(self, day: date) -> Reading:
        """As a number could be read at the end of that day."""
        over = (day - self.started).days + 1 if self.started else 0
        return Reading(self.way, look=self.number(over), treatments=self.treatments)

    def seen(self, rows: Sequence[Row]) -> list[Row]:
        """Between two looks everything stands as at the last one: who was exposed since is not in it yet."""
        look = self.look
        if self.way != PLANNED or not look or look == LOOKS or self.started is None:
            return list(rows)
        until = self.started + timedelta(days=self.at[look - 1])
        return [row for row in rows if row.day < until]

    @property
    def next(self) -> int | None:
        return next((day for day in self.at if day > self.days), None)

    @property
    def days_to_wait(self) -> int | None:
        return None if self.next is None else self.next - self.days

    @property
    def waits(self) -> str:
        """Why nothing may be said yet; empty when something may."""
        if self.look or not self.at:
            return ""
        how = "It is read once, at its end" if self.way == FIXED else f"It is read at {LOOKS} looks"
        return (
            f"{how}; the first may be after day {self.at[0]} of {self.planned}, and looking earlier would find chance."
        )

    @property
    def note(self) -> str:
        """Which look the numbers of the page are those of."""
        look = self.look
        if self.way != PLANNED or not look:
            return ""
        then = "" if self.next is None else f" The next is after day {self.next}."
        return f"This is look {look} of {LOOKS}, after day {self.at[look - 1]} of {self.planned}.{then}"


def looks_of(experiment: Experiment, treatments: int) -> Looks:
    started = experiment.started_at
    days = ((experiment.stopped_at or datetime.now(UTC)) - started).days if started else 0
    return Looks(
        experiment.reading,
        started.date() if started else None,
        days,
        experiment.planned_days,
        bool(experiment.stopped_at),
        treatments,
    )
