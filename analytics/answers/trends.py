"""The conversion day by day, by the day of entry; days that may still change are told apart."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.answers.questions import Question
from analytics.answers.reports import Share
from analytics.answers.sources import daily, is_immature
from analytics.counts.tallies import Tally


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    entered: int
    converted: int
    mature: bool

    @property
    def share(self) -> Share | None:
        return Share(self.converted, self.entered) if self.entered else None


def trend(question: Question, now: int) -> list[Day]:
    """Every day from the first with an entry to the last, also those without any. `now`: microseconds since 1970."""
    found = daily(replace(question, by=()))
    goal = question.funnel.goal
    entries = {day: tally for (day, _), tally in found.items() if tally.count(0)}
    if not entries:
        return []
    first, last = min(entries), max(entries)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    tallies = [entries.get(day, Tally()) for day in days]
    return [
        Day(day, tally.count(0), tally.count(goal), not is_immature(question, day, now))
        for day, tally in zip(days, tallies, strict=True)
    ]
