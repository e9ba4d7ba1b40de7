"""kill -9 of the worker at any line of collecting and counting: nothing is lost, nothing counted twice.

Real processes on a database and a stream of their own. The sent events are the ledger.
"""

import random
import subprocess
import sys
import time

import orjson
import pytest

pytestmark = pytest.mark.faults
CRASH_POINTS = ["before the commit", "between commit and acknowledgement", "before counting"]
PARTICIPANTS = 40
BATCHES = 600
T0 = 1_790_000_000_000_000


def batch(number: int) -> bytes:
    """Batch `number`: three events of one of the participants, a minute after that participant's batch before."""
    participant = number % PARTICIPANTS + 1
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


def start(env, *crash_point: str) -> subprocess.Popen:
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *crash_point], env=env, stdout=subprocess.PIPE
    )
    assert worker.stdout.readline() == b"working\n"
    return worker


def settled(env) -> dict[str, int]:
    """What stands in the database once nothing waits any more."""
    script = """
import django, json, time; django.setup()
time.sleep(0.2)
from analytics.counts.collecting import settle; settle()
from analytics.models import FunnelCount, Journey
from django.db.models import Sum
from journey.models import Event
from journey.sink import backlog
print(json.dumps({
    "events": Event.objects.count(),
    "in journeys": sum(len(path) for path in Journey.objects.values_list("path", flat=True)),
    "journeys": Journey.objects.count(),
    "counted": FunnelCount.objects.filter(funnel="stages", field="").aggregate(n=Sum("n"))["n"],
    "waiting": sum(backlog()),
}))
"""
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
    return orjson.loads(done.stdout.splitlines()[-1])


EXACT = {
    "events": 3 * BATCHES,
    "in journeys": 3 * BATCHES,
    "journeys": PARTICIPANTS,
    "counted": PARTICIPANTS,
    "waiting": 0,
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killing_the_worker_loses_nothing_and_counts_nothing_twice(ground, seed):
    _, env, stream = ground
    chance = random.Random(seed)
    numbers = list(range(BATCHES))
    chance.shuffle(numbers)
    kills = [*CRASH_POINTS, "", ""]
    chance.shuffle(kills)
    share = BATCHES // len(kills)
    for turn, crash_point in enumerate(kills):
        worker = start(env, *filter(None, [crash_point]))
        for number in numbers[turn * share : (turn + 1) * share]:
            stream.xadd("journey:events", {"batch": batch(number)})
        if crash_point:
            assert worker.wait(timeout=60) == -9
        else:
            time.sleep(chance.random() * 0.5)
            worker.kill()
            worker.wait()
    assert settled(env) == EXACT
    check = subprocess.run([sys.executable, "manage.py", "recount", "--check"], env=env, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def test_the_check_notices_a_worker_that_acknowledges_too_early(ground):
    """The guard removed: acknowledge first, commit second. What the killed worker had read is gone, and we see it."""
    _, env, stream = ground
    for number in range(BATCHES):
        stream.xadd("journey:events", {"batch": batch(number)})
    hasty = env | {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "WITHOUT": "commit before acknowledging"}
    assert start(hasty, "before the commit").wait(timeout=60) == -9
    assert settled(env)["events"] < 3 * BATCHES
