"""The journeys of a day as columns."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from analytics.columns.files import Arrays
from analytics.columns.walks import Ints, Walks, bounds_of, letters_of, sealed, seen_of
from analytics.counts.tallies import SUMS
from analytics.models import FIELDS, Journey
from journey.bulk import unswept

Codes = npt.NDArray[np.uint32]
COLUMNS = ("kind", *FIELDS)  # whose values are written once, and then as numbers
NUMBERS = ("pk", "participant", "start", *SUMS)
LAYOUT = hashlib.sha256(repr((2, NUMBERS, COLUMNS)).encode()).hexdigest()[:8]
ROWS = 10_000
ORDER = itemgetter(3, 4)  # participant and start, of a row of journeys


@dataclass(frozen=True, slots=True)
class Day:
    """Journeys in the order of participant and start."""

    arrays: Arrays

    @property
    def walks(self) -> Walks:
        return Walks(*(self.arrays[name] for name in ("letters", "at", "bounds", "seen")))

    def number(self, name: str) -> Ints:
        return self.arrays[name]

    def codes(self, column: str) -> Codes:
        return self.arrays[f"{column} codes"]

    def values(self, column: str) -> list[str]:
        """What the codes of a column stand for."""
        values: list[str] = orjson.loads(self.arrays[f"{column} values"].tobytes())
        return values


def built(day: date) -> Day:
    """From its journeys as they are now."""
    names = ("path", "pauses", *NUMBERS, *COLUMNS)
    with unswept():
        rows = list(Journey.objects.filter(day=day).values_list(*names).iterator(chunk_size=ROWS))
    rows.sort(key=ORDER)  # a database would sort all that is in them
    columns = list(zip(*rows, strict=True))
    texts: dict[str, Sequence[Any]] = dict(zip(names, columns or [()] * len(names), strict=True))
    bounds = bounds_of(np.fromiter(map(len, texts["path"]), np.int64, len(texts["path"])))
    arrays = {name: sealed(np.array(texts[name], np.int64)) for name in NUMBERS}
    letters = letters_of(texts["path"])
    arrays |= {
        "letters": letters,
        "at": _times(arrays["start"], b"".join(texts["pauses"]), bounds),
        "bounds": bounds,
        "seen": seen_of(letters, bounds),
    }
    for column in COLUMNS:
        arrays |= _written(column, texts[column])
    return Day(arrays)


def _times(starts: Ints, pauses: bytes, bounds: Ints) -> Ints:
    """Pauses are what lies before each event; the first of a journey is 0."""
    since = np.cumsum(np.frombuffer(pauses, "<u4"), dtype=np.int64)
    lengths = np.diff(bounds)
    begun = np.zeros(len(starts), np.int64)
    begun[lengths > 0] = since[bounds[:-1][lengths > 0]]
    return sealed(since + np.repeat(starts - begun, lengths))


def _written(column: str, texts: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    values = sorted(set(texts))
    number = {value: code for code, value in enumerate(values)}
    codes = np.fromiter(map(number.__getitem__, texts), np.uint32, len(texts))
    return {
        f"{column} codes": sealed(codes),
        f"{column} values": np.frombuffer(orjson.dumps(values), np.uint8),
    }
