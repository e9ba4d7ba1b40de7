"""The database is away, or held by somebody else: telemetry goes on, and pages say so in words."""

import random
import signal

import pytest

from journey.streams import GROUP, POISON
from tests.faults import breakages
from tests.faults.house import FEW_SEEDS, SECONDS, SEEDS, STREAM
from tests.faults.programs import eventually
from tests.faults.scene import HOLDS, holds, report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the database")]


@pytest.mark.parametrize("seed", SEEDS)
def test_while_postgresql_is_away_beacons_are_taken_and_pages_say_so(stage_on_postgres, seed):
    stage = stage_on_postgres.again(STREAM_IDLE_MS="50")
    with stage.buyers(seed):
        words = breakages.database_away(stage.house, random.Random(seed))
        eventually(lambda: stage.house.ask("/") == 200, 10, "no page was drawn again")
    row = stage.judge()
    report("F11 PostgreSQL away", seed, row)
    assert holds(row) == HOLDS
    assert statuses(row, "beacon") == {"204"}
    assert statuses(row, "page") == {"200", "503"}
    assert statuses(row, "order", "cart") <= {"200", "503"}
    assert words == (503, True)


def test_without_asking_the_database_first_batches_are_buried(stage_on_postgres):
    """Away until something was handed out as often as it takes: while buyers come, what is new is handed out first."""
    stage = stage_on_postgres.again("database asked first", STREAM_IDLE_MS="50")
    house = stage.house
    with stage.buyers():
        house.database.down(signal.SIGQUIT)
    eventually(lambda: most_handed_out(house.stream) >= POISON, 60, "nothing was handed out too often")
    house.database.up()
    row = stage.judge()
    assert row["poison"] > 0
    assert row["lost"] > 0


def most_handed_out(stream) -> int:
    pending = stream.xpending_range(STREAM, GROUP, "-", "+", 10_000)
    return max((entry["times_delivered"] for entry in pending), default=0)


def test_without_the_stream_beacons_are_refused_while_the_database_is_away(stage_on_postgres):
    stage = stage_on_postgres.again("stream first")
    with stage.buyers():
        breakages.database_away(stage.house, random.Random(1))
    assert "503" in statuses(stage.judge(), "beacon")


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_writer_that_takes_its_time_is_waited_for(stage, seed):
    stage.again()
    with stage.buyers(seed):
        breakages.database_locked(stage.house, random.Random(seed))
    row = stage.judge()
    report("F12 SQLite held, within patience", seed, row)
    assert holds(row) == HOLDS
    assert statuses(row, "beacon", "page", "cart", "order") <= {"200", "204"}


def checkout_held(stage, without="") -> dict:
    """Orders while somebody holds the database for longer than a request waits."""
    stage.again(without, SQLITE_PATIENCE="0.5")
    with stage.buyers(), stage.buyers(2):
        breakages.database_locked(stage.house, random.Random(1), SECONDS + 2)
    return stage.judge()


def test_a_writer_that_takes_too_long_is_answered_in_words(stage):
    row = checkout_held(stage)
    report("F12 SQLite held, beyond patience", 1, row)
    assert holds(row) == HOLDS
    assert "503" in statuses(row, "cart", "order")
    assert "500" not in statuses(row, "page", "cart", "order", "beacon")


def test_without_those_words_it_is_an_error(stage):
    assert "500" in statuses(checkout_held(stage, "an answer in words"), "page", "cart", "order")


def statuses(row, *what) -> set[str]:
    return {answer.split()[1] for answer in row["answers"] if answer.split()[0] in what}
