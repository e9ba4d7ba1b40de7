"""A stage to measure on: a data folder of its own with a broker, a database, the demo catalogue, and a web server."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

TEMPORARY = "scrollshop-bench-"
TICKS = os.sysconf("SC_CLK_TCK")


def prepare(kept: str = "") -> Path:
    """Set the environment before Django reads it; returns the data folder.

    Where BENCH_KEEP names a folder, what is called `kept` lies there, and is still there the next time.
    """
    if kept and (home := os.environ.get("BENCH_KEEP")):
        folder = Path(home).resolve() / kept
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix=TEMPORARY))
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": ""}
    os.environ["CONSENT"] = "implied"
    os.environ.setdefault("COMPILED_DIR", str(Path(__file__).resolve().parents[2] / "var" / "compiled"))
    return folder


def in_a_process(module: str, *args: str) -> dict[str, float]:
    """What a benchmark prints as JSON, run in a process of its own: on an empty database, or on another one."""
    done = subprocess.run([sys.executable, "-m", module, *args], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def broker(folder: Path, memory: str = "256mb"):
    """The embedded server as the demo runs it: append-only file, synced every second."""
    from tests.broker import start_broker

    process = start_broker(folder, "--maxmemory", memory)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()
        clear(folder)


def clear(folder: Path) -> None:
    if folder.name.startswith(TEMPORARY):
        shutil.rmtree(folder, ignore_errors=True)


def lay_the_floor() -> None:
    """The floor's database; in a process of its own, for it has settings of its own."""
    subprocess.run([sys.executable, "-m", "tests.bench.floor"], check=True)


# A load test is one participant after the other at once, and says more than the door lets in.
UNLIMITED = {"BEACON_EVENTS_A_SECOND": "1000000", "BEACON_EVENTS_BURST": "1000000", "BEACONS_A_SECOND": "1000000"}


@contextmanager
def web(settings: str, **env: str):
    """The production web server with one worker; yields (port, pid)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = "tests.bench.floor" if settings.startswith("tests.bench.floor") else "config"
    granian = str(Path(sys.executable).with_name("granian"))
    flags = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "error",
    ]
    process = subprocess.Popen(
        [granian, *flags, f"{house}.wsgi:application"], env=os.environ | {"DJANGO_SETTINGS_MODULE": settings} | env
    )
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz/live")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server did not come up")


def cpu_ms(pid: int) -> float:
    """User and system time of a process and its children, in milliseconds."""
    total = 0
    for one in _tree(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total * 1000 / TICKS


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grandchild for child in children for grandchild in _tree(int(child)))]
