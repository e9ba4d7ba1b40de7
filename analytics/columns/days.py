"""The days of a question, each read from its file, or built and written down."""

from collections.abc import Iterator
from datetime import date

from analytics.columns import files, folder
from analytics.columns.day import LAYOUT, Day, built
from analytics.columns.models import DayVersion
from analytics.columns.versions import version_of, versions
from journey.trails import now_us

SETTLED_US = 60_000_000  # who changes every few seconds is not built in advance


def between(first: date | None, last: date | None) -> Iterator[Day]:
    """Both days included; None is no limit."""
    for day, version in versions(first, last).items():
        yield of(day, version)


def of(day: date, version: int | None) -> Day:
    """A day whose version was read before: rows that are newer do no harm, a file that is older would."""
    if version is None:
        return built(day)
    name = folder.named(day, version, LAYOUT)
    arrays = files.read(name)
    return Day(arrays) if arrays else _kept(day, version, name)


def is_kept(day: date, version: int | None) -> bool:
    """Whether a day of this version is read from its file."""
    return version is not None and folder.is_there(folder.named(day, version, LAYOUT))


def _kept(day: date, version: int, name: str) -> Day:
    fresh = built(day)
    # Who changed the day meanwhile has removed its files, perhaps before this one was there.
    if files.write(name, fresh.arrays) and version_of(day) != version:
        folder.remove([day])
    return fresh


def build_changed(settled_us: int = SETTLED_US) -> int:
    """Build the days that have not changed for so long, and sweep away what is left of others; returns how many."""
    names = {day: folder.named(day, version, LAYOUT) for day, version in versions().items() if version is not None}
    folder.sweep(set(names.values()))
    quiet = DayVersion.objects.filter(touched_at__lte=now_us() - settled_us).values_list("day", flat=True)
    missing = [day for day in sorted(quiet) if day in names and not folder.is_there(names[day])]
    for day in missing:
        of(day, version_of(day))
    return len(missing)
