"""How fast a backlog is stored and counted by one worker, on SQLite and on PostgreSQL; what an event takes up there and
in Parquet; and how long a report of all that takes.

python -m tests.bench.backlog [sqlite|postgres] [JOURNEYS]: one database, in a process of its own, as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from tests.bench import stage
from tests.postgres import start_postgres

UNTIL, DAYS, SEED = date(2026, 11, 1), 30, 7


def fill_stream(journeys: int) -> None:
    """A simulated month waits in the stream."""
    from django.conf import settings

    from analytics.simulation.arms import sights
    from analytics.simulation.crowd import Period, crowd
    from analytics.simulation.pipeline import payloads_of
    from config.management.commands.simulate import shop_world
    from journey import streams

    pipeline = streams.stream().pipeline(transaction=False)
    for _, walks in crowd(Period.before(UNTIL, DAYS, SEED, journeys), shop_world(), sights()):
        for payload in payloads_of(walks):
            pipeline.xadd(settings.STREAM_KEY, {"batch": payload})
        pipeline.execute()


def drained(journeys: int) -> dict[str, float]:
    from analytics.counts import collecting, counting
    from analytics.exporting import files
    from analytics.exporting.events import Wanted
    from journey.models import Event

    fill_stream(journeys)
    collected = _seconds(lambda: collecting.collect(patience=3_600))
    counted = _seconds(counting.count)
    events = Event.objects.count()
    return {
        "events": events,
        "collected_per_s": events / collected,
        "counted_per_s": events / counted,
        "both_per_s": events / (collected + counted),
        "bytes_per_event": _bytes() / events,
        "parquet_per_event": sum(map(len, files.written("parquet", Wanted().chunks()))) / events,
        "report_ms": _report_ms(""),
        "report_by_video_ms": _report_ms("video"),
    }


def _bytes() -> int:
    """Of the table of events with its index."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('journey_event')")
        else:
            cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%journey_event%'")
        return cursor.fetchone()[0] or 0


def _report_ms(by: str) -> float:
    """The six stages, plain or split: the median of nine."""
    from analytics.answers.questions import Question
    from analytics.answers.reports import report
    from analytics.semantics.funnels import SIX_STAGES

    asked = Question(SIX_STAGES, kinds=frozenset({"simulated"}), by=(by,) if by else ())
    return sorted(_seconds(lambda: report(asked)) * 1000 for _ in range(9))[4]


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _postgres(folder: Path) -> Callable[[], None]:
    folder.chmod(0o755)
    server = start_postgres(folder / "postgres")
    os.environ["DATABASE_URL"] = server.get_uri()
    return server.cleanup


def main(database: str, journeys: str) -> None:
    folder = stage.prepare()
    with ExitStack() as end:
        if database == "postgres":
            end.callback(_postgres(folder))
        import django

        django.setup()
        from django.core.management import call_command

        end.enter_context(stage.broker(folder, memory="6gb"))
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0, stdout=sys.stderr)
        sys.stdout.write(json.dumps(drained(int(journeys))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
