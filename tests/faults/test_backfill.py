"""Working through a large backlog is killed again and again: in the end every row is as if nobody had been killed."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import orjson
import pytest

from tests.faults.house import LONG, STREAM
from tests.faults.scene import report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the database")]
EVENTS = int(os.environ.get("FAULT_BACKLOG", "20000"))
A_BATCH = 10
PARTICIPANTS = EVENTS // 40
T0 = 1_790_000_000_000_000
SHARES = ["0.1", "0.5", "0.9"]
# The short form asks the first to stop and kills the others; the long form does each with all.
DEATHS = [[signal.SIGTERM] * 3, [signal.SIGKILL] * 3] if LONG else [[signal.SIGTERM, signal.SIGKILL, signal.SIGKILL]]
STEPS = ["video_start", "view_item", "add_to_cart", "begin_checkout"]
ROWS = {
    "journey_event": "participant_id, trail, n, at, step, context_id, props",
    "analytics_journey": "participant, start, stop, day, kind, arms, device, browser, source, video, product, path"
    ", pauses, stage, revenue_cents",
    "analytics_funnelcount": "funnel, field, day, kind, value, reached, n, revenue_cents, gaps",
}


def fill(stream) -> None:
    """The same backlog each time, in an order of its own; walks begin on ten days."""
    batches = [entry(number) for number in range(EVENTS // A_BATCH)]
    random.Random(7).shuffle(batches)
    pipeline = stream.pipeline(transaction=False)
    for batch in batches:
        pipeline.xadd(STREAM, {"batch": batch})
    pipeline.execute()


def entry(number: int) -> bytes:
    participant, turn = number % PARTICIPANTS + 1, number // PARTICIPANTS
    return orjson.dumps(
        {
            "participant": participant,
            "kind": "visitor",
            "trail": number + 1,
            "t0": T0 + participant % 10 * 86_400_000_000 + turn * 700_000_000,
            "context": ["phone", "Chrome", "", ""],
            "events": [[n, n * 1_000_000, STEPS[n % 4], {"product": f"p{number % 7}"}] for n in range(A_BATCH)],
            "dead": [],
        }
    )


def run(env, *words: str) -> int:
    return subprocess.run([sys.executable, "-m", "tests.faults.backfill", *words], env=env, check=False).returncode


def rows(folder) -> dict[str, list]:
    with closing(sqlite3.connect(folder / "scrollshop.sqlite3")) as database:
        return {
            table: database.execute(f"SELECT {names} FROM {table} ORDER BY {names}").fetchall()  # noqa: S608
            for table, names in ROWS.items()
        }


@pytest.fixture(scope="module")
def uninterrupted(places):
    folder, env, stream = places()
    fill(stream)
    assert [run(env, "collect"), run(env, "count")] == [0, 0]
    return rows(folder)


@pytest.mark.parametrize("numbers", DEATHS)
def test_a_backlog_is_worked_through_as_if_nobody_had_been_killed(places, uninterrupted, numbers):
    folder, env, stream = places()
    fill(stream)
    for work in ("collect", "count", "recount"):
        died = [run(env, work, share, str(int(number))) for share, number in zip(SHARES, numbers, strict=True)]
        assert died == [-number for number in numbers]
        assert run(env, "collect" if work == "collect" else "count") == 0
    assert rows(folder) == uninterrupted
    assert len(uninterrupted["journey_event"]) == EVENTS
    report("F18 backlog, killed nine times", str(numbers), {"sent": EVENTS, "acked": EVENTS, "stored": EVENTS})


def test_without_one_transaction_a_kill_leaves_events_that_nobody_counts(places, uninterrupted):
    """The guard removed: what each statement wrote stays, and the marks are cleared although the work was not done."""
    folder, env, stream = places()
    fill(stream)
    assert run(env, "collect") == 0
    assert run(env | {"WITHOUT": "one transaction"}, "count", "0.5", "9") == -9
    assert run(env, "count") == 0
    assert rows(folder) != uninterrupted
