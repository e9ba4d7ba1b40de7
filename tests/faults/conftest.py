"""Where processes are killed: a database and a broker of their own."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import redis

from config.env import embedded_socket
from tests.broker import start_broker
from tests.faults.databases import Postgres, Sqlite
from tests.faults.house import environment
from tests.faults.scene import scene


@pytest.fixture(scope="package")
def stage():
    """A house on SQLite that the faults of one test process share, with buyers and an oracle."""
    with scene() as played:
        yield played


@pytest.fixture(scope="package")
def stage_on_postgres():
    with scene(Postgres) as played:
        yield played


@pytest.fixture(scope="module")
def places():
    """Makes folders with a furnished database and a broker: each call gives (folder, environment, stream)."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(place())


@pytest.fixture
def ground():
    """One such folder, for the settings of the product itself."""
    with place() as (folder, env, stream):
        yield folder, env | {"DJANGO_SETTINGS_MODULE": "config.settings"}, stream


@contextmanager
def place():
    folder = Path(tempfile.mkdtemp(prefix="fault-"))
    Sqlite(folder)
    env = environment(folder) | {"DATABASE_URL": "", "STREAM_IDLE_MS": "100"}
    broker = start_broker(folder)
    try:
        yield folder, env, redis.Redis.from_url(f"unix://{embedded_socket(folder)}?db=1")
    finally:
        broker.kill()
        broker.wait()
        shutil.rmtree(folder, ignore_errors=True)
