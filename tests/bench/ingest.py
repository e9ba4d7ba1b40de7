"""What a beacon costs beside a Django view that says hello, on the same server; and what an event costs to the end."""

import socket
import time

from tests.bench import stage
from tests.bench.sayers import Sayer, beacons

REQUESTS = 1_500
ROUNDS = 4
HELLO = b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PAGES = 50  # a beacon's trail is checked once for each page


class Line:
    """A kept connection, and no more of a client than an answer without a body, or with a length, needs."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.rest = b""

    def ask(self, request: bytes) -> int:
        self.socket.sendall(request)
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(65_536)
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        told = [line.lower().partition(b":") for line in head.split(b"\r\n")[1:]]
        length = int({name: value for name, _, value in told}.get(b"content-length", 0))
        while len(self.rest) < length:
            self.rest += self.socket.recv(65_536)
        self.rest = self.rest[length:]
        return int(head[9:12])


def cpu_per_request() -> dict[str, float]:
    """Milliseconds of CPU: {"hello", "one", "twenty"}; the best of some rounds, the servers taking turns."""
    best: dict[str, list[float]] = {"hello": [], "one": [], "twenty": []}
    with stage.web("tests.bench.floor.bare") as bare, stage.web("config.settings", **stage.UNLIMITED) as ours:
        for _ in range(ROUNDS):
            best["hello"].append(_ms(*bare, iter(lambda: HELLO, None), 200))
            for name, events in (("one", 1), ("twenty", 20)):
                told = beacons([Sayer.new() for _ in range(PAGES)], events)
                best[name].append(_ms(*ours, (request for *_, request in told), 204))
    return {name: min(found) for name, found in best.items()}


def _ms(port: int, pid: int, requests, status: int) -> float:
    line = Line(port)
    for _ in range(100):
        assert (got := line.ask(next(requests))) == status, got
    before = stage.cpu_ms(pid)
    for _ in range(REQUESTS):
        line.ask(next(requests))
    return (stage.cpu_ms(pid) - before) / REQUESTS


def accepted_per_second() -> float:
    """Events one web worker takes in a second, in beacons of 20, when eight browsers never stop to talk."""
    with stage.web("config.settings", **stage.UNLIMITED) as (port, _):
        lines = [Line(port) for _ in range(8)]
        told = beacons([Sayer.new() for _ in range(PAGES)], 20)
        ready = [next(told)[2] for _ in range(4_000)]
        start = time.perf_counter()
        for at in range(0, len(ready), len(lines)):
            for line, request in zip(lines, ready[at : at + len(lines)], strict=True):
                line.socket.sendall(request)
            for line in lines:
                line.ask(b"")
        return len(ready) * 20 / (time.perf_counter() - start)
