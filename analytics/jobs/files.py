"""Files that jobs write: below the private folder, where no address leads. A view that knows who asks opens them."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

from analytics.jobs.models import Job, State

FOLDER = "exports"


def folder() -> Path:
    private = storages["private"]
    assert isinstance(private, FileSystemStorage)  # noqa: S101 - settings.py says so
    place = Path(private.path(FOLDER))
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def path_of(job: Job, suffix: str) -> Path:
    return folder() / f"{job.code}.{suffix}"


def delete(job: Job) -> None:
    for path in folder().glob(f"{job.code}.*"):
        path.unlink(missing_ok=True)


def finished(job: Job) -> Path | None:
    """Its file, when it is there and whole."""
    path = path_of(job, job.file.rpartition(".")[2]) if job.file and job.state == State.DONE else None
    return path if path and path.exists() else None


def _belongs(path: Path, job: Job | None) -> bool:
    """While a job goes on it may have parts of a file as well."""
    return job is not None and (job.is_open or path.suffix == Path(job.file).suffix)


def sweep() -> int:
    """Delete the files of jobs that are gone, or no longer have one; returns how many."""
    there = list(folder().iterdir())  # before the rows: a job is older than its file
    kept = {job.code: job for job in Job.objects.exclude(file="")}
    gone = [path for path in there if not _belongs(path, kept.get(path.name.partition(".")[0]))]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
