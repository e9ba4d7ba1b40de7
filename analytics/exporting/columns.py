"""The columns of a Parquet file, and how each is stored."""

from typing import Any

import orjson
import pyarrow as pa

from analytics.exporting import names
from analytics.exporting.events import Exported
from journey.models.participant import code_of
from journey.steps import Step

# Properties with a column of their own. What is of another type, or is not among them, stands in `props_more` as JSON.
TEXTS = ["video", "creator", "product", "order", "ticket", "sku", "currency", "method", "list", "block"]
TEXTS += ["kind", "code", "field", "payment", "reason", "category", "term"]
NUMBERS = ["value", "quantity", "position", "index", "at_video_ms", "watch_ms", "seconds", "percent"]
NUMBERS += ["furthest_percent", "loop", "loops", "results", "stars", "page"]
FLAGS = ["muted", "autoplay"]
TYPED: dict[str, type] = dict.fromkeys(TEXTS, str) | dict.fromkeys(NUMBERS, int) | dict.fromkeys(FLAGS, bool)
ARROW = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}

BASE = {
    "participant": pa.string(),
    "trail": pa.int64(),
    "n": pa.int32(),
    "at": pa.timestamp("us", "UTC"),
    "step": pa.string(),
    "kind": pa.string(),
    "label": pa.string(),
    "study": pa.string(),
    "device": pa.string(),
    "browser": pa.string(),
    "source": pa.string(),
    "campaign": pa.string(),
    "arms": pa.string(),
}
PROPS = {f"props_{name}": ARROW[kind] for name, kind in TYPED.items()} | {"props_more": pa.string()}
NAMES = {"ga4": pa.string(), "tiktok": pa.string()}

# Measured on a simulated month. A dictionary is the default, and right for what repeats; these do not.
PLAIN = {"trail": "PLAIN"}  # zstd finds the repetition: 0.6 bytes an event, 1.0 as differences
DIFFERENCES = {"at": "DELTA_BINARY_PACKED"}


def schema(with_names: bool) -> pa.Schema:
    return pa.schema(BASE | PROPS | (NAMES if with_names else {}))


def batch(events: list[Exported], wanted: pa.Schema) -> pa.RecordBatch:
    """Events as columns."""
    numbers, trails, ns, ats, letters, *rest, props = zip(*events, strict=True)
    codes = {number: code_of(number) for number in set(numbers)}
    steps = [Step.of_letter(letter) for letter in letters]
    columns: dict[str, Any] = {
        "participant": [codes[number] for number in numbers],
        "trail": trails,
        "n": ns,
        "at": ats,
        "step": [step.value for step in steps],
        **dict(zip(("kind", "label", "study", "device", "browser", "source", "campaign", "arms"), rest, strict=True)),
    }
    told = [orjson.loads(text) if text else {} for text in props]
    columns |= _columns_of(told)
    if "ga4" in wanted.names:
        columns["ga4"] = [names.ga4(step, each.get("kind")) for step, each in zip(steps, told, strict=True)]
        columns["tiktok"] = [names.tiktok(step) for step in steps]
    return pa.record_batch([pa.array(columns[field.name], field.type) for field in wanted], schema=wanted)


def line(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is read, as the line of JSON it would have been. Columns that are not ours stay as they are."""
    if "props_more" not in row:
        return row
    props = {name: row[f"props_{name}"] for name in TYPED if row.get(f"props_{name}") is not None}
    props |= orjson.loads(row["props_more"] or "{}")
    return {name: row[name] for name in BASE if row.get(name) is not None} | {"props": props}


def _columns_of(told: list[dict[str, Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: [None] * len(told) for name in PROPS}
    for place, props in enumerate(told):
        more = {}
        for name, value in props.items():
            if _fits(name, value):
                columns[f"props_{name}"][place] = value
            else:
                more[name] = value
        columns["props_more"][place] = orjson.dumps(more).decode() if more else None
    return columns


def _fits(name: str, value: Any) -> bool:
    return TYPED.get(name) is type(value) and (type(value) is not int or -(2**63) <= value < 2**63)
