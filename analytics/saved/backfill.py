"""The counts of one report over all days there are journeys of: what its job does, a day a step."""

from datetime import date

from django.db.models import QuerySet

from analytics import saved
from analytics.columns.versions import version_of
from analytics.counts.counting import Cell, counts_of
from analytics.jobs.models import Job, Kind, State
from analytics.keeping.horizons import first_open_day
from analytics.models import FunnelCount, Journey
from analytics.saved.locks import hold
from analytics.saved.models import Uncounted
from analytics.semantics.funnels import Funnel
from journey.bulk import insert, unswept


def fill_in(funnel: Funnel, owner: str = "") -> Job:
    """Until the job is done, the report walks through journeys. Wants to be in a transaction."""
    Uncounted.objects.get_or_create(key=funnel.key)
    title = f"Counts of “{funnel.name}”"
    return Job.objects.create(kind=Kind.BACKFILL, title=title, parameters={"key": funnel.key}, owner=owner)


class Backfill:
    def total(self, job: Job) -> int:
        return _days(None).values("day").distinct().count()

    def step(self, job: Job) -> bool:
        hold(alone=True)
        funnel = next((one for one in saved.counted() if one.key == job.parameters["key"]), None)
        if funnel is None:
            job.state, job.message = State.CANCELLED, "The report was changed or deleted meanwhile."
            return False
        done = date.fromisoformat(job.place) if job.place else None
        day = _days(done).order_by("day").values_list("day", flat=True).first()
        if day is None:
            Uncounted.objects.filter(key=funnel.key).delete()
            job.message = f"Counted over {job.done:,} days."
            return False
        count_day(funnel, day)
        job.place, job.done = day.isoformat(), job.done + 1
        return True


def count_day(funnel: Funnel, day: date) -> None:
    """Only this funnel's; what is out of date by then is counted again with the other ones of the day."""
    from analytics.columns import days  # numpy: only where somebody counts

    journeys = days.of(
        day, version_of(day)
    )  # most days are long over: from their files, or these are there for the next
    FunnelCount.objects.filter(funnel=funnel.key, day=day).delete()
    with unswept():
        insert(FunnelCount, Cell._fields, [cell.as_row() for cell in counts_of(day, [funnel], journeys)])


def _days(after: date | None) -> "QuerySet[Journey]":
    journeys = Journey.objects.filter(day__gte=first_open_day())
    return journeys.filter(day__gt=after) if after else journeys
