"""A day is a day of UTC, wherever the shop says it is, also when the clock there goes forward or back."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from tests.faults.house import LONG, STREAM
from tests.faults.scene import report

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults of the database")]
ZONES = ["Europe/Berlin", "Australia/Lord_Howe", *(["Pacific/Kiritimati", "Etc/GMT+12"] if LONG else [])]
# Berlin goes forward on 29 March and back on 25 October, Lord Howe by half an hour on 4 April and 3 October.
AROUND = ["2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2028-02-29", "2026-12-31"]
APART = timedelta(minutes=31)  # each its own journey
COUNT = """
import django; django.setup()
from analytics.counts.collecting import settle; settle()
"""
COUNTED = """
import django, json; django.setup()
from django.db.models import Sum
from analytics.models import FunnelCount
days = FunnelCount.objects.filter(funnel="stages", field="").values_list("day").annotate(n=Sum("n"))
print(json.dumps({str(day): n for day, n in days}))
"""


def moments(day: str) -> list[datetime]:
    """Every half hour and a minute, from the day before to the day after."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=1)
    return [start + APART * number for number in range(int(timedelta(days=3) / APART))]


def counted_in(place, zone: str, without: str = "") -> dict[str, int]:
    """Journeys of each day, as counted by a shop that says it is in this zone."""
    _, env, stream = place
    env = env | {"TIME_ZONE": zone, "WITHOUT": without}
    for participant, day in enumerate(AROUND, 1):
        for number, moment in enumerate(moments(day), 1):
            stream.xadd(STREAM, {"batch": entry(participant, number, moment)})
    subprocess.run([sys.executable, "-c", COUNT], env=env, check=True)
    check = [sys.executable, "manage.py", "recount", "--check"]
    assert without or subprocess.run(check, env=env, check=False, stdout=subprocess.DEVNULL).returncode == 0
    said = subprocess.run([sys.executable, "-c", COUNTED], env=env, check=True, capture_output=True)
    return orjson.loads(said.stdout.splitlines()[-1])


def entry(participant: int, number: int, moment: datetime) -> bytes:
    return orjson.dumps(
        {
            "participant": participant,
            "kind": "visitor",
            "trail": number,
            "t0": int(moment.timestamp()) * 1_000_000,
            "context": ["phone", "Chrome", "", ""],
            "events": [[0, 0, "view_item", {}]],
            "dead": [],
        }
    )


WANTED = Counter(str(moment.date()) for day in AROUND for moment in moments(day))


@pytest.mark.parametrize("zone", ZONES)
def test_no_day_is_longer_or_shorter_than_its_journeys_wherever_the_shop_is(places, zone):
    counted = counted_in(places(), zone)
    report(f"F21 days in {zone}", 1, {"sent": WANTED.total(), "acked": WANTED.total(), "stored": sum(counted.values())})
    assert counted == WANTED


def test_days_of_the_place_would_be_others(places):
    assert counted_in(places(), "Pacific/Kiritimati", "utc days") != WANTED
