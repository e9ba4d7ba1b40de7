"""The list as CSV: all of it, however many pages it has, streamed while it is read."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from analytics.exporting.exports import FORMULA
from analytics.listing.asked import COLUMNS
from analytics.listing.changelist import labelled
from analytics.listing.columns import signs_of
from analytics.models import Journey
from analytics.semantics.funnels import SECOND_US

HEADS = ("began", "participant", "label", "kind", "stage", "steps", "seconds", "met", "revenue_cents")
ROWS = 1_000


class _Line:
    """What csv writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def written(rows: QuerySet[Journey]) -> Iterator[str]:
    """Times in UTC, money in cents; a path is one letter a step, as docs/events.md has them."""
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow([*HEADS, *COLUMNS, "arms", "path"])
    found = rows.iterator(chunk_size=ROWS)
    while some := labelled(list(islice(found, ROWS))):
        yield "".join(writer.writerow([safe(cell) for cell in _cells(row)]) for row in some)


def _cells(row: Any) -> list[Any]:
    began = datetime.fromtimestamp(row.start // SECOND_US, UTC).isoformat()
    seconds = round((row.stop - row.start) / SECOND_US, 3)
    first = [began, row.code, row.label, row.kind, row.stage, len(row.path), seconds, " ".join(signs_of(row.path))]
    return [*first, row.revenue_cents, *(getattr(row, column) for column in COLUMNS), row.arms, row.path]


def safe(cell: Any) -> Any:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
