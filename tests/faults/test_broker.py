"""The broker is killed, away, frozen, full or emptied while buyers walk: what was acknowledged is stored, once."""

import random
import signal
import time
from contextlib import contextmanager

import pytest

from tests.faults import breakages
from tests.faults.house import CELERY, FEW_SEEDS, LONG, SEEDS
from tests.faults.programs import eventually
from tests.faults.scene import HOLDS, holds, report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the broker")]
FAULTS = breakages.BROKER
# The short form breaks everything in one walk; the long form each for itself, so that each has its figures.
WALKS = [[fault] for fault in FAULTS] if LONG else [[*FAULTS]]
GROWTH = 20_000_000


def walked(stage, faults, seed):
    chance = random.Random(seed)
    faults = chance.sample(faults, len(faults))
    with stage.buyers(seed):
        before = stage.house.memory("web")
        for fault in faults:
            FAULTS[fault](stage.house, chance)
        grown = stage.house.memory("web") - before
    row = stage.judge()
    report(" + ".join(sorted(faults)), seed, row)
    return row, grown


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("faults", WALKS)
def test_a_broken_broker_loses_nothing_and_delays_nobody(stage, faults, seed):
    stage.again(worker=CELERY)
    row, grown = walked(stage, faults, seed)
    assert holds(row) == HOLDS
    assert {answer for answer in row["answers"] if answer.startswith("beacon")} == {"beacon 204"}
    assert row["acked"] == row["sent"]
    assert grown < GROWTH


def test_a_broker_that_syncs_every_entry_loses_nothing_either(stage):
    stage.again()
    stage.house.stream.config_set("appendfsync", "always")
    row, _ = walked(stage, ["F4 broker killed"], seed=4)
    stage.house.stream.config_set("appendfsync", "everysec")
    assert holds(row) == HOLDS


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_broker_that_lost_everything_is_given_its_group_again(stage, seed):
    stage.again()
    breakages.broker_emptied(stage, seed)
    row = stage.judge()
    report("F6 broker emptied", seed, row)
    assert holds(row) == HOLDS


def test_without_its_log_a_killed_broker_loses_what_waits(stage):
    stage.again()
    stage.house.stream.config_set("appendonly", "no")
    with stage.buyers():
        stage.house.down("worker")
        time.sleep(1)
        breakages.broker_killed(stage.house, random.Random(1))
        stage.house.up("worker")
    assert stage.judge()["lost"] > 0


def test_without_its_policy_a_full_broker_loses_what_waits(stage):
    stage.again()
    stage.house.stream.config_set("maxmemory-policy", "allkeys-lru")
    row, _ = walked(stage, ["F9 broker full"], seed=1)
    stage.house.stream.config_set("maxmemory-policy", "noeviction")
    assert row["lost"] > 0


def test_without_the_spool_what_comes_while_the_broker_is_away_is_lost(stage):
    stage.again("spool")
    row, _ = walked(stage, ["F7 broker away"], seed=1)
    assert row["lost"] > 0


@contextmanager
def frozen(stage, without=""):
    """Buyers in front of a broker that has stopped, once whoever had been answered before has heard it."""
    stage.again(without)
    with stage.buyers():
        stage.house.signal("broker", signal.SIGSTOP)
        time.sleep(1)
        yield stage.acked()
        stage.house.signal("broker", signal.SIGCONT)


def test_a_frozen_broker_stops_no_beacon(stage):
    with frozen(stage) as before:
        eventually(lambda: stage.acked() > before, 30, "no beacon was taken")
    assert holds(stage.judge()) == HOLDS


def test_without_a_timeout_a_frozen_broker_freezes_the_shop(stage):
    with frozen(stage, "short patience") as before:
        time.sleep(1.5)
        assert stage.acked() == before


def test_without_its_group_an_emptied_broker_is_never_read_again(stage):
    stage.again("group made again")
    breakages.broker_emptied(stage, seed=1)
    assert "still wait" in stage.judge(seconds=3)["error"]
