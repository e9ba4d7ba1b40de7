"""Simulated walks go through the real pipeline, with a broker and without."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from analytics.models import Journey
from analytics.simulation import pipeline
from analytics.simulation.crowd import Period
from journey import streams
from journey.models import Event
from shop import catalogue
from tests.analytics.world import END, WORLD


@pytest.mark.django_db
def test_running_a_period_twice_changes_nothing():
    period = Period.before(END, days=3, seed=7, journeys=40)
    first, second = (pipeline.run(period, WORLD, lambda journeys: None) for _ in range(2))
    assert Event.objects.count() == first.events
    assert Journey.objects.count() == first.journeys == 40
    assert Journey.objects.aggregate(cents=Sum("revenue_cents")) == {"cents": first.cents}
    assert first.digest == second.digest


@pytest.fixture
def no_broker(settings):
    settings.STREAM_URL = "unix:///nowhere/at/all.sock"
    streams.stream.cache_clear()
    yield
    streams.stream.cache_clear()


@pytest.mark.django_db
def test_without_a_broker_the_walks_are_stored_and_counted_all_the_same(no_broker):
    tally = pipeline.run(Period.before(END, days=3, seed=7, journeys=40), WORLD, lambda journeys: None)
    assert Event.objects.count() == tally.events
    assert Journey.objects.filter(kind="simulated").count() == 40


@pytest.mark.django_db
def test_an_empty_shop_cannot_be_simulated():
    with pytest.raises(CommandError, match="The shop is empty"):
        call_command("simulate", journeys=5)


@pytest.mark.parametrize(("until", "words"), [("2999-01-01", "in the future"), ("yesterday", "a date like 2026-11-01")])
def test_an_end_that_makes_no_sense_is_refused_in_words(until, words):
    with pytest.raises(CommandError, match=words):
        call_command("simulate", until=until)


@pytest.mark.django_db
def test_two_runs_of_the_command_say_the_same(capsys):
    catalogue.load()
    said = []
    for _ in range(2):
        call_command("simulate", journeys=30, days=5, until="2026-11-01")
        said.append([line for line in capsys.readouterr().out.splitlines() if "second" not in line])
    assert said[0] == said[1]
    assert ["journeys", "30"] in map(str.split, said[0])
