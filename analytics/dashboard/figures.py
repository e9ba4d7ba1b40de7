"""What happened in some hours, and what happened in the same hours a week before. From counts of hours only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Sum

from analytics.answers.questions import default_kinds
from analytics.answers.reports import Share
from analytics.dashboard.hours import SUMS
from analytics.dashboard.models import HourCount
from analytics.shares import FEW
from analytics.stats import newcombe

WEEK = timedelta(days=7)
QUIET = timedelta(minutes=30)  # a journey that began in the last half hour may still go on


@dataclass(frozen=True, slots=True)
class Figures:
    journeys: int = 0
    buyers: int = 0
    views: int = 0
    pages: int = 0
    orders: int = 0
    revenue_cents: int = 0

    @property
    def conversion(self) -> Share | None:
        """Journeys with an order, of all journeys."""
        return Share(self.buyers, self.journeys) if self.journeys else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Change:
    """One figure now and before. `relative` is None where there was nothing before."""

    label: str
    now: int
    before: int
    is_money: bool = False

    @property
    def few(self) -> bool:
        """A change of so little may be chance."""
        return not self.is_money and min(self.now, self.before) < FEW

    @property
    def relative(self) -> float | None:
        return (self.now - self.before) / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Compared:
    """`title` names the hours; `young` journeys have begun since and are in neither figure."""

    title: str
    against: str
    now: Figures
    before: Figures
    young: int = 0

    @property
    def changes(self) -> list[Change]:
        now, before = self.now, self.before
        return [
            Change("Journeys", now.journeys, before.journeys),
            Change("Video views", now.views, before.views),
            Change("Product pages", now.pages, before.pages),
            Change("Orders", now.orders, before.orders),
            Change("Revenue", now.revenue_cents, before.revenue_cents, is_money=True),
        ]

    @property
    def difference(self) -> tuple[float, float, float] | None:
        """Of the two conversions, with Newcombe's interval; None when there are no two."""
        now, before = self.now, self.before
        if not now.journeys or not before.journeys:
            return None
        low, high = newcombe(now.buyers, now.journeys, before.buyers, before.journeys)
        return now.buyers / now.journeys - before.buyers / before.journeys, low, high

    @property
    def is_told_apart(self) -> bool:
        """Whether the interval of the difference leaves zero out."""
        return self.difference is not None and (self.difference[1] > 0 or self.difference[2] < 0)


def today(now: datetime) -> Compared:
    """Today up to the last hour that is over for good, against the same hours a week ago; at night, yesterday."""
    until = (now.astimezone(UTC) - QUIET).replace(minute=0, second=0, microsecond=0)
    day, hours = until.date(), until.hour
    if not hours:
        day, hours = day - timedelta(days=1), 24
    before = day - WEEK
    found = _by_hour([day, before])
    name = "Today" if day == now.astimezone(UTC).date() else f"{day:%A}"
    return Compared(
        title=f"{name} until {hours:02}:00 UTC",
        against=f"{before:%A, %-d %B}, until {hours:02}:00",
        now=_summed(found, day, range(hours)),
        before=_summed(found, before, range(hours)),
        young=_summed(found, day, range(hours, 24)).journeys,
    )


def weeks(last: date) -> Compared:
    """The seven days that end with this one, against the seven before."""
    first = last - WEEK + timedelta(days=1)
    rows = HourCount.objects.filter(day__range=(first - WEEK, last)).of_kinds(default_kinds())
    days = {day: Figures(*sums) for day, *sums in rows.values_list("day").annotate(*map(Sum, SUMS)).order_by()}
    mine = [figures for day, figures in days.items() if day >= first]
    others = [figures for day, figures in days.items() if day < first]
    return Compared(
        title=f"{first:%-d %B} to {last:%-d %B}",
        against="the seven days before",
        now=sum(mine, Figures()),
        before=sum(others, Figures()),
    )


def _by_hour(days: list[date]) -> dict[tuple[date, int], Figures]:
    rows = HourCount.objects.filter(day__in=days).of_kinds(default_kinds())
    sums = rows.values_list("day", "hour").annotate(*map(Sum, SUMS)).order_by()
    return {(day, hour): Figures(*figures) for day, hour, *figures in sums}


def _summed(found: dict[tuple[date, int], Figures], day: date, hours: range) -> Figures:
    return sum((found.get((day, hour), Figures()) for hour in hours), Figures())
