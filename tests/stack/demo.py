"""`manage.py demo` as a person starts it: its own folder, its own port, real programs."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery"
# What tests/servers.py says to Django in this process is not for the one that is started.
OF_THE_TESTS = {"DATABASE_URL", "REDIS_URL", "STREAM_KEY", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(holds: Callable[[], bool], seconds: float) -> bool:
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if holds():
            return True
        time.sleep(0.1)
    return False


class Demo:
    def __init__(self, folder: Path, port: int, journeys: int = 0, **settings: str) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}/"
        self.log = ""
        self.env = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS} | {
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "DEMO_JOURNEYS": str(journeys),
            "DEMO_ADMIN_PASSWORD": PASSWORD,
            **settings,
        }
        self.process = self._manage("demo")

    def _manage(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def says(self, words: str, seconds: float = 60) -> bool:
        """Read on until these words have been said."""
        patience = time.monotonic() + seconds
        while words not in self.log and (left := patience - time.monotonic()) > 0:
            if select.select([self.process.stdout], [], [], left)[0]:
                data = os.read(self.process.stdout.fileno(), 65_536)
                self.log += data.decode(errors="replace")
                if not data:
                    break
        return words in self.log

    def ready(self) -> "Demo":
        assert self.says("Ctrl-C stops everything."), self.log
        return self

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal and read to the end; returns the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        self.log += self.process.communicate(timeout=45)[0].decode(errors="replace")
        return self.process.returncode

    def run(self, *command: str) -> tuple[int, str]:
        """Another command on the same folder: its exit code, and all it said."""
        process = self._manage(*command)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said.decode()

    def programs(self) -> dict[int, str]:
        """What runs on this folder, grandchildren included: process id → command line."""
        mark = f"DATA_DIR={self.folder}"
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes().decode(errors="replace")
                line = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            except OSError:
                continue  # it ended, or is someone else's
            # Valkey writes its title over its environment, but its socket's path is in there.
            if mark in environment.split("\0") or f"{self.folder}/" in line:
                found[int(process.name)] = line
        return found

    def child(self, word: str) -> int:
        """The process id of the program that was started by the demo itself and has this word in its command line."""
        return next(pid for pid, line in self.programs().items() if word in line and _parent(pid) == self.process.pid)


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
