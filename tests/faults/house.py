"""A house to break: broker, database, web and worker in a folder of their own, buyers in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import redis

from config.broker import broker_command
from config.env import embedded_socket
from tests.faults.databases import Sqlite
from tests.faults.programs import Keeper, Program, eventually

SECONDS = float(os.environ.get("FAULT_SECONDS", "1"))  # how long something is away; make faults takes longer
RATE = 400  # events a second
STREAM = "journey:events"
LONG = bool(os.environ.get("FAULTS_LONG"))
SEEDS = [*range(1, int(os.environ.get("FAULT_SEEDS", "3")) + 1)]
FEW_SEEDS = SEEDS if LONG else [1]  # where a seed decides little
ONLY = {
    "web": {"SPOOL_LIMIT", "CLOCK_OFF_SECONDS", "durable before answering", "spool", "spool limit", "stream first"}
    | {"short patience", "a day at the door", "times within reason", "an answer in words"},
    "worker": {
        "KILLED_BY",
        "commit before acknowledging",
        "database asked first",
        "group made again",
        "suspects alone",
        "burial",
    }
    | {"on conflict", "claims", "key order", "one transaction"},
}
COLLECTOR = [sys.executable, "-m", "tests.faults.worker"]
CELERY = [sys.executable, "-m", "celery", "--quiet", "--skip-checks", "--app=config", "worker", "--beat"]
CELERY += ["--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
GRANIAN = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1"]
GRANIAN += ["--workers", "2", "--blocking-threads", "1", "--respawn-failed-workers", "--respawn-interval=0.5"]
GRANIAN += ["--workers-kill-timeout", "3", "--log-level", "warning", "config.wsgi:application"]


class House:
    """`without` names a guard that web and worker do without; `flags` are the broker's own."""

    def __init__(self, database=Sqlite, worker=COLLECTOR, without: str = "", flags=None, **more: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fault-"))
        self.folder.chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
        self.database = database(self.folder)
        self.port = _free_port()
        self._plain = environment(self.folder) | {"DATABASE_URL": self.database.url}
        self.env = self._plain | {"WITHOUT": without} | more
        self.stream = redis.Redis.from_url(f"unix://{embedded_socket(self.folder)}?db=1", socket_timeout=5)
        broker = broker_command(self.folder) + [word for name in flags or {} for word in (f"--{name}", flags[name])]
        commands = {"broker": broker, "worker": worker, "web": [*GRANIAN, "--port", str(self.port)]}
        self.programs = {name: Program(line, self.env, self.folder / f"{name}.log") for name, line in commands.items()}
        self.keeper = Keeper(self.programs)
        self.keeper.start()

    def __enter__(self) -> "House":
        try:
            self.up("broker", "worker", "web")
        except BaseException:
            self.__exit__()
            raise
        return self

    def as_it_should_be(self, without: str = "", worker=COLLECTOR, **more: str) -> None:
        """Everything up, with or without a guard; what runs that way already is left running."""
        for name in ("broker", "worker", "web"):
            program, wanted = self.programs[name], self._plain | heard_by(name, {"WITHOUT": without} | more)
            command = worker if name == "worker" else program.command
            if program.wanted and (name == "broker" or (program.env, program.command) == (wanted, command)):
                continue
            self.down(name)
            program.env, program.command = wanted, command
            self.up(name)

    def __exit__(self, *_: object) -> None:
        self.keeper.close()
        self.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def up(self, *names: str) -> None:
        answers = {"broker": self.broker_answers, "web": self.web_answers, "worker": lambda: True}
        for name in names:
            self.keeper.up(name, answers[name])

    def down(self, name: str, *number: int) -> int:
        return self.keeper.down(name, *number)

    def asked_to_stop(self, name: str) -> int:
        """Ask a program that runs to stop; returns its exit code. A killed one is started again first."""
        program = self.programs[name]
        eventually(lambda: program.process.poll() is None and program.catches(signal.SIGTERM), 60, f"{name} is deaf")
        return self.down(name, signal.SIGTERM)

    def all_there(self) -> None:
        """Return once whatever fell runs again and answers."""
        eventually(lambda: self.broker_answers() and self.web_answers(), 60, "the house did not recover")

    def signal(self, name: str, number: int) -> None:
        with self.keeper.lock:
            self.programs[name].signal(number)

    def broker_answers(self) -> bool:
        try:
            return bool(self.stream.ping())
        except redis.RedisError:
            return False

    def web_answers(self) -> bool:
        return self.ask("/healthz/live") == 200

    def ask(self, path: str) -> int:
        """The status of a page; 0 when there is no answer."""
        return self.read(path)[0]

    def read(self, path: str, seconds: float = 30) -> tuple[int, str]:
        """The status of a page and its text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            connection.close()

    def log(self, name: str) -> str:
        return self.programs[name].log.read_text(errors="replace")

    def memory(self, name: str) -> int:
        """Bytes in memory of a program and its children."""
        program = self.programs[name]
        return sum(_pages(pid) for pid in [program.pid, *program.children()]) * os.sysconf("SC_PAGE_SIZE")

    def files(self, name: str) -> int:
        """Open files of a program and its children."""
        program = self.programs[name]
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in [program.pid, *program.children()])

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess:
        """Another Python process on this house, to its end."""
        env = self.env | more
        return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, check=False)


def heard_by(name: str, more: dict[str, str]) -> dict[str, str]:
    """What only the other program cares about is kept from this one: then it need not start anew."""
    others = ONLY["worker" if name == "web" else "web"]
    return {key: "" if {key, value} & others else value for key, value in more.items()}


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATA_DIR": str(folder),
        "REDIS_URL": "",
        "SECRET_KEY": "faults",
        "CONSENT": "implied",
        "STREAM_KEY": STREAM,
        "STREAM_IDLE_MS": "500",
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }


def _pages(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
