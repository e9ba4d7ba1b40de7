"""The supervisor on its own, with programs of a few lines."""

import os
import signal
import sys
from pathlib import Path

import pytest

from config.demo import supervisor as module
from config.demo.child import Program
from config.demo.supervisor import Interrupted, Supervisor

POLITE = """
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("bye", flush=True)))
print("hello", flush=True)
signal.pause()
signal.pause()
"""
STUBBORN = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    print(f"hello {os.getpid()} {child}", flush=True)
while True:
    signal.pause()
"""


@pytest.fixture
def log():
    return []


@pytest.fixture
def supervisor(log):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    supervisor = Supervisor(lambda name, line: log.append((name, line)))
    yield supervisor
    supervisor.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def program(name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], dict(os.environ))


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_started_last_is_stopped_first(supervisor, log):
    for name in ("broker", "worker", "web"):
        supervisor.start(program(name, POLITE))
    supervisor.run_until(lambda: len(log) == 3)
    log.clear()
    supervisor.stop()
    assert log == [("web", "bye"), ("worker", "bye"), ("broker", "bye")]


def test_who_does_not_stop_is_killed_with_its_children(supervisor, log, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.3)
    supervisor.start(program("web", STUBBORN))
    supervisor.run_until(lambda: bool(log))
    family = log[0][1].split()[1:]
    assert [is_running(pid) for pid in family] == [True, True]
    supervisor.stop()
    assert [is_running(pid) for pid in family] == [False, False]


def test_who_falls_again_and_again_is_restarted_more_and_more_slowly(supervisor, log, monkeypatch):
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.15)
    supervisor.start(program("worker", "raise SystemExit(3)"))
    supervisor.run_until(lambda: len(log) == 4)
    assert log == [
        ("worker", f"ended with exit code 3; starting it again in {pause} s") for pause in (0.05, 0.1, 0.15, 0.15)
    ]


def test_a_signal_interrupts_and_a_second_one_does_not_wait(supervisor, log, monkeypatch):
    monkeypatch.setattr(module, "ECHO", 0.0)
    supervisor.start(program("web", STUBBORN))
    with pytest.raises(Interrupted):
        supervisor.run_until(lambda: bool(log) and os.kill(os.getpid(), signal.SIGINT))
    monkeypatch.setattr(module, "GRACE", 60.0)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    supervisor.stop()
    assert not is_running(log[0][1].split()[1])
