"""Who is forgotten: their numbers as keyed hashes, so that what still arrives of them can be dropped."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.db import connection

from journey.models import Forgotten

LOCK = 4_077  # the number of an advisory lock; nothing else takes one


def mark_of(number: int) -> str:
    return blake2b(number.to_bytes(8), key=_key(settings.SECRET_KEY), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _key(secret: str) -> bytes:
    return blake2b(secret.encode(), person=b"forgotten").digest()


def forgotten(numbers: Iterable[int]) -> set[int]:
    """Those of these participants who are forgotten: one query."""
    marks = {mark_of(number): number for number in numbers}
    return {marks[mark] for mark in Forgotten.objects.filter(mark__in=marks).values_list("mark", flat=True)}


def set_up(numbers: Iterable[int]) -> None:
    Forgotten.objects.bulk_create(
        [Forgotten(mark=mark) for mark in sorted(map(mark_of, numbers))], ignore_conflicts=True
    )


def hold(*, alone: bool) -> None:
    """Until this transaction ends: storing goes on side by side, but not while somebody is being forgotten.

    Without it a batch that was read before the tombstone could be written after the deletion. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [LOCK])
