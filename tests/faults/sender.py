"""A sender to be killed, or to race: a process of its own, run by test_forwarding_killed.py.

`fill N` stores N events of some participants; `send` forwards until nothing waits.
"""

import sys
import time

import django

PARTICIPANTS = 5


def fill(events: int) -> None:
    from journey.store import store
    from journey.trails import now_us
    from tests.analytics.taken import batch

    at = now_us() - 3_600_000_000
    for participant in range(1, PARTICIPANTS + 1):
        store([batch(participant, *((n, "rage_tap") for n in range(events // PARTICIPANTS)), at=at)])


def send() -> None:
    from analytics.forwarding.models import Destination, Outgoing
    from analytics.forwarding.sending import forward

    while Outgoing.objects.waiting().exists():
        forward("posthog")
        time.sleep(0.01)
    print(Destination.objects.get().failures, flush=True)  # noqa: T201


django.setup()
fill(int(sys.argv[2])) if sys.argv[1] == "fill" else send()
