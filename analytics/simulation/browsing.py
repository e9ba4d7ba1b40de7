"""Simulated walks through the running shop: real requests of real clients, several at once, without the waiting."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from socket import create_connection
from urllib.parse import urlsplit

from analytics.simulation.arms import control
from analytics.simulation.browser import PATIENCE, Browser, NoSuchForm
from analytics.simulation.clicks import Clicks
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.people import Person
from analytics.simulation.walk import Walk
from analytics.simulation.world import World

AT_ONCE = 100  # people planned ahead
PHONE = {
    "Safari": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Version/19.1 Mobile/15E148 Safari/604.1",
    "Chrome": "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Samsung": "Mozilla/5.0 (Linux; Android 16; SM-S931B) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
    "Firefox": "Mozilla/5.0 (Android 16; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
}
DESKTOP = {
    "Safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.1 Safari/605.1.15",
    "Chrome": "Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0 Safari/537.36",
    "Edge": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    "Firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
}
TABLET = {
    "Safari": "Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) Version/19.1 Mobile/15E148 Safari/604.1",
    "Chrome": "Mozilla/5.0 (Linux; Android 16; Tablet) Chrome/141.0.0.0 Safari/537.36",
}
AGENTS = {"phone": PHONE, "desktop": DESKTOP, "tablet": TABLET}


@dataclass
class Visit:
    """What happened to one person in the shop."""

    journeys: int = 0
    orders: int = 0
    tickets: int = 0
    cut_short: int = 0
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass
class Report:
    participants: int = 0
    total: Visit = field(default_factory=Visit)

    def add(self, visit: Visit) -> None:
        self.participants += 1
        for name in ("journeys", "orders", "tickets", "cut_short", "statuses"):
            setattr(self.total, name, getattr(self.total, name) + getattr(visit, name))

    @property
    def failed(self) -> bool:
        """The shop broke, or was not there."""
        return any(status >= 500 or not status for status in self.total.statuses)

    def figures(self, seconds: float) -> dict[str, str]:
        total = self.total
        answers = {f"answered {status or 'nothing'}": f"{n:,}" for status, n in sorted(total.statuses.items())}
        return {
            "participants": f"{self.participants:,}",
            "journeys": f"{total.journeys:,}",
            "purchases": f"{total.orders:,}",
            "tickets": f"{total.tickets:,}",
            "journeys cut short by the shop": f"{total.cut_short:,}",
            **answers,
            "seconds": f"{seconds:.1f}",
            "requests a second": f"{total.statuses.total() / seconds:,.1f}",
        }


def run(period: Period, world: World, base_url: str, threads: int, progress: Callable[[int], None]) -> Report:
    """Let the period's buyers walk through the shop at `base_url`; `progress` hears of finished journeys."""
    _knock(base_url)
    report = Report()
    # The shop draws the pages and assigns the arms; the model does not presume to know them.
    people = crowd(period, world, control)
    with ThreadPoolExecutor(threads) as pool:
        for some in _handfuls(people):
            for visit in pool.map(lambda one: _visit(base_url, *one), some):
                report.add(visit)
                progress(visit.journeys)
    return report


def _knock(base_url: str) -> None:
    """Raises OSError when nobody is there."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    create_connection((parts.hostname or "", port), timeout=PATIENCE).close()


def _handfuls(people: Iterable[tuple[Person, list[Walk]]]) -> Iterator[list[tuple[Person, list[Walk]]]]:
    waiting = iter(people)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _visit(base_url: str, person: Person, walks: list[Walk]) -> Visit:
    browser = Browser(base_url, AGENTS[person.device][person.browser])
    clicks, visit = Clicks(browser), Visit(statuses=browser.statuses)
    for walk in walks:
        visit.journeys += 1
        try:
            clicks.follow(walk)
        except NoSuchForm:
            visit.cut_short += 1
    visit.orders, visit.tickets = len(clicks.orders), len(clicks.tickets)
    browser.close()
    return visit
