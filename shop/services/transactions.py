"""One transaction, tried again when the database stopped it for the sake of another one."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

from shop.errors import Busy

logger = logging.getLogger(__name__)

ATTEMPTS = 3
AGAIN = {"40P01", "40001"}  # PostgreSQL: deadlock detected, serialization failure
LOCKED = "SQLITE_BUSY"  # another writer has kept us waiting for all of the timeout
GONE = ("08", "57P")  # PostgreSQL: connection exception, operator intervention; no code at all when nobody answers
NO_FILE = "SQLITE_CANTOPEN"

Result = TypeVar("Result")
Key = TypeVar("Key")


def in_one_transaction(work: Callable[[], Result]) -> Result:
    """Commit all that `work` does, or nothing of it. Raises Busy when it was stopped three times, or kept waiting."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if was_kept_waiting(error):
                raise Busy from error
            if not was_stopped(error):
                raise
    raise Busy


def one_by_one(keys: Iterable[Key], work: Callable[[Key], bool]) -> int:
    """`work` on each, in a transaction of its own; returns how many it did something about.

    One that fails is logged, and holds up none of those behind it.
    """
    done = 0
    for key in keys:
        try:
            done += in_one_transaction(partial(work, key))
        except Exception:
            logger.exception("%s of %s failed; it is tried again in the next run.", work, key)
    return done


def was_kept_waiting(error: Exception) -> bool:
    return getattr(error.__cause__, "sqlite_errorname", None) == LOCKED


def found_nobody(error: Exception) -> bool:
    """The database could not be reached, or went away in the middle: whether a commit came through is not known."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", "")
    return state is None or state.startswith(GONE) or getattr(error.__cause__, "sqlite_errorname", "") == NO_FILE


def was_stopped(error: Exception) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in AGAIN
