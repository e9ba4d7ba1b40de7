"""Eight processes that want the same thing at the same moment.

Reads lines `SCENARIO [GUARD TO SWITCH OFF …]`, runs each in a process of its own and prints what happened as JSON.
"""

import json
import multiprocessing
import sys
import time
from collections import Counter

import django
from django.conf import settings

django.setup()
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS = ["testserver"]

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.models import Sum  # noqa: E402

import config.urls  # noqa: E402, F401 loads every view once here, and not once a scenario
from journey.models import Event, Fact  # noqa: E402
from journey.steps import Step  # noqa: E402
from shop.models import Coupon, CouponClaim, Order, OrderLine, Product, Sku, Tracking  # noqa: E402
from tests.shop.races import guards, scenarios, tables  # noqa: E402
from tests.shop.races.scenarios import Attempt, Plan  # noqa: E402

fork = multiprocessing.get_context("fork")
KILLED_AFTER_S = (0, 0.002, 0.004, 0.006, 0.008, 0.01)  # since it has placed an order


def rival(attempts: list[Attempt], start, results) -> None:
    connections.close_all()
    start.wait()
    results.put([attempt() for attempt in attempts])


def raced(plan: Plan) -> Counter[int]:
    """The answers of all attempts, after everybody started together."""
    connections.close_all()
    start, results = fork.Barrier(len(plan)), fork.Queue()
    rivals = [fork.Process(target=rival, args=(attempts, start, results)) for attempts in plan]
    for process in rivals:
        process.start()
    statuses = Counter(status for _ in rivals for status in results.get(timeout=40))
    for process in rivals:
        process.join()
    return statuses


def killed(plan: Plan) -> Counter[int]:
    """Nobody comes to the end: each is killed in the middle of an order, a little later than the one before."""
    for attempts, seconds in zip(plan, KILLED_AFTER_S, strict=True):
        before, start = Order.objects.count(), fork.Barrier(2)
        connections.close_all()
        process = fork.Process(target=rival, args=(attempts, start, fork.Queue()))
        process.start()
        start.wait()
        while Order.objects.count() == before and process.is_alive():
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
        process.join()
    return Counter()


def tell(told: dict) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


def run(scenario: str, *without: str) -> None:
    empty()
    plan = getattr(scenarios, scenario)()
    guards.meet_at(fork.Barrier(len(plan)))
    for guard in without:
        getattr(guards, guard)()
    answers = (killed if scenario == "many_orders" else raced)(plan)
    tell({"answers": {str(status): count for status, count in sorted(answers.items())}, **found()})
    if guards.dropped:
        empty()
        guards.restore()


def found() -> dict:
    """What the database holds afterwards."""
    skus = Sku.objects.order_by("pk")
    return {
        "orders": Order.objects.count(),
        "carts": Order.objects.values("cart").distinct().count(),
        "statuses": sorted(Order.objects.values_list("status", flat=True).distinct()),
        "purchases": Event.objects.filter(step=Step.PURCHASE.letter).count(),
        "facts": Fact.objects.filter(key__startswith="purchase:").count(),
        "stock": list(skus.values_list("stock", flat=True)),
        "ledger": list(skus.annotate(sum=Sum("movements__change")).values_list("sum", flat=True)),
        "used": sum(Coupon.objects.values_list("used", flat=True)),
        "claims": CouponClaim.objects.exclude(order="").count(),
        "in_deal": OrderLine.objects.exclude(deal_ends_at=None).count(),
        "seen": Tracking.objects.count(),
        "refunds": Event.objects.filter(step=Step.REFUND.letter).count(),
        "refunded": sum(Order.objects.values_list("refunded_cents", flat=True)),
        "claimed": sum(Product.objects.values_list("deal_claimed", flat=True)),
    }


if __name__ == "__main__":
    tables.create()
    for line in sys.stdin:
        process = fork.Process(target=run, args=line.split())
        process.start()
        process.join()
        if process.exitcode:
            tell({"failed": line})
