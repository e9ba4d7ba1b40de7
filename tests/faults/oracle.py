"""What must hold once nothing waits any more: acked ⊆ stored ⊆ sent, once each, counted as they are, orders as told.

A process of its own on the house, asked by lines of JSON: `{"ledgers": […], "earlier": […], "seconds": …}` → a row.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

import django

QUIET_S = 60.0


def read(paths: list[str]) -> dict:
    """Ledgers → events sent, acked and refused as (participant, trail, n), and what else they tell."""
    found = {"sent": set(), "acked": set(), "pages": set(), "orders": [], "again": 0, "wait": 0.0, "refused": 0}
    found |= {"answers": Counter(), "slowest": {}}
    for line in (line for path in paths for line in Path(path).read_text().splitlines()):
        kind, *entry = json.loads(line)
        match kind:
            case "page":
                found["pages"].add((*entry, 0))
            case "order":
                found["orders"] += entry
            case "answers":
                found["answers"].update(entry[0])
                found["slowest"] = {w: max(s, found["slowest"].get(w, 0)) for w, s in entry[1].items()}
            case _:
                _beacon(found, kind, *entry)
    return found


def _beacon(found: dict, kind: str, participant: int, trail: int, n: int, count: int, wait=0.0, tries=1) -> None:
    events = {(participant, trail, i) for i in range(n, n + count)}
    if kind in ("sent", "acked"):
        found[kind] |= events
    else:
        found["refused"] += count
    found["again"] += (tries - 1) * count
    found["wait"] = max(found["wait"], wait)


def quiet(seconds: float) -> float:
    """Wait until stream, spool and marks are empty; returns how long that took."""
    from analytics.models import TouchedDay
    from journey.models import Touched
    from journey.sink import backlog

    start = time.monotonic()
    while sum(backlog()) or Touched.objects.exists() or TouchedDay.objects.exists():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"{backlog()} batches still wait after {seconds} s")
        time.sleep(0.1)
    return time.monotonic() - start


def stored() -> tuple[Counter, set]:
    """Identities of the events that browsers told, and of all."""
    from journey.models import Event
    from journey.steps import Step, Teller

    told = [step.letter for step in Step if step.teller is Teller.BROWSER]
    names = ("participant_id", "trail", "n")
    browser = Counter(Event.objects.filter(step__in=told).values_list(*names).iterator())
    return browser, set(Event.objects.values_list(*names).iterator())


def unmatched_orders() -> list[str]:
    """Orders without their purchase, purchases without their order, and purchases told twice."""
    from journey.models import Event
    from journey.steps import Step
    from shop.models import Order

    orders = Counter(Order.objects.values_list("code", flat=True))
    told = Counter(
        props["order"] for props in Event.objects.filter(step=Step.PURCHASE.letter).values_list("props", flat=True)
    )
    return sorted([*(orders - told), *(told - orders)])


def judge(ledgers: list[str], earlier: list[str], seconds: float = QUIET_S) -> dict:
    """One row: figures, and everything that should be empty or zero. `earlier` ledgers only say what was sent."""
    from analytics.counts.recounting import drift
    from journey.models import DeadEvent
    from shop.models import Order

    ledger, waited = read(ledgers), quiet(seconds)
    browser, everything = stored()
    before = read(earlier)["sent"]
    known = set(Order.objects.values_list("code", flat=True))
    return {
        "sent": len(ledger["sent"]),
        "acked": len(ledger["acked"]),
        "stored": len(browser.keys() - before),
        "again": ledger["again"],
        "refused": ledger["refused"],
        "lost": len(ledger["acked"] - browser.keys()),
        "lost_pages": len(ledger["pages"] - everything),
        "never_sent": len(browser.keys() - ledger["sent"] - before),
        "double": sum(browser.values()) - len(browser),
        "orders": len(ledger["orders"]),
        "orders_lost": len(set(ledger["orders"]) - known),
        "unmatched_orders": unmatched_orders(),
        "dead": DeadEvent.objects.count(),
        "drift": drift().differences[:5],
        "caught_up_s": round(waited, 1),
        "worst_wait_s": round(ledger["wait"], 2),
        "answers": dict(ledger["answers"]),
        "slowest_s": {what: round(seconds, 2) for what, seconds in ledger["slowest"].items()},
    }


def main() -> None:
    django.setup()
    from django.db import connections

    for line in sys.stdin:
        connections.close_all()  # the database may have been away
        try:
            answer = judge(**json.loads(line))
        except Exception as error:  # noqa: BLE001 - the test that asked shows it
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
