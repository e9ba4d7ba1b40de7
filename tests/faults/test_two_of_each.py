"""Several workers and two clocks at once: each event is stored once, each participant counted right, nobody trips."""

import random
import time
from contextlib import contextmanager

import orjson
import pytest

from tests.faults.house import CELERY, COLLECTOR, FEW_SEEDS, SECONDS, SEEDS, STREAM
from tests.faults.programs import Program, eventually
from tests.faults.scene import HOLDS, holds, report
from tests.faults.voices import asked

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the database")]
BATCHES, PARTICIPANTS = 1_500, 40
T0 = 1_790_000_000_000_000
STORED = """
import django, json, sys; django.setup()
from journey.models import Event
first = int(sys.argv[1]) * 1_000
print(Event.objects.filter(participant__gt=first, participant__lt=first + 1_000).count())
"""
ERRORS = ("Error", "deadlock", "Traceback")


@contextmanager
def beside(house, without="", **commands):
    """More programs of this house while the block runs."""
    env = house.env | {"WITHOUT": without}
    programs = [Program(line, env, house.folder / f"{name}.log") for name, line in commands.items()]
    for program in programs:
        program.log.unlink(missing_ok=True)
        program.start()
    try:
        yield programs
    finally:
        for program in programs:
            program.end()


def complaints(*programs) -> list[str]:
    return [
        line
        for program in programs
        for line in program.log.read_text(errors="replace").splitlines()
        if any(word in line for word in ERRORS)
    ]


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_two_clocks_at_once_count_everything_once(stage, seed):
    stage.again(worker=CELERY)
    second = [*CELERY, "--hostname=second@%h", f"--schedule={stage.house.folder}/second"]
    with beside(stage.house, second=second) as programs, stage.buyers(seed):
        time.sleep(SECONDS + 3)
    row = stage.judge()
    report("F20 two clocks", seed, row)
    assert holds(row) == HOLDS
    assert complaints(*programs) == []


def race(stage, seed, without=""):
    """A backlog that four workers store and count at once, its batches in no order and each there twice."""
    stage.again()
    house = stage.house
    house.down("worker")
    chance = random.Random(seed)
    batches = [entry(seed, number) for number in range(BATCHES)] * 2
    chance.shuffle(batches)
    pipeline = house.stream.pipeline(transaction=False)
    for batch in batches:
        pipeline.xadd(STREAM, {"batch": batch})
    with beside(house, without, **{f"worker{number}": COLLECTOR for number in range(4)}) as programs:
        eventually(lambda: all("working" in program.log.read_text() for program in programs), 60, "not all work")
        pipeline.execute()
        row = stage.judge(seconds=100)
    stored = asked(house, STORED, seed)
    return row | {"sent": 3 * BATCHES, "acked": 3 * BATCHES, "stored": stored}, complaints(*programs)


def entry(seed: int, number: int) -> bytes:
    participant = seed * 1_000 + number % PARTICIPANTS + 1
    return orjson.dumps(
        {
            "participant": participant,
            "kind": "visitor",
            "trail": number + 1,
            "t0": T0 + number // PARTICIPANTS * 60_000_000,
            "context": ["phone", "Chrome", "", ""],
            "events": [[0, 0, "view_item", {}], [1, 5_000_000, "view_block", {}], [2, 9_000_000, "add_to_cart", {}]],
            "dead": [],
        }
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_four_workers_store_and_count_at_once_and_nobody_is_stopped(stage_on_postgres, seed):
    row, complained = race(stage_on_postgres, seed)
    report("F19 four workers on PostgreSQL", seed, row)
    assert (row["stored"], row["double"], row["drift"], row["poison"]) == (3 * BATCHES, 0, [], 0)
    assert complained == []


@pytest.mark.parametrize(("seed", "guard"), [(8, "claims"), (9, "key order")])
def test_without_claims_or_order_workers_stop_each_other(stage_on_postgres, seed, guard):
    """Two that count the same participant insert the same journey; two that insert in other orders are deadlocked."""
    # Two must meet for that, and a busy machine may keep them apart.
    assert any(race(stage_on_postgres, seed + 10 * turn, guard)[1] for turn in range(6))
