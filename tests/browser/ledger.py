"""What the browser said, written down beside the instrument, and what of it stands in the database."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise

from playwright.sync_api import BrowserContext, Page

from tests.stack.demo import Demo, eventually

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
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
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
    """How the ledger and the database differ; all of it is empty when nothing went wrong."""

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
        trails = {trail for trail, _ in keys}
        eventually(lambda: {row[:2] for row in self.stored(trails)} >= set(keys), STORED_S)
        rows = self.stored(trails)
        order = {key: place for place, key in enumerate(keys)}
        found = [order[row[:2]] for row in rows if row[:2] in order]
        return Kept(
            lost=sorted(set(keys) - {row[:2] for row in rows}),
            repeated=[key for key, times in Counter(keys).items() if times > 1],
            disordered=[rows[i] for i, (a, b) in enumerate(pairwise(found)) if a > b],
        )
