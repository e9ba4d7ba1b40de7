"""A PostgreSQL of its own for the races: SQLite lets one writer in at a time, so a race won there proves nothing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.postgres import start_postgres


@contextmanager
def ground() -> Iterator[dict[str, str]]:
    """The environment of a process that works on an empty PostgreSQL, and without a broker."""
    folder = Path(tempfile.mkdtemp(prefix="races-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
    server = start_postgres(folder / "postgres")
    server.psql("CREATE DATABASE races")
    server.psql("ALTER SYSTEM SET fsync = off")  # who wins a race does not hang on the disk
    server.psql("SELECT pg_reload_conf()")
    # Deadlocks are noticed after a second by default; here they should be noticed at once.
    address = server.get_uri("races") + f"&options={quote('-c deadlock_timeout=50ms')}"
    more = {"DATABASE_URL": address, "DATA_DIR": str(folder), "REDIS_URL": "", "SECRET_KEY": "races"}
    env = os.environ | more | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        yield env
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
