"""Events that were kept in wide rows come through the migration that makes them narrow."""

import pytest
from django.core.management import call_command
from django.db import connection

from journey.models import Event

TEXTS = [None, '{"block": "reviews", "dwell_ms": 1200}', '{"text": "ünï \\" 💧"}']
ANNA = "INSERT INTO journey_participant (number, kind, label, pinned, first_seen) VALUES (5, 'visitor', '', false, 1)"
WIDE = """INSERT INTO journey_event (participant_id, trail, n, at, step, context_id, props)
          SELECT 5, 7, %s, 9, 'v', id, %s FROM journey_context"""


@pytest.fixture
def earlier(transactional_db):
    call_command("migrate", "journey", "0004", verbosity=0)
    yield
    call_command("migrate", verbosity=0)  # all of it: tables of other applications went along


@pytest.mark.both
def test_events_come_through(earlier):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO journey_context (device, browser, source, arms) VALUES ('phone', '', '', 'a=b')")
        cursor.execute(ANNA)
        cursor.executemany(WIDE, [*enumerate(TEXTS)])
    call_command("migrate", verbosity=0)  # all of it: tables of other applications went along
    assert list(Event.objects.order_by("n").values_list("n", "context__arms", "props")) == [
        (0, "a=b", None),
        (1, "a=b", {"block": "reviews", "dwell_ms": 1200}),
        (2, "a=b", {"text": 'ünï " 💧'}),
    ]


@pytest.mark.both
@pytest.mark.django_db
def test_columns_lie_from_the_widest_to_the_narrowest_where_that_matters():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite packs its rows")
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, "journey_event")]
        assert columns == ["participant_id", "trail", "at", "n", "context_id", "step", "props"]
