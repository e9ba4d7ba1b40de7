"""manage.py import_events: events from anywhere."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from analytics.counts.collecting import settle
from analytics.exporting.parquet import Unreadable
from analytics.incoming.importing import Imported, import_file
from analytics.management.readiness import require_tables

REASONS_SHOWN = 20


class Command(BaseCommand):
    help = "Import events, one a line, as JSON Lines, CSV or Parquet, with at least participant, at and step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .jsonl, .csv or .parquet file")

    def handle(self, *args: Any, **options: Any) -> None:
        require_tables()
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        # disable=None: only a terminal is shown a bar.
        with tqdm(total=path.stat().st_size, unit="B", unit_scale=True, disable=None, leave=False) as bar:
            try:
                imported = import_file(path, bar.update)
            except Unreadable as error:
                raise CommandError(str(error)) from None
        settle()
        self.stdout.write("\n".join(_told(imported)))
        if imported.refused and not imported.stored and not imported.already_there:
            raise CommandError("Nothing was imported: every line was refused.")


def _told(imported: Imported) -> list[str]:
    told = [f"Stored {imported.stored:,}, already there {imported.already_there:,}, refused {len(imported.refused):,}."]
    told += [f"  line {number}: {reason}" for number, reason in imported.refused[:REASONS_SHOWN]]
    if len(imported.refused) > REASONS_SHOWN:
        told.append("All reasons:")
        told += [f"  {n:,} × {reason}" for reason, n in Counter(r for _, r in imported.refused).most_common()]
    return told
