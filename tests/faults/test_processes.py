"""Web and worker are killed or asked to stop while buyers walk: what was acknowledged is stored, once."""

import random

import pytest

from tests.faults import breakages
from tests.faults.house import CELERY, LONG, SEEDS
from tests.faults.scene import HOLDS, holds, report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of processes")]
FAULTS = breakages.PROCESSES
# The short form breaks everything in one walk; the long form each for itself, so that each has its figures.
WALKS = [[fault] for fault in FAULTS] if LONG else [[*FAULTS]]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("faults", WALKS)
def test_processes_that_fall_lose_nothing_and_those_that_are_asked_stop_well(stage, faults, seed):
    stage.again(worker=CELERY)
    chance = random.Random(seed)
    faults = chance.sample(faults, len(faults))
    with stage.buyers(seed):
        codes = {fault: FAULTS[fault](stage.house, chance) for fault in faults}
    row = stage.judge()
    report(" + ".join(sorted(faults)), seed, row)
    assert holds(row) == HOLDS
    assert row["acked"] == row["sent"]
    assert {code for fault, code in codes.items() if fault.endswith("ended")} <= {0}
    assert [answer for answer in row["answers"] if answer.split()[1].startswith("5")] == []


def test_without_a_durable_answer_events_die_with_a_web_process(stage):
    """The guard removed: answered first, and sent on a second later."""
    stage.again("durable before answering")
    with stage.buyers():
        breakages.web_killed(stage.house, random.Random(1))
    assert stage.judge()["lost"] > 0
