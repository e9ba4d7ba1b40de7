"""Where processes are killed: a database and a broker of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import redis

from config.env import embedded_socket
from tests.broker import start_broker


@pytest.fixture
def ground():
    """A folder with a migrated database and a broker with persistence on; yields (folder, environment, stream)."""
    folder = Path(tempfile.mkdtemp(prefix="fault-"))
    env = os.environ | {
        "DATA_DIR": str(folder),
        "REDIS_URL": "",
        "DATABASE_URL": "",
        "STREAM_KEY": "journey:events",
        "STREAM_IDLE_MS": "100",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    broker = start_broker(folder)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
    yield folder, env, redis.Redis.from_url(f"unix://{embedded_socket(folder)}?db=1")
    broker.kill()
    broker.wait()
    shutil.rmtree(folder, ignore_errors=True)
