"""What the browser said, written down beside the instrument, and what of it stands in the database."""

import json
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from playwright.sync_api import BrowserContext, Page

from tests.stack.demo import Demo

STORED_S = 20
# In a storage of its own, and at once: a message to the test would not arrive from a page that is leaving.
WRITE = """
document.addEventListener("journey:said", ({ detail }) => {
  const line = JSON.stringify({ trail: document.body.dataset.number, ...detail });
  localStorage.ledger = (localStorage.ledger ?? "") + line + "\\n";
});
"""
PUT_AWAY = """
hidden => {
  delete document.hidden;
  delete document.visibilityState;
  if (hidden) {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  }
  document.dispatchEvent(new Event("visibilitychange"));
}
"""


def put_away(page: Page) -> None:
    """Another app comes to the front. Headless Chromium never hides a page, so it is told that it has."""
    page.evaluate(PUT_AWAY, True)


def take_up(page: Page) -> None:
    page.evaluate(PUT_AWAY, False)


@dataclass
class Kept:
    """How the ledger and the database differ; all of it is empty when nothing went wrong.

    Disordered is a step that is dated before an earlier one of its page. What a page says as it is left and the
    beginning of the next one happen at once, on two clocks that differ by the way of an answer.
    """

    lost: list = field(default_factory=list)
    repeated: list = field(default_factory=list)
    disordered: list = field(default_factory=list)


class Ledger:
    def __init__(self, context: BrowserContext, stack: Demo) -> None:
        self.context = context
        self.database = f"file:{stack.folder / 'scrollshop.sqlite3'}?mode=ro"
        context.add_init_script(WRITE)

    @property
    def said(self) -> list[dict]:
        """Everything, in the order it was said, whatever page said it."""
        page = self.context.pages[0]
        return [json.loads(line) for line in page.evaluate("localStorage.ledger ?? ''").splitlines()]

    @property
    def steps(self) -> set[str]:
        return {event["step"] for event in self.said}

    def stored(self, trails: set[int]) -> list[tuple]:
        """(trail, n, at, step's letter) of these trails, in the order of reports."""
        asked = "SELECT trail, n, at, step FROM journey_event WHERE trail >= ? AND n > 0 ORDER BY at, trail, n"
        with closing(sqlite3.connect(self.database, uri=True, timeout=20)) as database:
            return [row for row in database.execute(asked, [min(trails)]) if row[0] in trails]

    def kept(self) -> Kept:
        """Waits until everything is stored, or has had the time for it."""
        said = self.said
        keys = [(int(event["trail"]), event["n"]) for event in said]
        rows = self._once_stored(set(keys))
        places: dict[int, list[tuple[int, int]]] = {}
        for trail, n, at, _ in sorted(rows, key=itemgetter(0, 1)):
            places.setdefault(trail, []).append((n, at))
        return Kept(
            lost=sorted(set(keys) - {row[:2] for row in rows}),
            repeated=[key for key, times in Counter(keys).items() if times > 1],
            disordered=[
                (trail, n) for trail, row in places.items() for (_, at), (n, later) in pairwise(row) if later < at
            ],
        )

    def _once_stored(self, keys: set[tuple[int, int]]) -> list[tuple]:
        page, trails = self.context.pages[0], {trail for trail, _ in keys}
        patience = time.monotonic() + STORED_S
        while keys - {row[:2] for row in self.stored(trails)} and time.monotonic() < patience:
            page.wait_for_timeout(200)  # and not sleep: what the test has put between browser and shop must go on
        return self.stored(trails)
