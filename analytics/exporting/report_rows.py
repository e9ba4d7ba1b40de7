"""A report as typed rows: one for each step, of all and of every segment; as Parquet."""

from io import BytesIO
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.answers.reports import FunnelReport, Line
from analytics.exporting.exports import step_of

RATES = ("from_previous", "previous_low", "previous_high", "from_first", "low", "high", "median_seconds")
SCHEMA = pa.schema(
    {"segment": pa.string(), "place": pa.int16(), "step": pa.string(), "optional": pa.bool_(), "count": pa.int64()}
    | dict.fromkeys(RATES, pa.float64())
)


def as_parquet(report: FunnelReport, about: dict[str, Any]) -> bytes:
    """`segment` is null where everybody is counted. What the file is about stands in its own metadata, as JSON."""
    rows = _rows(None, report.lines)
    for segment in report.segments:
        rows += _rows(segment.value, segment.lines)
    wanted = SCHEMA.with_metadata({"scrollshop": orjson.dumps(about)})
    file = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=wanted), file, compression="zstd")
    return file.getvalue()


def _rows(segment: str | None, lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {"segment": segment, "place": place, "optional": line.optional} | step_of(line)
        for place, line in enumerate(lines, 1)
    ]
