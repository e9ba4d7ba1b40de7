"""Everyone counted again by a worker, a chunk a turn: the same as `manage.py recount`, with progress in the admin."""

from analytics.counts.recounting import recount_some, sweep
from analytics.jobs.models import Job, Kind
from journey.models import Participant

CHUNK = 500


def order(owner: str) -> Job:
    """One at a time: a second one would find nothing else."""
    waiting = Job.objects.open().filter(kind=Kind.RECOUNT).first()
    return waiting or Job.objects.create(kind=Kind.RECOUNT, title="Everyone, again", owner=owner)


class Recount:
    def total(self, job: Job) -> int:
        return Participant.objects.count()

    def step(self, job: Job) -> bool:
        numbers = recount_some(int(job.place or -1), CHUNK)
        if not numbers:
            sweep()
            job.message = f"Counted {job.done:,} participants again; their days follow within seconds."
            return False
        job.place, job.done = str(numbers[-1]), job.done + len(numbers)
        return True
