"""Events from the admin: for whom they are, what can be chosen, and what is remembered of it."""

import json
import re
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from journey.models import Participant
from journey.store import store
from tests.analytics.taken import BOUGHT, TAPPED, batch

pytestmark = pytest.mark.django_db
AT = 1_793_527_205_000_000
URL = "admin:analytics_journey_events"


@pytest.fixture
def events():
    store([batch(1, *BOUGHT, at=AT), batch(2, *TAPPED, at=AT, kind="bot")])


def test_the_form_stands_above_the_journeys(admin_client):
    page = admin_client.get(reverse("admin:analytics_journey_changelist")).content.decode()
    assert f'action="{reverse(URL)}"' in page
    boxes = re.findall(r'name="kind" value="(\w+)"( checked)?>', page)
    assert [kind for kind, checked in boxes if checked] == ["visitor", "tester"]
    assert [kind for kind, _ in boxes] == Participant.Kind.values


def test_json_lines_are_streamed(events, admin_client):
    answer = admin_client.get(reverse(URL), {"kind": ["visitor", "tester"], "from": "2026-11-01", "to": "2026-11-01"})
    assert (answer.streaming, answer["Content-Type"]) == (True, "application/jsonl; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="events-2026-11-01-2026-11-01.jsonl"'
    assert "no-store" in answer["Cache-Control"]
    lines = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert [(line["participant"], line["step"]) for line in lines] == [("1", step) for _, step, *_ in BOUGHT]


def test_parquet_is_a_whole_file(events, admin_client):
    answer = admin_client.get(reverse(URL), {"format": "parquet", "names": "on"})
    assert answer["Content-Disposition"] == 'attachment; filename="events.parquet"'
    table = pq.read_table(BytesIO(answer.getvalue()))
    assert table.column("step").to_pylist() == [step for _, step, *_ in [*BOUGHT, *TAPPED]]
    assert "ga4" in table.column_names


def test_a_download_is_remembered(events, admin_client, admin_user):
    admin_client.get(reverse(URL), {"kind": "bot", "from": "2026-11-01"}).getvalue()
    assert list(LogEntry.objects.values_list("user_id", "object_repr", "change_message")) == [
        (admin_user.pk, "events as jsonl: from 2026-11-01 to now, of bot", "downloaded")
    ]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"format": "xml"}, "Formats are jsonl and parquet."),
        ({"kind": ["visitor", "ghost"]}, "There is no kind “ghost”."),
        ({"from": "yesterday"}, "Days are written like 2026-11-01."),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(asked, sentence, admin_client):
    answer = admin_client.get(reverse(URL), asked)
    assert (answer.status_code, answer.content.decode()) == (400, sentence)
    assert not LogEntry.objects.exists()


def test_staff_needs_the_permission_to_see_journeys(client, django_user_model):
    someone = django_user_model.objects.create_user("someone", password="x", is_staff=True)
    client.force_login(someone)
    assert client.get(reverse(URL)).status_code == 403
    someone.user_permissions.add(Permission.objects.get(codename="view_journey"))
    assert client.get(reverse(URL)).status_code == 200
