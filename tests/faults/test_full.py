"""Nothing can hold events any more: the browser is told when to come back, and comes back with all of them."""

import random

import pytest

from tests.faults import breakages
from tests.faults.house import FEW_SEEDS
from tests.faults.scene import HOLDS, holds, report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the broker")]
LIMIT = 20
# Each of two web processes counts the rows anew every second, and between only its own.
BESIDE = 30


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_a_full_spool_says_when_to_come_back_and_loses_nothing(stage, seed):
    stage.again(SPOOL_LIMIT=str(LIMIT))
    with stage.buyers(seed):
        rows = breakages.spool_filled(stage.house, random.Random(seed))
    row = stage.judge()
    report("F10 spool full", seed, row, rows=rows)
    # A page is drawn even when nothing can note that it was: its own event is the one thing that may be missing.
    assert holds(row) | {"lost_pages": 0} == HOLDS
    assert row["acked"] == row["sent"]
    assert row["answers"]["beacon 503 with Retry-After"] == row["answers"]["beacon 503"] > 0
    assert row["answers"].keys() & {"page 503", "page 500", "order 503", "order 500"} == set()
    assert LIMIT <= rows < LIMIT + BESIDE


def test_without_its_limit_the_spool_grows_as_long_as_the_broker_is_away(stage):
    stage.again("spool limit", SPOOL_LIMIT=str(LIMIT))
    with stage.buyers(rate=1_000):
        rows = breakages.spool_filled(stage.house, random.Random(1))
    assert rows >= LIMIT + BESIDE
    assert "beacon 503" not in stage.judge()["answers"]
