"""A load that does not wait for answers: so many beacons a second, whatever the shop does. python -m tests.bench.load

Waits are measured from the moment a beacon was due, so a server that stalls is charged for all it kept waiting.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice

from tests.bench import stage

CONNECTIONS = 64
LOOK_S = 0.5
EVENTS = 20


@dataclass
class Heard:
    """What became of a load."""

    statuses: Counter = field(default_factory=Counter)
    waits: dict[int, list[float]] = field(default_factory=dict)  # status → seconds
    acked: list[tuple[float, int]] = field(default_factory=list)  # (when, events) of every 204

    def add(self, status: int, due: float, events: int) -> None:
        now = time.monotonic()
        self.statuses[status] += 1
        self.waits.setdefault(status, []).append(now - due)
        if status == 204:
            self.acked.append((now, events))

    def p99_ms(self, status: int) -> float:
        waits = sorted(self.waits.get(status, [0.0]))
        return 1000 * waits[int(0.99 * (len(waits) - 1))]


async def drive(port: int, requests, rate: float, seconds: float, heard: Heard) -> None:
    free: asyncio.Queue = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    start, tasks = time.monotonic(), set()
    for number, (_, _, request) in enumerate(islice(requests, int(rate * seconds))):
        due = start + number / rate
        if (early := due - time.monotonic()) > 0:
            await asyncio.sleep(early)
        task = asyncio.create_task(_ask(free, request, due, heard))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)


async def _ask(free: asyncio.Queue, request: bytes, due: float, heard: Heard) -> None:
    reader, writer = await free.get()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = [int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    if length and length[0]:
        await reader.readexactly(length[0])
    heard.add(int(head[9:12]), due, EVENTS)
    free.put_nowait((reader, writer))


@contextmanager
def house(folder, **env: str):
    """Web with two workers, and Celery with its clock, as the demo runs them; yields the port and the processes."""
    from config.demo import programs
    from tests.stack.demo import free_port

    port = free_port()
    environment = programs.environment("127.0.0.1") | env
    pids = []
    with ExitStack() as running:
        for program in (programs.worker(environment), programs.web("127.0.0.1", port, environment)):
            command = ["nice", "-n", str(program.steps_back), *program.command]
            process = subprocess.Popen(command, env=program.env, stdout=subprocess.DEVNULL)
            running.callback(process.wait)
            running.callback(process.terminate)
            pids.append(process.pid)
        stage.wait_for(port)
        yield port, pids


async def _watched(port: int, requests, rate: float, seconds: float, heard: Heard, before: int = 0) -> list[float]:
    """The lags of the reports, in seconds, looked at while the load goes on and until it is counted."""
    from asgiref.sync import sync_to_async

    lags = []
    load = asyncio.create_task(drive(port, requests, rate, seconds, heard))
    while True:
        counted = await sync_to_async(_counted)() - before
        total, since = 0, None
        for when, events in heard.acked:
            total += events
            if total > counted:
                since = when
                break
        lags.append(time.monotonic() - since if since else 0.0)
        if load.done() and not since:
            await load
            return lags
        await asyncio.sleep(LOOK_S)


def _counted() -> int:
    """Steps that stand in journeys."""
    from django.db.models import Sum
    from django.db.models.functions import Length

    from analytics.models import Journey

    return Journey.objects.aggregate(n=Sum(Length("path")))["n"] or 0


def run(folder, broker: int, rate: float, seconds: float, **env: str) -> dict[str, float]:
    """One load: figures of what was heard, stored and counted, and what an event has cost in the end."""
    from analytics.counts.collecting import settle
    from journey.models import Event
    from tests.bench.sayers import Sayer, beacons

    before = Event.objects.count()
    heard = Heard()
    sayers = [Sayer.new() for _ in range(2_000)]
    with house(folder, **env) as (port, pids):
        spent = -_cpu_ms(broker, *pids)
        lags = sorted(asyncio.run(_watched(port, beacons(sayers, EVENTS), rate, seconds, heard, before)))
        spent += _cpu_ms(broker, *pids)
    settle()
    acked = sum(events for _, events in heard.acked)
    refused = {status: n for status, n in heard.statuses.items() if status != 204}
    return {
        "offered_per_s": rate * EVENTS,
        "seconds": seconds,
        "acked": acked,
        "stored": Event.objects.count() - before,
        "refused": sum(refused.values()),
        "refused_statuses": ", ".join(str(status) for status in sorted(refused)),
        "p99_ms": heard.p99_ms(204),
        "refused_p99_ms": max([heard.p99_ms(status) for status in refused], default=0.0),
        "lag_p95_s": lags[int(0.95 * (len(lags) - 1))],
        "cpu_ms_per_event": spent / acked,
    }


def _cpu_ms(*pids: int) -> float:
    return sum(stage.cpu_ms(pid) for pid in pids)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rate", type=float, default=500, help="beacons of 20 events a second")
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--capacity", default="1000", help="BEACONS_A_SECOND of each of two web processes")
    args = asked.parse_args()
    folder = stage.prepare()
    os.environ["BEACONS_A_SECOND"] = args.capacity
    import django

    django.setup()
    from django.core.management import call_command

    with stage.broker(folder) as broker:
        call_command("migrate", verbosity=0)
        sys.stdout.write(json.dumps(run(folder, broker, args.rate, args.seconds)) + "\n")


if __name__ == "__main__":
    main()
