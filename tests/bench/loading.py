"""A crowd in the database: its journeys as rows, and its events as the narrow table that others would ask."""

from collections.abc import Iterator

import numpy as np
from django.db import connection, transaction

from analytics.counts.journeys import day_of
from analytics.models import Journey
from journey.bulk import insert
from tests.bench.crowd import DAY_US, Crowd

ROWS = 20_000
COLUMNS = [field.column for field in Journey._meta.concrete_fields if not field.primary_key]
DEVICES, SOURCES = ("phone", "phone", "phone", "desktop", "tablet"), ("direct", "direct", "newsletter", "friend")


def load_journeys(crowd: Crowd) -> None:
    """Bulk rows, as COPY or in large statements."""
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY analytics_journey ({', '.join(COLUMNS)}) FROM STDIN") as to,
        ):
            for row in _rows(crowd):
                to.write_row(row)
    else:
        with transaction.atomic():
            _in_statements(crowd)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _in_statements(crowd: Crowd) -> None:
    waiting = []
    for row in _rows(crowd):
        waiting.append(row)
        if len(waiting) == ROWS:
            insert(Journey, COLUMNS, waiting)
            waiting = []
    insert(Journey, COLUMNS, waiting)


def _rows(crowd: Crowd) -> Iterator[tuple]:
    letters = crowd.letters.tobytes().decode()
    pauses = np.diff(crowd.at, prepend=crowd.at[0])
    pauses[crowd.bounds[:-1]] = 0
    packed = pauses.astype("<u4").tobytes()
    starts, stops = crowd.at[crowd.bounds[:-1]].tolist(), crowd.at[crowd.bounds[1:] - 1].tolist()
    days = {number: str(day_of(number * DAY_US)) for number in {start // DAY_US for start in starts}}
    bounds, people, videos = crowd.bounds.tolist(), crowd.participant.tolist(), crowd.video.tolist()
    for j in np.argsort(crowd.at[crowd.bounds[:-1]]).tolist():  # as days went by: journeys of a day lie together
        start, stop = starts[j], stops[j]
        begin, end = bounds[j], bounds[j + 1]
        row = dict.fromkeys(COLUMNS, "") | {
            "kind": "visitor",
            "device": DEVICES[j % 5],
            "source": SOURCES[j % 4],
            "browser": "Chrome",
            "video": f"video-{videos[j]}",
            "participant": people[j],
            "start": start,
            "stop": stop,
            "day": days[start // DAY_US],
            "path": letters[begin:end],
            "pauses": packed[4 * begin : 4 * end],
            "stage": 1,
            "revenue_cents": 0,
            "said": end - begin,
            "missing": 0,
        }
        yield tuple(row.values())


def load_events(crowd: Crowd) -> None:
    """On PostgreSQL, with the two indexes that the query asks for."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE ev (journey int NOT NULL, ts bigint NOT NULL, step smallint NOT NULL)")
        with cursor.copy("COPY ev FROM STDIN (FORMAT BINARY)") as to:
            to.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            journey = crowd.journey
            for begin in range(0, len(journey), 1_000_000):
                to.write(_binary(*(column[begin : begin + 1_000_000] for column in (journey, crowd.at, crowd.step))))
            to.write(b"\xff\xff")
        cursor.execute("CREATE INDEX ON ev (journey, ts) INCLUDE (step)")
        cursor.execute("CREATE INDEX ON ev (step, journey, ts)")
        cursor.execute("ANALYZE ev")


def _binary(journey: np.ndarray, at: np.ndarray, step: np.ndarray) -> bytes:
    """Rows as PostgreSQL's binary COPY has them: how many fields, and each with its length."""
    fields = [
        ("n", ">i2"),
        ("l1", ">i4"),
        ("journey", ">i4"),
        ("l2", ">i4"),
        ("at", ">i8"),
        ("l3", ">i4"),
        ("s", ">i2"),
    ]
    rows = np.zeros(len(at), np.dtype(fields))
    rows["n"], rows["l1"], rows["l2"], rows["l3"] = 3, 4, 8, 2
    rows["journey"], rows["at"], rows["s"] = journey, at, step
    return rows.tobytes()


def vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ev" if connection.vendor == "postgresql" else "SELECT 1")


def by_levels(window_us: int, steps: int) -> str:
    """A funnel as Umami asks for it: a level a step, each joined to the one before."""
    levels = ["level1 AS (SELECT DISTINCT journey, ts FROM ev WHERE step = 1)"]
    levels += [
        f"level{k} AS (SELECT DISTINCT we.journey, we.ts FROM level{k - 1} l JOIN ev we ON l.journey = we.journey"  # noqa: S608
        f" WHERE we.ts BETWEEN l.ts AND l.ts + {window_us} AND we.step = {k})"
        for k in range(2, steps + 1)
    ]
    counts = [f"SELECT {k} AS level, COUNT(DISTINCT journey) FROM level{k}" for k in range(1, steps + 1)]  # noqa: S608
    return f"WITH {', '.join(levels)} {' UNION '.join(counts)} ORDER BY level"
