"""manage.py export_events: events leave as a file."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from analytics.exporting import files
from analytics.exporting.events import Exported, Wanted
from analytics.management.readiness import require_tables
from journey.models import Participant

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    help = "Export events as JSON Lines or Parquet; import_events reads both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a .jsonl or .parquet file; - is standard output")
        parser.add_argument("--format", choices=list(files.WRITERS), help="what the file's name says, else jsonl")
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="the first day, UTC")
        parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="the last day, UTC, included")
        parser.add_argument("--kind", nargs="+", choices=Participant.Kind.values, default=[], help="of whom (everyone)")
        parser.add_argument("--names", action="store_true", help="add what GA4 and TikTok call each step")

    def handle(self, *args: Any, **options: Any) -> None:
        require_tables()
        wanted = Wanted(options["first"], options["last"], frozenset(options["kind"]))
        name = options["file"]
        format_ = options["format"] or ("parquet" if name.lower().endswith(".parquet") else "jsonl")
        with _opened(name) as file, _Heard(wanted) as heard:
            for piece in files.written(format_, heard.chunks(), options["names"]):
                file.write(piece)
        self.stderr.write(f"{heard.events:,} events.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2026-11-01") from None


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file appears under its name when it is complete, and not before."""
    if name == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = Path(f"{name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(name)
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


class _Heard:
    """Counts the events that pass; a bar on a terminal shows how many of all."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.events = wanted, 0
        shown = sys.stderr.isatty()
        total = wanted.count() if shown else None
        self.bar = tqdm(total=total, unit=" events", unit_scale=True, disable=not shown, leave=False)

    def __enter__(self) -> "_Heard":
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.close()

    def chunks(self) -> Iterable[list[Exported]]:
        for events in self.wanted.chunks():
            yield events
            self.events += len(events)
            self.bar.update(len(events))
