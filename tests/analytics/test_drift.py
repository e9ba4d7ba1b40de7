"""Two thousand simulated journeys, with faults, late events and somebody who is forgotten, drift nowhere."""

from random import Random

import pytest
from django.core.management import call_command

from analytics.columns import days, measuring
from analytics.columns.versions import versions
from analytics.counts.collecting import settle
from analytics.counts.recounting import recount_all
from analytics.models import Journey
from analytics.simulation.arms import sights
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import planted
from analytics.simulation.pipeline import payloads_of
from journey import privacy
from journey.privacy import Person
from journey.store import store
from tests.analytics.world import END, WORLD

FAULTS = ("lost", "late-anchor", "cost-surprise", "after-sale")
JOURNEYS = 500  # of each
AT_ONCE = 500
pytestmark = [pytest.mark.django_db, pytest.mark.both]


def sent() -> list[bytes]:
    """Batches in the order in which they were sent."""
    found = []
    for seed, name in enumerate(FAULTS):
        world, fault = planted(WORLD, name)
        for _, walks in crowd(Period.before(END, days=8, seed=seed, journeys=JOURNEYS), world, sights()):
            fault(walks)
            found += payloads_of(walks)
    return found


def told(payloads: list[bytes]) -> None:
    for begin in range(0, len(payloads), AT_ONCE):
        store(payloads[begin : begin + AT_ONCE])
    settle()


def checked(capsys) -> str:
    call_command("recount", "--check")
    return capsys.readouterr().out


def test_nothing_drifts_whatever_came_late_went_away_or_counted_it(capsys):
    payloads = sent()
    late = set(Random(7).sample(range(len(payloads)), len(payloads) // 10))
    told([payload for n, payload in enumerate(payloads) if n not in late])
    assert checked(capsys).startswith("drift 0 in ")
    told([payloads[n] for n in sorted(late, reverse=True)])
    assert checked(capsys).startswith("drift 0 in ")
    buyer = Journey.objects.filter(revenue_cents__gt=0).order_by("pk")[0].participant
    privacy.forget(Person(frozenset({buyer})))
    settle()
    measuring.warm_up()  # from here on machine code counts, whoever counted before
    assert checked(capsys).startswith("drift 0 in ")
    assert Journey.objects.count() > len(FAULTS) * JOURNEYS * 0.9
    assert sum(len(day.walks) for day in days.between(None, None)) == Journey.objects.count()
    assert len(versions()) >= 8
    recount_all()
    assert checked(capsys).startswith("drift 0 in ")
