"""A funnel over raw events in columns, sorted by journey and time: ours beside ClickHouse's windowFunnel.

python -m tests.bench.exact [JOURNEYS], as JSON. ClickHouse comes as `pip install chdb` (534 MB), which no lock file
asks for; without it ours is measured alone.
"""

import importlib.util
import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tests.bench import stage
from tests.bench.funnels import YEAR_US, _median, asked

ROUNDS = 5
BYTES_PER_EVENT = 13  # of journey, time and step


def ours(journey: np.ndarray, at: np.ndarray, letters: np.ndarray) -> list[int]:
    """Where journeys begin is found as well; a thread a core, as there."""
    from analytics.columns.measuring import by_kernel
    from analytics.columns.walks import Walks, sealed

    begins = np.concatenate(([0], np.flatnonzero(journey[1:] != journey[:-1]) + 1, [len(journey)]))
    seen = np.full(len(begins) - 1, -1)  # anything: nobody has looked
    walks, funnel = Walks(letters, at, sealed(begins), sealed(seen)), asked().funnel

    def reached(some: np.ndarray) -> np.ndarray:
        bits = by_kernel(funnel, walks, sealed(some)).reached
        return np.array([(bits >> k & 1).sum() for k in range(len(funnel.steps))])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(reached, np.array_split(np.arange(len(walks)), 32))).tolist()


def clickhouse(people, rounds: int) -> tuple[float, list[int]]:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from chdb import session

    from tests.bench.crowd import STEPS

    folder = tempfile.mkdtemp(prefix="scrollshop-chdb-")
    try:
        table = pa.table({"journey": people.journey, "ts": people.at, "step": people.step})
        pq.write_table(table, f"{folder}/events.parquet")
        there = session.Session(f"{folder}/data")
        there.query("CREATE DATABASE b")
        there.query(
            "CREATE TABLE b.ev (journey UInt32, ts Int64, step UInt8) ENGINE = MergeTree ORDER BY (journey, ts)"
        )
        there.query(f"INSERT INTO b.ev SELECT * FROM file('{folder}/events.parquet', Parquet)")  # noqa: S608
        there.query("OPTIMIZE TABLE b.ev FINAL")
        steps = ", ".join(f"step = {k}" for k in range(1, len(STEPS) + 1))
        counts = ", ".join(f"countIf(depth >= {k})" for k in range(1, len(STEPS) + 1))
        question = (
            f"SELECT {counts} FROM (SELECT windowFunnel({YEAR_US})(toUInt64(ts), {steps}) AS depth FROM b.ev"  # noqa: S608
            " WHERE step > 0 GROUP BY journey)"
        )
        found = [int(count) for count in str(there.query(question, "CSV")).split(",")]
        return _median(lambda: str(there.query(question, "CSV")), rounds), found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(journeys: str) -> None:
    folder = stage.prepare()
    try:
        import django

        django.setup()
        from analytics.columns import measuring
        from analytics.columns.walks import sealed
        from tests.bench.crowd import crowd

        measuring.warm_up()
        people = crowd(int(journeys))
        columns = people.journey, sealed(people.at), sealed(people.letters)
        counts = ours(*columns)
        told = {"events": len(people.at), "ours_s": _median(lambda: ours(*columns), ROUNDS), "counts": counts}
        told["bound_s"] = _median(lambda: [column.view(np.uint8).sum(dtype=np.uint64) for column in columns], 3)
        if importlib.util.find_spec("chdb"):
            told["clickhouse_s"], told["clickhouse_counts"] = clickhouse(people, ROUNDS)
        sys.stdout.write(json.dumps(told) + "\n")
    finally:
        stage.clear(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
