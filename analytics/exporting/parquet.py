"""Events as a Parquet file, written piece by piece, and read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.exporting import columns
from analytics.exporting.events import Exported

CHUNKS_A_GROUP = 13  # of 10,000 events: columns this long compress well, and take 100 MB while they are written
LEVEL = 9  # of zstd: 19 saves 3 % and takes 6 times as long
ROWS_A_READ = 5_000
MAGIC = b"PAR1"


class Unreadable(ValueError):
    """The file is not Parquet, or is damaged."""


def written(chunks: Iterable[list[Exported]], with_names: bool = False) -> Iterator[bytes]:
    """The file in pieces, none of them kept: a group of rows is made when it is asked for."""
    wanted, piece, chunks = columns.schema(with_names), _Piece(), iter(chunks)
    with pq.ParquetWriter(piece, wanted, **_storage(wanted)) as writer:
        while batches := [columns.batch(events, wanted) for events in islice(chunks, CHUNKS_A_GROUP)]:
            table = pa.Table.from_batches(batches)
            writer.write_table(table, row_group_size=len(table))
            yield piece.taken()
    yield piece.taken()


def join(parts: Sequence[Path], target: Path) -> None:
    """Several of these files as one, a group of rows at a time; the target appears when it is whole."""
    growing = target.with_suffix(".joining")
    wanted = pq.read_schema(parts[0]) if parts else columns.schema(with_names=False)
    with pq.ParquetWriter(growing, wanted, **_storage(wanted)) as writer:
        for part in parts:
            table = pq.read_table(part)
            writer.write_table(table, row_group_size=len(table) or None)
    growing.replace(target)


def _storage(wanted: pa.Schema) -> dict[str, Any]:
    own = columns.PLAIN | columns.DIFFERENCES
    return {
        "compression": "zstd",
        "compression_level": LEVEL,
        "use_dictionary": [name for name in wanted.names if name not in own],
        "column_encoding": own,
    }


def lines(path: Path, progress: Callable[[int], Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row, line) of every event, counted from 1; `progress` hears of every byte. Raises Unreadable."""
    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for group in range(file.num_row_groups):
                for batch in file.iter_batches(ROWS_A_READ, row_groups=[group]):
                    yield from enumerate(map(columns.line, batch.to_pylist()), number + 1)
                    number += len(batch)
                progress(_size_of(file.metadata.row_group(group)))
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"It cannot be read as Parquet: {str(error)[:200]}") from error


def _size_of(group: Any) -> int:
    return sum(group.column(place).total_compressed_size for place in range(group.num_columns))


class _Piece:
    """What is written until it is taken; looks like a file to Arrow."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)

    def flush(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False
