"""Buyers in front of a house that is being broken: they look, tell what they saw, buy, and try again as a browser does.

A process of its own: `python -m tests.faults.buyers FOLDER PORT SEED RATE BUYERS`. SIGTERM ends it, once every beacon
has its answer. What was sent and acknowledged is in FOLDER/ledger-SEED.jsonl, synced before anything follows from it.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from django.core.signing import b64_decode

from analytics.simulation.browser import Browser
from tests.faults.databases import goods

EVENTS = 20
BEACONS_A_PAGE = 4  # at most
SHARE_OF_BUYERS = 0.7  # of pages that end in an order
PATIENCE = 90.0  # seconds in which a beacon must have found its way
AGAIN = {0, 429, 500, 502, 503}  # 0: no answer at all
LONGEST_PAUSE = float(os.environ.get("LONGEST_PAUSE", "1"))  # seconds; a browser goes up to a minute
ADDRESS = {"full_name": "Fay Fault", "street": "1 Broken Road", "city": "Springfield", "state": "IL", "zip": "62701"}


class Ledger:
    """One line an entry, on disk before `note` returns. Several buyers write at once."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)
        self._lock = threading.Lock()
        self.answers: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}

    def note(self, *entry: object) -> None:
        with self._lock:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def answer(self, what: str, status: int, seconds: float) -> None:
        with self._lock:
            self.answers[f"{what} {status}"] += 1
            self.slowest[what] = max(self.slowest.get(what, 0), seconds)

    def close(self) -> None:
        self.note("answers", dict(self.answers), self.slowest)


class Phone(Browser):
    """The simulation's browser, that says which status it got."""

    def last(self, ledger: Ledger, what: str, ask, *args, **more) -> int:
        before, start = self.statuses.copy(), time.monotonic()
        ask(*args, **more)
        status = max((self.statuses - before).keys() - {303}, default=0)
        ledger.answer(what, status, time.monotonic() - start)
        return status

    def beacon(self, body: bytes) -> tuple[int, float]:
        """(status, seconds the shop asks to wait)."""
        headers = self._of_script("application/json")
        answer, _ = self._send("POST", "/journey/beacon", headers, body)
        if answer is None:
            return 0, 0.0
        return answer.status, float(answer.headers.get("Retry-After", 0))


class Buyer(threading.Thread):
    def __init__(self, port: int, chance: random.Random, things: list, pause: float, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        agent = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
        self.phone = Phone(f"http://127.0.0.1:{port}", agent)
        self.chance, self.things, self.pause, self.ledger = chance, things, pause, ledger
        self.is_over = threading.Event()
        self.shown = None

    def run(self) -> None:
        self.is_over.wait(self.chance.random() * self.pause)
        while not self.is_over.is_set():
            product, sku = self.chance.choice(self.things)
            status = self.phone.last(self.ledger, "page", self.phone.get, f"/p/{product}")
            if status != 200 or "data-trail" not in self.phone.page.body:
                self.look_again()
                continue
            self.look()
            if self.chance.random() < SHARE_OF_BUYERS and not self.is_over.is_set():
                self.buy(product, sku)

    def look(self) -> None:
        token, n = self.phone.page.body["data-trail"], int(self.phone.page.body["data-n"])
        participant, _, number, *_ = json.loads(b64_decode(token.split(":")[0].encode()))
        self.ledger.note("page", participant, number)
        self.shown, self.start = self.phone.page, time.monotonic()
        self.trail, self.n = (token, participant, number), n
        for _ in range(self.chance.randint(1, BEACONS_A_PAGE)):
            if self.is_over.is_set():
                return
            self.tell_more()

    def look_again(self) -> None:
        """No other page came: the one before is still there."""
        if self.shown:
            self.phone.page = self.shown
            self.tell_more()
        else:
            self.is_over.wait(0.3)

    def tell_more(self) -> None:
        self.tell(*self.trail, self.n, int((time.monotonic() - self.start) * 1000))
        self.n += EVENTS
        self.is_over.wait(self.pause * (0.5 + self.chance.random()))

    def tell(self, token: str, participant: int, trail: int, n: int, dt: int) -> None:
        """One beacon, until it is taken or refused for good; the same numbers each time."""
        steps = [{"n": n + i, "dt": dt + i, "step": "view_block", "props": {"block": str(i)}} for i in range(EVENTS)]
        body = json.dumps({"trail": token, "events": steps}).encode()
        first, pause, tries = time.monotonic(), 0.1, 0
        self.ledger.note("sent", participant, trail, n, EVENTS)
        while time.monotonic() - first < PATIENCE:
            tries, asked = tries + 1, time.monotonic()
            status, wait = self.phone.beacon(body)
            self.ledger.answer("beacon", status, time.monotonic() - asked)
            if status not in AGAIN:
                kind = "acked" if status == 204 else f"refused {status}"
                self.ledger.note(kind, participant, trail, n, EVENTS, time.monotonic() - first, tries)
                return
            if status == 503 and wait > 0:
                self.ledger.answers["beacon 503 with Retry-After"] += 1
            time.sleep(min(wait or pause, LONGEST_PAUSE))
            pause = min(pause * 2, LONGEST_PAUSE)

    def buy(self, product: str, sku: str) -> None:
        """Buy now. A checkout without an answer is sent once more: the same key, so the same order."""
        phone, note = self.phone, self.ledger
        if not phone.page.form(f"/p/{product}/add"):
            return
        phone.last(note, "cart", phone.submit, f"/p/{product}/add", sku=sku, quantity="1", method="buy_now")
        checkout = phone.page
        for _ in range(3):
            if not checkout.form("/checkout/place"):
                return
            phone.page = checkout
            phone.last(note, "order", phone.submit, "/checkout/place", **ADDRESS, payment="card")
            if phone.path.startswith("/orders/"):
                note.note("order", phone.path.split("/")[2])
                return
            time.sleep(0.3)


def main() -> None:
    folder, port, seed, rate, count = Path(sys.argv[1]), *map(int, sys.argv[2:])
    ledger, things = Ledger(folder / f"ledger-{seed}.jsonl"), goods(folder)
    pause = EVENTS * count / rate
    buyers = [Buyer(port, random.Random(f"{seed} {i}"), things, pause, ledger) for i in range(count)]
    is_over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: is_over.set())
    for buyer in buyers:
        buyer.start()
    is_over.wait()
    for buyer in buyers:
        buyer.is_over.set()
    for buyer in buyers:
        buyer.join()
    ledger.close()


if __name__ == "__main__":
    main()
