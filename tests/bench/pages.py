"""CPU of a page beside the floor, with the instrument off and on, and for a known buyer."""

import gzip
from http.client import HTTPConnection

from tests.bench import stage

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
ROUNDS = 5
REQUESTS = 400
PAGES = {
    "feed": "/",
    "product page": "/p/rose-serum",
    "profile": "/@mira-glows",
    "store": "/@mira-glows?tab=shop",
    "shop tab": "/shop",
    "category": "/shop/beauty",
    "search": "/search?q=serum",
    "health check": "/healthz/ready",
}
FLOOR = "/page"
LIKED = b"kind=like&video=serum-week-one&on=1"


class Visitor:
    """A client that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self.headers = {"User-Agent": PHONE, "Accept-Encoding": "gzip, deflate, br, zstd"}
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        self.connection.request(method, path, body, self.headers | headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        return answer.status, (gzip.decompress(body) if is_packed else body).decode()


def cpu_per_page() -> tuple[float, dict[str, dict[str, float]]]:
    """The floor in ms, and page → {"off", "on", "known"}: the best of all rounds, the servers taking turns."""
    floor, best = [], {name: {"off": [], "on": [], "known": []} for name in PAGES}
    with (
        stage.web("tests.bench.floor.settings") as bare,
        stage.web("tests.bench.settings_off", DEMO="false") as off,
        stage.web("config.settings", DEMO="false") as on,
    ):
        for _ in range(ROUNDS):
            floor.append(_page_ms(*bare, FLOOR, Visitor(bare[0])))
            for name, path in PAGES.items():
                best[name]["off"].append(_page_ms(*off, path, Visitor(off[0])))
                best[name]["on"].append(_page_ms(*on, path, visitor_who_is_counted(on[0])))
                best[name]["known"].append(_page_ms(*on, path, _buyer(on[0])))
    return min(floor), {name: {label: min(ms) for label, ms in page.items()} for name, page in best.items()}


def visitor_who_is_counted(port: int) -> Visitor:
    """Somebody who has said yes, so that no page asks."""
    from django.http import HttpResponse

    from journey import consent

    visitor, answer = Visitor(port), HttpResponse()
    consent.remember(answer, yes=True)
    visitor.cookies[consent.COOKIE] = answer.cookies[consent.COOKIE].value
    return visitor


def _buyer(port: int) -> Visitor:
    """Somebody who liked a video: the shop knows them, and asks what else is theirs."""
    visitor = visitor_who_is_counted(port)
    visitor.ask("GET", "/")
    headers = {"X-CSRFToken": visitor.cookies["csrftoken"], "Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.ask("POST", "/engage", LIKED, **headers)[0] == 200
    return visitor


def _page_ms(port: int, pid: int, path: str, visitor: Visitor) -> float:
    for _ in range(20):
        assert visitor.ask("GET", path)[0] == 200, path
    before = stage.cpu_ms(pid)
    for _ in range(REQUESTS):
        visitor.ask("GET", path)
    return (stage.cpu_ms(pid) - before) / REQUESTS
