"""One transaction, tried again when the database stopped it for the sake of another one."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction

from shop.errors import Busy

ATTEMPTS = 3
AGAIN = {"40P01", "40001"}  # PostgreSQL: deadlock detected, serialization failure
LOCKED = "SQLITE_BUSY"  # another writer has kept us waiting for all of the timeout

Result = TypeVar("Result")


def in_one_transaction(work: Callable[[], Result]) -> Result:
    """Commit all that `work` does, or nothing of it. Raises Busy when it was stopped three times, or kept waiting."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlite_errorname", None) == LOCKED:
                raise Busy from error
            if getattr(error.__cause__, "sqlstate", None) not in AGAIN:
                raise
    raise Busy
