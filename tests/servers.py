"""The servers a test run needs, started once by its first process, before Django reads its settings.

A broker always; PostgreSQL when TEST_DB=postgres. Everything lives in one temporary folder that goes with the run.
"""

import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_started: list = []


def _start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="scrollshop-test-", dir="/tmp" if os.path.isdir("/tmp") else None))  # noqa: S108
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
    (folder / "staticfiles").mkdir()
    os.environ["DATA_DIR"] = str(folder)
    # What is compiled is kept from one run to the next.
    os.environ.setdefault("COMPILED_DIR", str(Path(__file__).resolve().parents[1] / "var" / "compiled"))
    os.environ["REDIS_URL"] = ""
    os.environ["SECRET_KEY"] = "tests"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the test
    _started.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    _start_broker(folder)
    if os.environ.get("TEST_DB") == "postgres":
        _start_postgres(folder)


def _start_broker(folder: Path) -> None:
    from tests.broker import start_broker

    server = start_broker(folder)
    _started.append(lambda: (server.terminate(), server.wait()))


def _start_postgres(folder: Path) -> None:
    from tests.postgres import start_postgres

    server = start_postgres(folder / "postgres")
    os.environ["DATABASE_URL"] = server.get_uri()
    _started.append(server.cleanup)


def pytest_unconfigure(config) -> None:
    while _started:
        _started.pop()()


if WORKER:
    os.environ["STREAM_KEY"] = f"journey:events:{WORKER}"
else:
    _start()
