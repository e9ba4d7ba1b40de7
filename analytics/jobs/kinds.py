"""Every kind of job there is."""

from analytics.exporting.jobs import EventFile
from analytics.jobs.models import Kind
from analytics.jobs.recount import Recount
from analytics.jobs.steps import Work
from analytics.saved.backfill import Backfill

KINDS: dict[str, Work] = {
    Kind.BACKFILL: Backfill(),
    Kind.RECOUNT: Recount(),
    Kind.EVENTS: EventFile(),
}
