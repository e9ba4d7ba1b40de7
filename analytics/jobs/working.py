"""Who is woken takes the job that waited longest and does some steps of it. Any number of workers, killed anywhere."""

import logging
import time

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from analytics.jobs.kinds import KINDS
from analytics.jobs.models import Job, State
from analytics.jobs.steps import CannotGoOn

logger = logging.getLogger(__name__)
PATIENCE_S = 5.0  # of one waking: then another job has its turn, and what is tapped now is counted
MOST_IN_VAIN = 3


class TakenAway(Exception):
    """The job was cancelled, or this worker was thought dead and another one has it."""


def work(patience: float = PATIENCE_S) -> None:
    """At least one step, if there is one to do."""
    end = time.monotonic() + patience
    while job := take():
        go_on(job, end)
        if time.monotonic() >= end:
            return


def take() -> Job | None:
    """The next job, if nobody works on any: the other workers are for those who tap now.

    One on which worker after worker died is given up.
    """
    while not Job.objects.busy().exists() and (job := Job.objects.free().first()):
        if job.vain >= MOST_IN_VAIN:
            reason = "Workers were stopped again and again at the same place; the log says more."
            _change(job, state=State.FAILED, message=reason, ended_at=timezone.now())
            continue
        taken = {"turns": F("turns") + 1, "vain": F("vain") + 1, "state": State.RUNNING, "heard_at": timezone.now()}
        if _change(job, **taken):
            return Job.objects.get(pk=job.pk)
    return None


def go_on(job: Job, end: float) -> None:
    """Steps until it is done or the time is over. It is let go whatever happens, but by a kill."""
    try:
        while step(job) and time.monotonic() < end:
            pass
    except TakenAway:
        logger.info("The job %s was taken away.", job.code)
    except CannotGoOn as reason:
        _end(job, State.FAILED, str(reason))
    except OperationalError:
        logger.warning("The database could not take a step of the job %s; later again.", job.code, exc_info=True)
    finally:
        running = Job.objects.filter(pk=job.pk, turns=job.turns, state=State.RUNNING)
        running.update(state=State.WAITING, turn_at=timezone.now())


def step(job: Job) -> bool:
    """One step and its trace, in one transaction; returns whether there is more to do."""
    kind = KINDS[job.kind]
    with transaction.atomic():
        locked = Job.objects.select_for_update().filter(pk=job.pk, turns=job.turns, state=State.RUNNING)
        if not locked.exists():
            raise TakenAway
        if job.total is None:
            job.total = kind.total(job)
        more = kind.step(job)
        _trace(job, more)
    return more


def _trace(job: Job, more: bool) -> None:
    job.vain, job.heard_at = 0, timezone.now()
    if not more and job.state == State.RUNNING:
        job.state, job.ended_at = State.DONE, timezone.now()
    job.save(
        update_fields=[
            "done",
            "total",
            "place",
            "message",
            "vain",
            "heard_at",
            "state",
            "ended_at",
            "file",
            "parameters",
        ]
    )


def _end(job: Job, state: State, message: str) -> None:
    _change(job, state=state, message=message[:300], ended_at=timezone.now())


def _change(job: Job, **values: object) -> bool:
    """Only for who still has it."""
    return bool(Job.objects.filter(pk=job.pk, turns=job.turns, state=job.state).update(**values))


def cancel(job: Job) -> bool:
    """It ends before its next step; what was done stays as it is."""
    ended = {"state": State.CANCELLED, "message": "", "ended_at": timezone.now()}
    return bool(Job.objects.open().filter(pk=job.pk).update(**ended))


def again(job: Job) -> bool:
    """Go on where it stopped."""
    waiting = {"state": State.WAITING, "message": "", "vain": 0, "ended_at": None, "turn_at": timezone.now()}
    stopped = Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.CANCELLED])
    return bool(stopped.update(**waiting))
