"""How long reports take over many journeys, on SQLite and on PostgreSQL, beside the SQL of another tool.

python -m tests.bench.funnels [sqlite|postgres] [JOURNEYS]: one database, in a process of its own, as JSON. With
BENCH_KEEP=folder the database stays there, and is asked again instead of being filled: a million journeys take two
minutes to prepare.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import stage
from tests.bench.backlog import _postgres
from tests.bench.noted import note

SLOW = 3.0  # seconds: asked once
YEAR_US = 365 * 86_400_000_000


def asked(**more: object):
    """Seven steps in order within a year."""
    from analytics.answers.questions import Question
    from analytics.semantics.funnels import Funnel
    from journey.steps import Step
    from tests.bench.crowd import STEPS

    steps = tuple(frozenset({Step.named(name)}) for name in STEPS)
    return Question(Funnel("asked", "Asked", steps, STEPS, window_us=YEAR_US), **more)


Figures = dict[str, Any]


def measured(journeys: int, prepared: Path) -> Iterator[Figures]:
    """Figures as they come. `prepared` is the file that says what this database holds already."""
    from django.db import connection

    from analytics.columns import measuring

    measuring.warm_up()
    if not prepared.exists():
        prepared.write_text(json.dumps(_filled(journeys)))
    yield json.loads(prepared.read_text())
    yield {"new_s": _seconds(_count_one_more)}
    yield from _reports()
    if connection.vendor == "postgresql":
        yield _levels()


def _filled(journeys: int) -> Figures:
    """A crowd's journeys and their counts; on PostgreSQL its events as well, as others keep them."""
    from django.db import connection

    from analytics.counts.counting import count_days, touch_days
    from tests.bench.crowd import crowd
    from tests.bench.loading import load_events, load_journeys, vacuum

    people = crowd(journeys)
    load_journeys(people)
    touch_days(_days())
    counted = _seconds(count_days)
    if connection.vendor == "postgresql":
        load_events(people)
        vacuum()
    return {"journeys": journeys, "events": len(people.at), "counted_s": counted}


def _days():
    from analytics.columns.versions import days

    return days()


def _count_one_more() -> None:
    """The counts of a new report over all days."""
    from django.db import transaction

    from analytics.saved.backfill import count_day

    for day in _days():
        with transaction.atomic():
            count_day(asked().funnel, day)


def _reports() -> Iterator[Figures]:
    from analytics.answers import counted
    from analytics.answers.questions import Question
    from analytics.answers.reports import report
    from analytics.columns import folder
    from analytics.semantics.funnels import SIX_STAGES

    saved, split = Question(SIX_STAGES), asked(by=("device",))
    report(split)  # imports, and the connection
    counted.forget()
    yield {"saved_first_ms": _seconds(lambda: report(saved)) * 1000}
    yield {"saved_ms": _median(lambda: report(saved), 9) * 1000}
    folder.remove(_days())  # counting a new report has left them there
    yield {"first_s": _seconds(lambda: report(split))}
    for name, question, rounds in (
        ("adhoc_s", split, 7),
        ("by_video_s", asked(by=("video",)), 5),
        ("participants_s", asked(by=("device",), unit="participant"), 5),
    ):
        yield {name: _median(partial(report, question), rounds), f"cpu_{name}": _cpu(partial(report, question))}
    yield {"counts": [line.count for line in report(split).lines]}


def _levels() -> Figures:
    """The same funnel, without a breakdown, as SQL over a narrow table with both indexes it wants."""
    from django.db import connection

    from tests.bench.crowd import STEPS
    from tests.bench.loading import by_levels

    found: list[int] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(by_levels(YEAR_US, len(STEPS)))
            found[:] = [count for _, count in cursor.fetchall()]

    once = _seconds(ask)
    return {"levels_s": once if once > SLOW else _median(ask, 3), "levels_counts": found}


def _cpu(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _median(call: Callable[[], object], rounds: int) -> float:
    call()
    return median(_seconds(call) for _ in range(rounds))


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main(database: str, journeys: str) -> None:
    folder, name = stage.prepare(f"{database}-{journeys}"), f"{database}, {int(journeys):,}"
    prepared = folder / "prepared.json"
    if not prepared.exists():  # what an interrupted run has left is no use
        shutil.rmtree(folder)
        folder.mkdir()
    with ExitStack() as end:
        end.callback(stage.clear, folder)
        if database == "postgres":
            end.callback(_postgres(folder))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        told: Figures = {}
        for figures in measured(int(journeys), prepared):
            note("reports", name, figures)
            told |= figures
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
