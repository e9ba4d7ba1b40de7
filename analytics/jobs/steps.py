"""What a kind of job is."""

from typing import Protocol

from analytics.jobs.models import Job


class CannotGoOn(Exception):
    """Why a job has failed, as a sentence."""


class Work(Protocol):
    def total(self, job: Job) -> int:
        """How many things there are to do."""

    def step(self, job: Job) -> bool:
        """Do some of it, in the transaction around it, and note it in `place` and `done`; returns whether more is left.

        What lies outside the database (a file) may have been done before, by somebody who was killed.
        """
