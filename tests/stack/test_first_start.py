"""What is done once for a database is done once, and done again when it was cut short."""

import json

import pytest
from django.core.management import call_command

from analytics.counts.recounting import drift
from analytics.models import Journey
from config.demo.first_start import prepare
from journey.models import Participant
from shop.models import Product

pytestmark = pytest.mark.django_db

SIMULATED = Participant.Kind.SIMULATED


@pytest.fixture
def said(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return []


def start(journeys, said):
    said.clear()
    prepare(journeys, said.append)
    return said


def test_the_second_start_has_nothing_to_prepare(said):
    assert start(10, said) == ["Filling the shop …", "Simulating 10 journeys of the last 30 days …"]
    assert Journey.objects.filter(kind=SIMULATED).count() >= 10
    assert start(10, said) == []


def test_a_month_that_was_cut_short_leaves_nobody_behind(said, tmp_path):
    start(0, said)
    call_command("simulate", journeys=10, until="2026-01-01", verbosity=0)
    first_try = set(Participant.objects.filter(kind=SIMULATED).values_list("number", flat=True))
    notes = tmp_path / "first-start.json"
    kept = json.loads(notes.read_text())
    kept["done"].remove("journeys")
    notes.write_text(json.dumps(kept))

    start(10, said)
    walked = set(Journey.objects.values_list("participant", flat=True))
    assert walked
    assert walked & first_try == set()
    assert drift().differences == []


def test_another_database_is_prepared_though_the_folder_is_known(said, tmp_path):
    (tmp_path / "first-start.json").write_text('{"database": "of yesterday", "done": ["catalogue", "journeys"]}')
    start(0, said)
    assert Product.objects.exists()
