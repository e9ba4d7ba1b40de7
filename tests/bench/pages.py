"""CPU of a page with the instrument off and on, and of a beacon of 20 events."""

import json
import re
import time
from http.client import HTTPConnection

from tests.bench import stage

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
ROUNDS = 3
REQUESTS = 250
BEACONS = 400
PAGES = {"feed": "/", "product page": "/p/rose-serum", "profile": "/@mira-glows", "health check": "/healthz"}


class Visitor:
    """A client that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self.headers = {"User-Agent": PHONE}
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        self.connection.request(method, path, body, self.headers | headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return answer.status, answer.read().decode()


def cpu_per_page() -> dict[str, dict[str, float]]:
    """Page → {"off": ms, "on": ms}: the best of three rounds, the two servers taking turns."""
    best: dict[str, dict[str, float]] = {name: {} for name in PAGES}
    with stage.web("tests.bench.settings_off") as off, stage.web("config.settings") as on:
        for _ in range(ROUNDS):
            for name, path in PAGES.items():
                for label, server in (("off", off), ("on", on)):
                    ms = _page_ms(*server, path)
                    best[name][label] = min(ms, best[name].get(label, ms))
    return best


def _page_ms(port: int, pid: int, path: str) -> float:
    visitor = Visitor(port)
    for _ in range(20):
        assert visitor.ask("GET", path)[0] == 200, path
    before = stage.cpu_ms(pid)
    for _ in range(REQUESTS):
        visitor.ask("GET", path)
    return (stage.cpu_ms(pid) - before) / REQUESTS


def beacons() -> dict[str, float]:
    """Events accepted a second by one web worker from one client, and CPU per beacon of 20 events."""
    with stage.web("config.settings") as (port, pid):
        visitor = Visitor(port)
        _, page = visitor.ask("GET", "/p/rose-serum")
        trail = re.search(r'data-trail="([^"]+)"', page)[1]
        csrf = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
        before, start = stage.cpu_ms(pid), time.perf_counter()
        for number in range(BEACONS):
            status, _ = visitor.ask(
                "POST",
                "/journey/beacon",
                _beacon(trail, number),
                **{"Content-Type": "application/json", "X-CSRFToken": csrf},
            )
            assert status == 204, status
        seconds = time.perf_counter() - start
        return {"events_per_s": BEACONS * 20 / seconds, "ms_per_beacon": (stage.cpu_ms(pid) - before) / BEACONS}


def _beacon(trail: str, number: int) -> bytes:
    events = [
        {
            "n": 1 + number * 20 + i,
            "dt": number * 20 + i,
            "step": "video_progress",
            "props": {"video": "stuffing-waffle"},
        }
        for i in range(20)
    ]
    return json.dumps({"trail": trail, "events": events}).encode()
