"""Who counts, and who changes what is counted, do not meet."""

from django.db import connection

LOCK = 4_078  # the number of an advisory lock; journey/tombstones.py takes the one before


def hold(*, alone: bool) -> None:
    """Until this transaction ends: days are counted side by side, but not while a report changes or a day is filled in.

    Without it who had read the old reports would leave counts of a version that is gone, or count a day while it is
    filled in. To be held before the reports are read. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [LOCK])
