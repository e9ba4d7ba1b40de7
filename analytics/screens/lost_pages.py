"""The page of lost steps, and the note that other reports carry: an address becomes what the templates draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analytics.answers.asked import Asked
from analytics.answers.questions import NONE, Question
from analytics.answers.reports import FunnelReport
from analytics.instrument.lost_steps import WORTH_SAYING, Lost, Unequal, lost_by, lost_by_arm, unequal, worst_browser
from analytics.screens import filters


@dataclass(frozen=True, slots=True)
class Row:
    """A group as it is drawn: percents, and lengths in percent of the longest bar of its table."""

    lost: Lost
    name: str
    value: float
    low: float
    high: float
    length: float
    low_length: float
    width: float


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Note:
    """Said beside a report whose steps were lost in a share worth saying."""

    lost: Lost
    worst: Lost | None
    url: str


class LostPage(Asked):
    """Who lost how much in a period, of the kinds asked for."""

    @property
    def everything(self) -> str:
        return self.url(period="all", **{"from": "", "to": ""})

    @cached_property
    def total(self) -> Lost:
        days = self.days
        return Lost("all", sum(day.said for day in days), sum(day.missing for day in days))

    @cached_property
    def days(self) -> list[Lost]:
        return lost_by(self.question, "day")

    @cached_property
    def arms(self) -> dict[str, list[Lost]]:
        return lost_by_arm(self.question)

    @property
    def unequal(self) -> list[Unequal]:
        return unequal(self.arms)

    @property
    def headline(self) -> Row | None:
        return next(iter(_rows([self.total])), None)

    @cached_property
    def tables(self) -> list[Table]:
        tables = [
            Table("By browser", "Browser", _rows(lost_by(self.question, "browser"))),
            Table("By device", "Device", _rows(lost_by(self.question, "device"))),
            *(Table(f"By arm of {experiment}", "Arm", _rows(arms)) for experiment, arms in self.arms.items()),
            Table("By day", "Day", _rows(self.days[::-1])),
        ]
        return [table for table in tables if table.rows]


def _rows(found: list[Lost]) -> list[Row]:
    some = [row for row in found if row.said]
    # A small group may be anything: its interval is cut off rather than all others drawn short.
    longest = max((100 * row.interval[1] for row in some if not row.few), default=0.0) or 100.0
    return [_row(row, longest) for row in some]


def _row(lost: Lost, longest: float) -> Row:
    value, low, high = (100 * share for share in (lost.share, *lost.interval))
    scale = 100 / longest
    length, start, end = (min(100.0, share * scale) for share in (value, low, high))
    return Row(lost, lost.name or NONE, value, low, high, length, start, end - start)


def note_on(report: FunnelReport) -> Note | None:
    lost = Lost("these", report.said, report.missing)
    if lost.share <= WORTH_SAYING:
        return None
    return Note(lost, worst_browser(report.question), address(report.question))


def address(question: Question) -> str:
    """The page of lost steps for the days and kinds of a question."""
    days = {"from": question.first, "to": question.last}
    query = {name: str(day) for name, day in days.items() if day} or {"period": "all"}
    return f"{reverse('lost_steps')}?{urlencode(query | {'kind': ','.join(sorted(question.kinds))})}"


def as_context(params: Mapping[str, str]) -> dict[str, Any]:
    page = LostPage(params)
    return {
        "page": page,
        "filters": filters.of(page.question, page.period, [], page.url),
        "now": datetime.now(UTC),
    }
