"""What is done to a house while buyers are in it."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

from tests.faults.house import SECONDS, House
from tests.faults.scene import Scene


def broker_killed(house: House, chance: random.Random) -> None:
    for _ in range(3):
        house.down("broker")
        time.sleep(chance.random() * min(SECONDS, 2) / 2)
        house.up("broker")
        time.sleep(chance.random())


def broker_away(house: House, chance: random.Random) -> None:
    house.down("broker")
    time.sleep(SECONDS)
    house.up("broker")


def broker_frozen(house: House, chance: random.Random) -> None:
    house.signal("broker", signal.SIGSTOP)
    time.sleep(SECONDS)
    house.signal("broker", signal.SIGCONT)


def broker_full(house: House, chance: random.Random) -> None:
    """Nobody collects, and then half of what is in use would be too much."""
    house.down("worker")
    time.sleep(0.5)
    house.stream.config_set("maxmemory", house.stream.info("memory")["used_memory"] // 2)
    time.sleep(SECONDS + 1)
    house.stream.config_set("maxmemory", "256mb")
    house.up("worker")


def spool_filled(house: House, chance: random.Random) -> int:
    """The broker is away and nobody empties the spool; returns how many rows it came to."""
    house.down("worker")
    house.down("broker")
    rows, end = 0, time.monotonic() + SECONDS + 2 + chance.random()
    with closing(sqlite3.connect(house.database.file, timeout=20)) as looking:
        while time.monotonic() < end:
            rows = max(rows, looking.execute("SELECT count(*) FROM journey_spooledbatch").fetchone()[0])
            time.sleep(0.1)
    house.up("broker", "worker")
    return rows


def broker_emptied(scene: Scene, seed: int) -> None:
    """Its folder is gone; what it held by then has been collected, and buyers are there meanwhile and after."""
    scene.judge()
    scene.house.down("broker")
    for file in (scene.house.folder / "valkey").rglob("*"):
        if file.is_file():
            file.unlink()
    with scene.buyers(seed, settle=SECONDS / 2):
        scene.house.up("broker")
        time.sleep(SECONDS / 2)


def web_child_killed(house: House, chance: random.Random) -> None:
    for _ in range(2):
        house_children = house.programs["web"].children()
        _kill(chance.choice(house_children))
        time.sleep(1 + chance.random())


def web_killed(house: House, chance: random.Random) -> None:
    house.signal("web", signal.SIGKILL)
    time.sleep(SECONDS)


def web_ended(house: House, chance: random.Random) -> int:
    """Asked to stop and started again; returns its exit code."""
    code = house.asked_to_stop("web")
    house.up("web")
    return code


def worker_ended(house: House, chance: random.Random) -> int:
    code = house.asked_to_stop("worker")
    time.sleep(chance.random())
    house.up("worker")
    return code


def worker_killed(house: House, chance: random.Random) -> None:
    house.signal("worker", signal.SIGKILL)
    time.sleep(chance.random() * SECONDS)


def database_locked(house: House, chance: random.Random, seconds: float = SECONDS) -> None:
    """Another process writes, and takes its time."""
    with closing(sqlite3.connect(house.database.file, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        other.execute("ROLLBACK")


def database_away(house: House, chance: random.Random) -> tuple[int, bool]:
    """PostgreSQL stops in order or as after a crash; returns what a page says meanwhile, and whether in words."""
    house.database.down(chance.choice([signal.SIGINT, signal.SIGQUIT]))
    time.sleep(SECONDS)
    status, text = house.read("/")
    house.database.up()
    return status, "Nothing is charged twice." in text


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


OTHERS = {
    "F10 nobody collects": spool_filled,
    "F12 SQLite held": database_locked,
}
BROKER = {
    "F4 broker killed": broker_killed,
    "F7 broker away": broker_away,
    "F8 broker frozen": broker_frozen,
    "F9 broker full": broker_full,
}
PROCESSES = {
    "F1 worker killed": worker_killed,
    "F2 web killed": web_killed,
    "F2 a web process killed": web_child_killed,
    "F3 web ended": web_ended,
    "F3 worker ended": worker_ended,
}
