"""Real processes of one house: started, broken by id, and started again when they fall, as the supervisor would."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PAUSE = 0.3  # seconds before the fallen is started again; the supervisor of the demo begins with 0.5


@dataclass
class Program:
    """`wanted` is what whoever breaks it has said last: a program that is not wanted stays down."""

    command: list[str]
    env: dict[str, str]
    log: Path
    wanted: bool = False
    falls: int = 0
    codes: list[int] = field(default_factory=list)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        self.wanted = True

    @property
    def pid(self) -> int:
        return self.process.pid

    def children(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def catches(self, number: int) -> bool:
        """Whether it has come so far that it has an answer of its own to this signal."""
        caught = re.search(r"^SigCgt:\t(\w+)$", Path(f"/proc/{self.pid}/status").read_text(), re.M)
        return bool(caught and int(caught[1], 16) >> (number - 1) & 1)

    def end(self) -> int:
        """Kill what is left of it and of its children; returns its exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        return self.process.wait()


class Keeper(threading.Thread):
    """Looks after programs until told to stop."""

    def __init__(self, programs: dict[str, Program]) -> None:
        super().__init__(daemon=True)
        self.programs = programs
        self.lock = threading.RLock()
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            for program in self.programs.values():
                with self.lock:
                    if program.wanted and program.process.poll() is not None:
                        program.codes.append(program.end())
                        program.falls += 1
                        time.sleep(PAUSE)
                        program.start()
            time.sleep(0.05)

    def up(self, name: str, answers: Callable[[], bool], seconds: float = 60) -> None:
        with self.lock:
            self.programs[name].start()
        eventually(answers, seconds, f"{name} did not come up")

    def down(self, name: str, number: int = signal.SIGKILL) -> int:
        """End it, and do not start it again; returns its exit code."""
        with self.lock:
            program = self.programs[name]
            program.wanted = False
            if not program.process:
                return 0
            if program.process.poll() is None:
                program.signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.process.wait(30)
        code = program.process.poll()
        program.end()
        return code

    def close(self) -> None:
        self.is_over = True
        self.join()
        for program in reversed(self.programs.values()):
            if program.process:
                program.wanted = False
                program.end()


def eventually(holds: Callable[[], bool], seconds: float, complaint: str) -> float:
    """Wait until it holds; returns how long that took."""
    start = time.monotonic()
    while not holds():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"{complaint} in {seconds:g} seconds")
        time.sleep(0.05)
    return time.monotonic() - start
