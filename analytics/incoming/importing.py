"""Files of events → the database, in batches, with a report of what was refused and why."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from analytics.exporting import parquet
from analytics.forwarding.outbox import not_news
from analytics.incoming.foreign import Reader, Refused
from analytics.incoming.places import Places
from journey.admitting import too_old
from journey.models import DeadEvent, Event, Horizon
from journey.store import store
from journey.trails import clean_text

LINES_A_BATCH = 5_000
RAW_LENGTH = 2_000
Progress = Callable[[int], Any]
Line = tuple[int, bytes, Any]  # number in the file, raw, the event; or a Refused in its place


@dataclass(slots=True)
class Imported:
    """What became of a file's lines; `refused` are (line, reason)."""

    stored: int = 0
    already_there: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_file(path: Path, progress: Progress) -> Imported:
    """Store the events of a file; `progress` hears of every byte read. Counting is left to the caller."""
    imported, reader, places = Imported(), Reader(), Places()
    participants: set[int] = set()
    events_before = offered = 0
    lines = lines_of(path, progress)
    while chunk := list(islice(lines, LINES_A_BATCH)):
        taken, dead = _read(reader, chunk)
        new = {batch["participant"] for batch in taken} - participants
        participants |= new
        # How many events are new cannot be learned from storing them, where those known are skipped in silence.
        events_before += _events_of(new)
        places.give([batch for batch in taken if batch["events"][0][0] is None])
        with not_news():
            offered += store(map(orjson.dumps, taken))
        _bury(dead, path.name)
        imported.refused += [(number, reason) for number, _, reason in dead]
    imported.stored = _events_of(participants) - events_before
    imported.already_there = offered - imported.stored
    return imported


def lines_of(path: Path, progress: Progress) -> Iterator[Line]:
    """The lines of a Parquet file, of CSV (by its name, or when it does not begin like JSON), or of JSON Lines.

    Raises Unreadable for a Parquet file that is damaged.
    """
    with path.open("rb") as file:
        head = file.read(1_000).lstrip(b"\xef\xbb\xbf \r\n\t")
        if path.suffix.lower() == ".parquet" or head.startswith(parquet.MAGIC):
            yield from ((number, _as_text(row), row) for number, row in parquet.lines(path, progress))
            return
        file.seek(0)
        raw = _heard(file, progress)
        is_csv = path.suffix.lower() == ".csv" or not (head.startswith(b"{") or path.suffix.lower().startswith(".json"))
        yield from _csv_lines(raw) if is_csv else _json_lines(raw)


def _as_text(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=str)


def _heard(file: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    for number, line in enumerate(file):
        progress(len(line))
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line


def _json_lines(raw: Iterable[bytes]) -> Iterator[Line]:
    for number, line in enumerate(raw, 1):
        if line.strip():
            try:
                yield number, line, orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield number, line, Refused(f"it is not JSON: {error.msg}")


def _csv_lines(raw: Iterable[bytes]) -> Iterator[Line]:
    # What is not UTF-8 is smuggled through to where the line can be refused.
    rows = csv.reader(line.decode(errors="surrogateescape") for line in raw)
    names = [name.strip().lower() for name in next(rows, [])]
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield rows.line_num, b"", Refused(f"it is not CSV: {error}")
            continue
        if row:
            fits = len(row) <= len(names)
            event = dict(zip(names, row, strict=False)) if fits else Refused("it has more cells than the first line")
            yield rows.line_num, ",".join(row).encode(errors="replace"), event


def _read(reader: Reader, lines: list[Line]) -> tuple[list[dict[str, Any]], list[tuple[int, bytes, str]]]:
    """The batch of each good line, and (line, raw, reason) of each refused one."""
    taken, dead, horizon = [], [], Horizon.of(Horizon.Name.EVENTS)
    for number, raw, event in lines:
        try:
            taken.append(_batch(reader, event, horizon))
        except Refused as refusal:
            dead.append((number, raw, str(refusal)))
    return taken, dead


def _batch(reader: Reader, event: Any, horizon: int) -> dict[str, Any]:
    if isinstance(event, Refused):
        raise event
    batch = reader.batch(event)
    if batch["t0"] < horizon:
        raise Refused(too_old(horizon))
    return batch


def _events_of(participants: Iterable[int]) -> int:
    numbers, total = iter(sorted(participants)), 0
    while some := list(islice(numbers, LINES_A_BATCH)):
        total += Event.objects.filter(participant_id__in=some).count()
    return total


def _bury(dead: list[tuple[int, bytes, str]], name: str) -> None:
    """Keep refused lines as dead events; those of a file that was imported before are there already."""
    rows = [
        (clean_text(raw.decode(errors="replace").strip())[:RAW_LENGTH], f"{name}, line {number}: {reason}"[:200])
        for number, raw, reason in dead
    ]
    known = set(DeadEvent.objects.filter(reason__in=[reason for _, reason in rows]).values_list("raw", "reason"))
    DeadEvent.objects.bulk_create(
        DeadEvent(raw=raw, reason=reason) for raw, reason in rows if (raw, reason) not in known
    )
