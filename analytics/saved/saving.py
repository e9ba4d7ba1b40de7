"""A report is kept, changed or given up, and its counts follow."""

from django.db import transaction

from analytics.jobs.models import Job
from analytics.models import FunnelCount
from analytics.saved.backfill import fill_in
from analytics.saved.definitions import same_counts
from analytics.saved.locks import hold
from analytics.saved.models import SavedReport, Uncounted
from analytics.saved.registry import of_paths
from analytics.semantics.notation import BadQuestion


@transaction.atomic
def keep(report: SavedReport) -> Job | None:
    """Write it; if it counts something new, as a new version. Returns the job that fills its counts in, if one does.

    Raises BadQuestion when its steps cannot be read.
    """
    report.funnel()
    hold(alone=True)
    before = SavedReport.objects.filter(pk=report.pk).first()
    changed = before is None or not _counts_the_same(before, report)
    if before:
        report.version = before.version + changed
    report.save()
    if before and changed:
        _drop_counts(before)
    counts = changed and report.unit == "journey" and of_paths(report.funnel())
    return fill_in(report.funnel(), report.owner) if counts else None


@transaction.atomic
def give_up(report: SavedReport) -> None:
    """Delete it with its counts; a job that was filling them in finds nothing more to do."""
    hold(alone=True)
    _drop_counts(report)
    report.delete()


def _counts_the_same(before: SavedReport, after: SavedReport) -> bool:
    try:
        return before.unit == after.unit and same_counts(before.funnel(), after.funnel())
    except BadQuestion:
        return False


def _drop_counts(report: SavedReport) -> None:
    FunnelCount.objects.filter(funnel=report.key).delete()
    Uncounted.objects.filter(key=report.key).delete()
