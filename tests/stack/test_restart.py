"""A demo that is killed leaves nothing running and loses nothing; the next one goes on where it was."""

import signal
import time

import pytest

from tests.stack.demo import Demo, eventually, free_port

pytestmark = [pytest.mark.stack, pytest.mark.faults, pytest.mark.xdist_group("stack")]


def test_killing_the_supervisor_leaves_no_orphan_and_the_next_start_is_quick(short_folder):
    folder, port = short_folder(), free_port()
    first = Demo(folder, port).ready()
    key = (folder / "secret-key").read_text()

    assert first.stop(signal.SIGKILL) == -signal.SIGKILL
    assert eventually(lambda: first.programs() == {}, seconds=15)

    started = time.monotonic()
    second = Demo(folder, port).ready()
    took = time.monotonic() - started
    assert second.stop(signal.SIGTERM) == 0
    assert second.programs() == {}
    assert took < 30  # seconds; 5 on a machine with nothing else to do
    assert "Filling the shop" in first.log
    assert "Filling the shop" not in second.log
    assert (folder / "secret-key").read_text() == key


def test_stopping_in_the_middle_of_a_start_leaves_nothing_running(short_folder):
    demo = Demo(short_folder(), free_port())
    assert eventually(lambda: any("valkey-server" in line for line in demo.programs().values()), seconds=30)
    assert demo.stop() == 0
    assert demo.programs() == {}
