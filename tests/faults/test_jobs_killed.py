"""kill -9 on long work at one line after the other: what comes out is what would have come out without it."""

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import orjson
import pytest

from tests.faults.house import SEEDS

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the database")]
PEOPLE, DAYS = 60, 6
SHOP = f"""
from datetime import date
from analytics.counts.counting import count
from analytics.exporting import jobs
from analytics.exporting.events import Wanted
from analytics.saved.models import SavedReport
from analytics.saved.saving import keep
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, START, TAPPED, batch
store([batch(n, *(BOUGHT if n % 3 else TAPPED), at=START + n % {DAYS} * DAY) for n in range(1, {PEOPLE + 1})])
count()
keep(SavedReport(slug="tap", name="Tap to buy", question="Who?", line="select_promotion,view_item:optional,purchase"))
for form in ("jsonl", "parquet"):
    jobs.order(form, Wanted(), False, "Events", "ada")
"""
FRESH = """
import json
from analytics import saved
from analytics.counts.counting import counts_of
from analytics.models import FunnelCount, Journey, Job, Uncounted
[funnel] = [one for one in saved.counted() if one.slug == "tap"]
days = sorted(set(Journey.objects.values_list("day", flat=True)))
fresh = [[str(value) for value in cell[:8]] for day in days for cell in counts_of(day, [funnel])]
stored = FunnelCount.objects.filter(funnel=funnel.key).order_by("day", "funnel", "field", "kind", "value", "reached")
names = ("funnel", "field", "day", "kind", "value", "entry", "reached", "n")
print(json.dumps({
    "fresh": sorted(fresh), "stored": sorted([str(value) for value in row] for row in stored.values_list(*names)),
    "answered": saved.is_counted(funnel), "states": list(Job.objects.order_by("pk").values_list("state", "done")),
    "waiting": Uncounted.objects.count(), "files": list(Job.objects.order_by("pk").values_list("code", flat=True)),
}))
"""


def said(env, script: str) -> bytes:
    command = [sys.executable, "-c", f"import django; django.setup()\n{script}"]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout


def run(env, *words: str) -> int:
    return subprocess.run([sys.executable, "-m", "tests.faults.long_work", *words], env=env, check=False).returncode


def abandon(folder) -> None:
    """The worker that died was last heard of long ago; that it died in vain again and again is the test's doing."""
    with closing(sqlite3.connect(folder / "scrollshop.sqlite3")) as database, database:
        database.execute("UPDATE analytics_job SET heard_at = '2026-01-01', vain = 0 WHERE state = 'running'")


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_long_work_killed_at_one_line_after_the_other_ends_as_if_nobody_had_been_killed(ground, seed):
    folder, env, _ = ground
    said(env, SHOP)
    deaths = [random.Random(seed).randrange(15, 150) for _ in range(6)]
    died = [run(env, str(lines)) for lines in deaths if not abandon(folder)]
    assert died == [-signal.SIGKILL] * len(deaths)
    abandon(folder)
    assert run(env) == 0
    found = orjson.loads(said(env, FRESH))
    assert found["stored"] == found["fresh"] != []
    events = sum(7 if n % 3 else 3 for n in range(1, PEOPLE + 1))
    assert found["states"] == [["done", DAYS], ["done", events], ["done", events]]
    assert (found["answered"], found["waiting"]) == (True, 0)
    _, jsonl, parquet = found["files"]
    exports = folder / "private/exports"
    assert sorted(path.name for path in exports.iterdir()) == sorted([f"{jsonl}.jsonl", f"{parquet}.parquet"])
    told = said(
        env,
        "import sys; from analytics.exporting import files; from analytics.exporting.events import Wanted\n"
        "sys.stdout.buffer.writelines(files.written('jsonl', Wanted().chunks()))",
    )
    assert (exports / f"{jsonl}.jsonl").read_bytes() == told
