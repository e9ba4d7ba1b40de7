"""Many rows in one statement, on both databases."""

import gc
from contextlib import suppress
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from analytics.models import Journey, TouchedDay
from journey.bulk import insert, unswept
from journey.models import Context, Event, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ODD = ['{"text":"a \\"quoted\\", back\\\\slashed, {braced} ünï 💧 \\n line"}', "{}", None, '{"n":9007199254740991}']


def stored(**more) -> Event:
    anna = Participant.objects.create(number=5, first_seen=1)
    event = {"participant": anna, "trail": 7, "n": 0, "at": 1, "step": "v", "context": Context.objects.create()}
    return Event.objects.create(**event | more)


def test_text_comes_back_as_it_went():
    row = stored().row
    rows = [(*row[:2], n, *row[3:6], text) for n, text in enumerate(ODD, 10)]
    Event.objects.insert(rows)
    assert [event.row for event in Event.objects.filter(n__gte=10).order_by("n")] == [
        (*each[:6], None if each[6] == "{}" else each[6]) for each in rows
    ]


def test_dates_bytes_and_the_largest_numbers_do_too():
    told = {"day": date(2028, 2, 29), "pauses": b"\x00\\'\xff", "revenue_cents": -(2**62)}
    Journey.objects.create(participant=1, start=1, stop=2, kind="visitor", path="v", stage=1, **told)
    columns = [field.column for field in Journey._meta.concrete_fields if field.column != "id"]
    [row] = Journey.objects.values_list(*columns)
    moved = tuple(2**63 - 1 if name == "participant" else value for name, value in zip(columns, row, strict=True))
    insert(Journey, columns, [moved])
    assert Journey.objects.filter(participant=2**63 - 1).values_list(*columns).get() == moved


def test_a_row_that_is_there_stays_as_it_is_where_that_was_asked_for():
    row = stored(props={"block": "old"}).row
    Event.objects.insert([(*row[:6], '{"block":"new"}')])
    assert Event.objects.get().props == {"block": "old"}


def test_and_is_an_error_where_it_was_not():
    day = TouchedDay.objects.create(day=date(2026, 11, 1), mark=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(TouchedDay, ["day", "mark"], [(day.day, 2)])


def test_a_column_is_one_parameter_however_many_rows(django_assert_num_queries):
    row = stored().row
    with django_assert_num_queries(1):
        Event.objects.insert([(*row[:2], n, *row[3:]) for n in range(3_000)])
    assert Event.objects.count() == 3_000


def test_nothing_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Event, ["n"], [])


def test_rings_are_searched_for_again_after_a_batch_that_failed():
    with suppress(ValueError), unswept():
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
