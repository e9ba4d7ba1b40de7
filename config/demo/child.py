"""One program the supervisor runs, in a session of its own, bound to the supervisor's life."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    command: list[str]
    env: dict[str, str]
    steps_back: int = 0  # so much nicer than the others: on a full machine the shop goes first


def die_with_parent() -> None:
    """Have the kernel send SIGTERM when the parent ends, kill -9 included. Only Linux can."""
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A running Program, and what is known of its falls."""

    started: float
    restart_at: float | None
    _process: "subprocess.Popen[bytes]"

    def __init__(self, program: Program, pause: float) -> None:
        self.name = program.name
        self.pause = pause
        self._program = program
        self._rest = b""

    def start(self, keep_fds: tuple[int, ...]) -> None:
        self.started = time.monotonic()
        self.restart_at = None
        # Its own session: Ctrl-C in a terminal goes to a whole group, and Celery takes a second signal as "cold".
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self._program.command,
            env=self._program.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=self._prepare,  # safe here: the supervisor has one thread
            pass_fds=keep_fds,
        )

    def _prepare(self) -> None:
        die_with_parent()
        os.nice(self._program.steps_back)

    @property
    def output(self) -> IO[bytes] | None:
        return self._process.stdout

    def fate(self) -> str:
        code = self._process.returncode
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def alive(self) -> bool:
        return self._process.poll() is None

    def lines(self, data: bytes) -> Iterator[str]:
        """The whole lines in what has been read so far; the rest waits for more, or for the end (no data)."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if not data and self._rest:
            lines, self._rest = [self._rest], b""
        for line in lines:
            if text := line.decode(errors="replace").rstrip():
                yield text

    def ask_to_stop(self) -> None:
        """Only the program itself is asked: it knows how to stop its own children."""
        if self.alive():
            self._process.terminate()

    def end(self) -> None:
        """Kill what is left of it and of its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
