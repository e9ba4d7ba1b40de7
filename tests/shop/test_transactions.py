"""A transaction that a rival stops or keeps waiting."""

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection

from shop.errors import Busy
from shop.services.transactions import in_one_transaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_locked_database_is_said_in_words():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(Busy):
            in_one_transaction(lambda: None)
        rival.execute("ROLLBACK")
    connection.close()
    assert in_one_transaction(lambda: "done") == "done"


def test_what_is_nobodys_fault_is_not_tried_again():
    tries = []

    def work() -> None:
        tries.append(1)
        raise OperationalError("the disk is gone")

    with pytest.raises(OperationalError):
        in_one_transaction(work)
    assert tries == [1]
