"""Real senders, killed and side by side: only what was sent and not marked comes again, under the same ids."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.analytics.outgoing import ids
from tests.receiver import receiving

pytestmark = pytest.mark.faults
EVENTS = 1_000
SENDERS = 3
LAPSE = "from analytics.forwarding.models import Destination as D; D.objects.update(taken_until=0)"


@pytest.fixture
def outside(ground):
    """(a receiver, a way to start a sender in an environment in which forwarding is on and events wait)."""
    _, env, _ = ground
    with receiving() as receiver:
        env |= {"FORWARD_TO": "posthog", "POSTHOG_API_KEY": "key", "POSTHOG_URL": receiver.url}

        def start(*words):
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.sender", *words], env=env, stdout=subprocess.PIPE
            )

        assert start("fill", str(EVENTS)).wait() == 0
        yield receiver, start, env


def test_a_sender_killed_between_sending_and_marking_leaves_it_to_the_next_under_the_same_ids(outside):
    receiver, start, env = outside
    victim = []

    def power_cut(body):
        if victim and len(receiver.posts) == 3:
            os.kill(victim.pop().pid, signal.SIGKILL)

    receiver.refuses = power_cut
    victim.append(first := start("send"))
    assert first.wait(60) == -signal.SIGKILL
    # Its lease runs out in a minute; here it has.
    subprocess.run([sys.executable, "manage.py", "shell", "--no-imports", "-c", LAPSE], env=env, check=True)
    assert start("send").wait(60) == 0
    assert ids(receiver, receiver.posts[2:3]) == ids(receiver, receiver.posts[3:4])
    arrived = ids(receiver, receiver.posts)
    assert (len(set(arrived)), len(arrived)) == (EVENTS, EVENTS + 100)


def test_senders_side_by_side_send_nothing_twice_and_nothing_out_of_order(outside):
    receiver, start, _ = outside
    receiver.refuses = lambda body: time.sleep(0.05)
    senders = [start("send") for _ in range(SENDERS)]
    assert [sender.wait(60) for sender in senders] == [0] * SENDERS
    arrived = ids(receiver)
    assert (len(arrived), len(set(arrived))) == (EVENTS, EVENTS)
    times: dict[str, list[str]] = {}
    for post in receiver.taken:
        for event in post.body["batch"]:
            times.setdefault(event["distinct_id"], []).append(event["timestamp"])
    assert [told == sorted(told) for told in times.values()] == [True] * 5
