"""Buyers and the oracle of one house: start the load, break something, ask what is left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.house import RATE, House

BUYERS = 24
HOLDS = {
    "lost": 0,
    "lost_pages": 0,
    "never_sent": 0,
    "double": 0,
    "orders_lost": 0,
    "unmatched_orders": [],
    "drift": [],
}
REPORT = os.environ.get("FAULT_REPORT", "")


class Scene:
    """One house after the other fault: each `again` begins a ledger anew, and remembers what was sent before."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ledgers: list[str] = []
        self.earlier: list[str] = []
        self.before = {"dead": 0, "never_sent": 0}
        self._oracle: subprocess.Popen | None = None

    def again(self, without: str = "", **more) -> "Scene":
        """The house as it should be, or without one guard; what was lost, dead or never sent before is forgotten."""
        self.house.as_it_should_be(without, **more)
        self.earlier += self.ledgers
        self.ledgers = []
        self.before = {"dead": 0, "never_sent": 0}
        self.before = {"dead": 0, "never_sent": 0} | self.judge()
        return self

    def acked(self) -> int:
        """How many beacons have been taken so far."""
        return sum(Path(ledger).read_text().count('["acked"') for ledger in self.ledgers)

    @contextmanager
    def buyers(self, seed: int = 1, rate: int = RATE, count: int = BUYERS, settle: float = 1.0) -> Iterator[None]:
        """Load around the block: it has begun before it, and every beacon has its answer after it."""
        number = seed * 1_000 + len(self.earlier) + len(self.ledgers)
        self.ledgers.append(str(self.house.folder / f"ledger-{number}.jsonl"))
        words = [str(self.house.folder), str(self.house.port), str(number), str(rate), str(count)]
        process = subprocess.Popen([sys.executable, "-m", "tests.faults.buyers", *words], env=self.house.env)
        try:
            _wait_for_the_first(Path(self.ledgers[-1]))
            time.sleep(settle)
            yield
            process.send_signal(signal.SIGTERM)
            assert process.wait(120) == 0
        finally:
            process.kill()
            process.wait()

    def judge(self, seconds: float = 60) -> dict:
        """The oracle's row over all ledgers so far; waits until nothing waits any more."""
        if not self._oracle:
            self._oracle = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.oracle"], env=self.house.env | {"WITHOUT": ""},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
        self._oracle.stdin.write(
            json.dumps({"ledgers": self.ledgers, "earlier": self.earlier, "seconds": seconds}) + "\n"
        )
        self._oracle.stdin.flush()
        row = json.loads(self._oracle.stdout.readline())
        if "error" in row:
            return row
        strangers = self.before["never_sent"]
        new = {"stored": row["stored"] - strangers, "never_sent": row["never_sent"] - strangers}
        return row | new | {"poison": row["dead"] - self.before["dead"]}

    def close(self) -> None:
        if self._oracle:
            self._oracle.kill()
            self._oracle.wait()


@contextmanager
def scene(*args, **more) -> Iterator[Scene]:
    with House(*args, **more) as house:
        played = Scene(house)
        try:
            yield played
        finally:
            played.close()


def holds(row: dict) -> dict:
    """The part of a row that must be HOLDS."""
    return {name: row.get(name, row) for name in HOLDS}


def report(fault: str, seed: int | str, row: dict, **more: object) -> None:
    """Keep a row for the table of docs/reliability.md, when somebody asked for it."""
    if REPORT:
        with open(REPORT, "a") as file:
            file.write(json.dumps({"fault": fault, "seed": seed} | row | more) + "\n")


def _wait_for_the_first(ledger: Path) -> None:
    end = time.monotonic() + 60
    while not (ledger.exists() and "acked" in ledger.read_text()):
        assert time.monotonic() < end, "no beacon was taken"
        time.sleep(0.05)
