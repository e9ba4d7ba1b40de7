"""Keeps a few programs running: the fallen are restarted, the last started is stopped first, no orphan is left."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from config.demo.child import Child, Program

TICK = 0.2
GRACE = 10.0  # seconds between asking a program to stop and making it
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
ECHO = 1.0  # seconds in which a second signal is the first one again: make passes on what its group got already
STEADY = 30.0  # who ran this long is restarted as if it had never fallen


class Interrupted(KeyboardInterrupt):
    """The user asked to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


class Supervisor:
    """One thread: reads what the programs print, and looks after them in between.

    A signal raises Interrupted in whatever the supervisor's user does, and cuts a stop() short.
    `keep_fds` are handed down, so that a lock is held until the last program is gone.
    """

    def __init__(self, say: Callable[[str, str], None], keep_fds: tuple[int, ...] = ()) -> None:
        self._say = say
        self._keep_fds = keep_fds
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._signals = 0
        self._signalled_at = -ECHO
        self._interruptible = True
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._signalled)

    def start(self, program: Program) -> None:
        child = Child(program, FIRST_PAUSE)
        with self._uninterrupted():
            self._spawn(child)
            self._children.append(child)

    def run_until(self, done: Callable[[], bool]) -> None:
        """Look after the programs until `done` says so."""
        with self._uninterrupted():
            while not self._signals and not done():
                self._listen()
                for child in self._children:
                    self._look_after(child)

    def stop(self) -> None:
        """One after the other, the last started first; a signal meanwhile makes it quick."""
        self._interruptible = False
        known = self._signals
        for child in reversed(self._children):
            child.ask_to_stop()
            patience = time.monotonic() + GRACE
            while child.alive() and time.monotonic() < patience and self._signals == known:
                self._listen()
            child.end()
        self._listen()

    def _signalled(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._signalled_at < ECHO:
            return
        self._signals += 1
        self._signalled_at = now
        if self._interruptible:
            raise Interrupted

    @contextmanager
    def _uninterrupted(self) -> Iterator[None]:
        """A signal in here is raised at the end of it, not in the middle."""
        self._interruptible = False
        yield
        self._interruptible = True
        if self._signals:
            raise Interrupted

    def _spawn(self, child: Child) -> None:
        child.start(self._keep_fds)
        self._selector.register(child.output, selectors.EVENT_READ, child)

    def _listen(self) -> None:
        for key, _ in self._selector.select(TICK):
            data = os.read(key.fd, 65_536)
            for line in key.data.lines(data):
                self._say(key.data.name, line)
            if not data:
                self._selector.unregister(key.fileobj)

    def _look_after(self, child: Child) -> None:
        if child.alive():
            return
        now = time.monotonic()
        if child.restart_at is None:
            child.end()
            child.pause = FIRST_PAUSE if now - child.started > STEADY else child.pause
            child.restart_at = now + child.pause
            self._say(child.name, f"{child.fate()}; starting it again in {child.pause:g} s")
        elif now >= child.restart_at:
            child.pause = min(child.pause * 2, LONGEST_PAUSE)
            self._spawn(child)
