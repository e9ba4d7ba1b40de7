"""A transaction that a rival stops or keeps waiting."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from shop.errors import Busy
from shop.models import Engagement
from shop.services.transactions import found_nobody, in_one_transaction, one_by_one, was_kept_waiting
from tests.factories import SkuFactory, VideoFactory

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def locked():
    """Another writer does not let go, for longer than we are patient."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        yield
        rival.execute("ROLLBACK")
    connection.close()


def test_a_locked_database_is_said_in_words():
    with locked(), pytest.raises(Busy):
        in_one_transaction(lambda: None)
    assert in_one_transaction(lambda: "done") == "done"


def test_a_buyer_is_asked_to_try_again_wherever_the_database_is_locked(walker):
    video, sku = VideoFactory(), SkuFactory()
    with locked():
        page = walker.post("shop:add-to-cart", sku.product.slug, sku=sku.code, quantity=1)
        like = {"kind": "like", "video": video.slug, "on": "true"}
        answer = walker.client.post(reverse("shop:engage"), like, headers={"Accept": "application/json"})
    assert (page.status_code, "very busy here" in page.content.decode()) == (503, True)
    assert (answer.status_code, answer.json()) == (503, {"error": Busy.sentence})
    assert not Engagement.objects.exists()


def test_one_that_fails_holds_up_none_of_those_behind_it(caplog):
    def work(number: int) -> bool:
        return bool(10 // number)

    assert one_by_one([1, 0, 2, 20], work) == 2
    assert "of 0 failed; it is tried again" in caplog.text


def test_what_is_nobodys_fault_is_not_tried_again():
    tries = []

    def work() -> None:
        tries.append(1)
        raise OperationalError("the disk is gone")

    with pytest.raises(OperationalError):
        in_one_transaction(work)
    assert tries == [1]


def cut_off(away) -> None:
    with away.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.both
def test_a_database_that_is_away_is_told_from_one_that_is_busy():
    away = connection.copy()
    if connection.vendor == "sqlite":
        away.settings_dict["NAME"] = "/nowhere/at/all.sqlite3"
    with pytest.raises(OperationalError) as raised:
        cut_off(away)
    assert found_nobody(raised.value)
    assert not was_kept_waiting(raised.value)
    assert not found_nobody(OperationalError("no such column"))
    away.close()
