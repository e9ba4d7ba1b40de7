"""Many events as a file, made by a job. It may be torn anywhere, and is cut back to where the job's row says it was."""

import os
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from analytics.exporting import jsonl, parquet
from analytics.exporting.events import Exported, Wanted
from analytics.jobs import files
from analytics.jobs.models import Job, Kind, State

KEPT = timedelta(days=7)


class Place(NamedTuple):
    """The identity of the last event that was written, and how long the file was then, in bytes or parts."""

    participant: int = 0
    trail: int = 0
    n: int = -1
    length: int = 0

    @classmethod
    def of(cls, job: Job) -> "Place":
        return cls(*map(int, job.place.split())) if job.place else cls()

    def __str__(self) -> str:
        return " ".join(map(str, self))


def order(format_: str, wanted: Wanted, names: bool, title: str, owner: str) -> Job:
    asked = {
        "format": format_,
        "first": wanted.first and wanted.first.isoformat(),
        "last": wanted.last and wanted.last.isoformat(),
        "kinds": sorted(wanted.kinds),
        "names": names,
    }
    return Job.objects.create(
        kind=Kind.EVENTS, title=title[:200], parameters=asked, owner=owner, file=f"events.{format_}"
    )


class EventFile:
    def total(self, job: Job) -> int:
        return _wanted(job).count()

    def step(self, job: Job) -> bool:
        place = Place.of(job)
        if job.parameters["format"] == "parquet":
            return self._part(job, place)
        events = _wanted(job).behind(place[:3])
        length = _append(_path(job), place.length, b"".join(jsonl.written([events], job.parameters["names"])))
        return _noted(job, events, length)

    def _part(self, job: Job, place: Place) -> bool:
        """A part of the file, which is a file of its own; in the end all of them become one."""
        events = list(_wanted(job).some(place[:3], parquet.CHUNKS_A_GROUP))
        if not events:
            parquet.join([_path(job, part) for part in range(place.length)], _path(job))
            transaction.on_commit(files.sweep)
            return _noted(job, [], place.length)
        pieces = parquet.written(events, job.parameters["names"])
        _append(_path(job, place.length), 0, b"".join(pieces))
        return _noted(job, [event for chunk in events for event in chunk], place.length + 1)


def _noted(job: Job, events: list[Exported], length: int) -> bool:
    if not events:
        job.message = f"{job.done:,} events. Kept until {timezone.now() + KEPT:%d %B}."
        return False
    job.place, job.done = str(Place(*events[-1][:3], length)), job.done + len(events)
    return True


def _append(path: Path, length: int, piece: bytes) -> int:
    """What stands behind `length` was written by somebody who was killed."""
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(length)
        file.seek(length)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return length + len(piece)


def _path(job: Job, part: int | None = None) -> Path:
    format_ = job.parameters["format"]
    return files.path_of(job, format_ if part is None else f"{part:06}.part")


def _wanted(job: Job) -> Wanted:
    first, last = (value and date.fromisoformat(value) for value in (job.parameters["first"], job.parameters["last"]))
    return Wanted(first, last, frozenset(job.parameters["kinds"]))


def tidy() -> None:
    """Files are kept for a few days; what nobody knows of any more goes at once."""
    old = Job.objects.filter(kind=Kind.EVENTS, ended_at__lt=timezone.now() - KEPT).exclude(file="")
    old.update(file="", message="The file was kept for long enough.")
    files.sweep()


def forget() -> None:
    """Somebody is forgotten: no file of events stays, for any may tell of them. What is being written begins anew.

    Wants to be in the transaction that forgets them.
    """
    there = Job.objects.filter(kind=Kind.EVENTS).exclude(file="")
    ended = there.exclude(pk__in=Job.objects.open().values("pk"))
    ended.update(file="", message="The file was deleted when somebody in it was forgotten: order it again.")
    for job in there.filter(state__in=[State.WAITING, State.RUNNING]):
        values = {"place": "", "done": 0, "total": None, "state": State.WAITING, "turns": job.turns + 1}
        Job.objects.filter(pk=job.pk).update(**values)
        transaction.on_commit(partial(files.delete, job))
    transaction.on_commit(files.sweep)
