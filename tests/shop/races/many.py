"""Ten thousand races: four processes start each together, and the database is asked what came of them."""

import argparse
import multiprocessing
import time
from collections import Counter

import django

django.setup()

from django.db import connections  # noqa: E402
from django.db.models import Count, F, Q, Sum  # noqa: E402

from journey.models import Event, Fact  # noqa: E402
from journey.steps import Step  # noqa: E402
from shop.models import Coupon, Order, OrderLine, Product, Sku  # noqa: E402
from tests.shop.races import guards, tables  # noqa: E402
from tests.shop.races.contests import RIVALS, Ground  # noqa: E402

fork = multiprocessing.get_context("fork")
BATCH = 100


def rival(barrier, orders, results) -> None:
    connections.close_all()
    for attempts in iter(orders.get, None):
        told = []
        for attempt in attempts:
            barrier.wait()
            since = time.perf_counter()
            told.append((attempt(), time.perf_counter() - since))
        results.put(told)


def run(races: int) -> tuple[Counter[str], list[float]]:
    """How attempts ended, and how long each took, in seconds."""
    ground = Ground()
    connections.close_all()
    barrier, results = fork.Barrier(RIVALS), fork.Queue()
    orders = [fork.Queue() for _ in range(RIVALS)]
    processes = [fork.Process(target=rival, args=(barrier, mine, results), daemon=True) for mine in orders]
    for process in processes:
        process.start()
    ended, took = Counter(), []
    for done in range(0, races, BATCH):
        batch = list(ground.races(min(BATCH, races - done)))
        for n, mine in enumerate(orders):
            mine.put([attempts[n] for attempts in batch])
        for _ in processes:
            for outcome, seconds in results.get(timeout=300):
                ended[outcome] += 1
                took.append(seconds)
    for mine in orders:
        mine.put(None)
    for process in processes:
        process.join()
    return ended, sorted(took)


def wrong() -> dict[str, int]:
    """What must not be, counted: all of it is 0 as long as the guards stand."""
    kept = ~Q(status=Order.Status.CANCELLED)
    lines = OrderLine.objects.exclude(order__status=Order.Status.CANCELLED)
    opened = Q(movements__reason="opening")
    stocks = Sku.objects.annotate(opening=Sum("movements__change", filter=opened), ledger=Sum("movements__change"))
    sold = dict(lines.values_list("sku").annotate(Sum("quantity")))
    in_deals = dict(lines.exclude(deal_ends_at=None).values_list("sku__product").annotate(Sum("quantity")))
    deals = Product.objects.filter(deal_pieces__gt=0)
    claims = Coupon.objects.annotate(orders=Count("claims", ~Q(claims__order="")))
    codes = [f"purchase:{code}" for code in Order.objects.values_list("code", flat=True)]
    bought = Event.objects.filter(step=Step.PURCHASE.letter).count()
    return {
        "oversold": sum(sold.get(sku.pk, 0) > sku.opening for sku in stocks),
        "stock is not what was opened and sold": sum(sku.opening - sold.get(sku.pk, 0) != sku.stock for sku in stocks),
        "stock is not its ledger": sum(sku.ledger != sku.stock for sku in stocks),
        "double orders": Order.objects.filter(kept).values("cart").annotate(n=Count("pk")).filter(n__gt=1).count(),
        "coupons used too often": claims.filter(Q(orders__gt=F("limit")) | ~Q(orders=F("used"))).count(),
        "deals sold too often": sum(in_deals.get(deal.pk, 0) > deal.deal_pieces for deal in deals),
        "events missing": len(codes) - Fact.objects.filter(key__in=codes).count() + abs(len(codes) - bought),
    }


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--races", type=int, default=10_000)
    asked.add_argument("--without", nargs="*", default=[], help="guards of guards.py")
    asked = asked.parse_args()
    tables.create()
    for guard in asked.without:
        getattr(guards, guard)()
    since = time.perf_counter()
    ended, took = run(asked.races)
    rows = {"races": asked.races, "attempts": len(took), "seconds": round(time.perf_counter() - since)}
    rows |= {f"  {outcome}": count for outcome, count in ended.most_common()}
    rows |= {"p50 ms": round(took[len(took) // 2] * 1_000, 1), "p99 ms": round(took[len(took) * 99 // 100] * 1_000, 1)}
    for name, figure in (rows | wrong()).items():
        print(f"{name:<40}{figure:>12,}")  # noqa: T201


if __name__ == "__main__":
    main()
