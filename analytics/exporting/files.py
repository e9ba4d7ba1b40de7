"""A file of events in one of the formats, in pieces that are made when they are asked for."""

from collections.abc import Iterable, Iterator

from analytics.exporting import jsonl, parquet
from analytics.exporting.events import Exported

WRITERS = {"jsonl": jsonl.written, "parquet": parquet.written}
TYPES = {"jsonl": "application/jsonl; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


def written(format_: str, chunks: Iterable[list[Exported]], with_names: bool = False) -> Iterator[bytes]:
    return WRITERS[format_](chunks, with_names)
