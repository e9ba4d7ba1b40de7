"""Eight processes that want the same thing at the same moment.

Reads lines `SCENARIO [GUARD TO SWITCH OFF …]`, runs each in a process of its own and prints what happened as JSON.
Guards are switched off in that process only, to see that the races can be lost.
"""

import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import django
from django.conf import settings

django.setup()
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS = ["testserver"]

from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from journey import facts  # noqa: E402
from journey.models import Event, Fact  # noqa: E402
from journey.steps import Step  # noqa: E402
from shop.errors import OutOfStock  # noqa: E402
from shop.models import Cart, Order, OrderMove, Return, Sku, StockMovement, Tracking  # noqa: E402
from shop.services import checkout, returns, stock, tracking, transactions  # noqa: E402
from tests.factories import SkuFactory  # noqa: E402
from tests.shop.buying import key_of, place, put_in_cart  # noqa: E402
from tests.walker import Walker  # noqa: E402

RIVALS = 8
ATTEMPTS = 3
AFTER_SALE = {"one_parcel", "one_return"}
fork = multiprocessing.get_context("fork")
Attempt = Callable[[], int]


def buyer() -> Walker:
    walker = Walker()
    walker.client.raise_request_exception = False
    return walker


def ready(*skus: Sku) -> Attempt:
    """A buyer with these in the cart and the checkout open; the attempt places the order."""
    walker = buyer()
    for sku in skus:
        put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    return lambda: place(walker, key).status_code


def one_sku() -> list[list[Attempt]]:
    sku = SkuFactory(stock=10)
    return [[ready(sku) for _ in range(ATTEMPTS)] for _ in range(RIVALS)]


def one_key() -> list[list[Attempt]]:
    """The same checkouts, sent by everybody."""
    sku = SkuFactory(stock=100)
    return [[ready(sku) for _ in range(ATTEMPTS)]] * RIVALS


def two_tabs() -> list[list[Attempt]]:
    """One cart, and a checkout page of its own in front of each."""
    walker, sku = buyer(), SkuFactory(stock=100)
    put_in_cart(walker, sku)
    keys = [key_of(walker.get("shop:checkout")) for _ in range(RIVALS)]
    return [[lambda key=key: place(walker, key).status_code] for key in keys]


def crossed_carts() -> list[list[Attempt]]:
    skus = [SkuFactory(stock=100), SkuFactory(stock=100)]
    return [[ready(*skus[:: (-1) ** n]) for _ in range(ATTEMPTS)] for n in range(RIVALS)]


def one_cancel() -> list[list[Attempt]]:
    walker, sku = buyer(), SkuFactory(stock=10)
    put_in_cart(walker, sku, 3)
    place(walker)
    code = Order.objects.latest("pk").code
    return [[lambda: walker.post("shop:cancel", code).status_code]] * RIVALS


def one_parcel() -> list[list[Attempt]]:
    """An order that is long due, and everybody a worker that has come to move it; answers are how many moved."""
    ready(SkuFactory(stock=10))()
    long_ago = timezone.now() - timedelta(days=10)
    Order.objects.update(placed_at=long_ago, due_at=long_ago)
    return [[tracking.move_parcels]] * RIVALS


def one_return() -> list[list[Attempt]]:
    """A return nobody has answered, whose clock has run out."""
    one_parcel()
    tracking.move_parcels()
    order = Order.objects.get()
    wish = returns.Wish("k", "refund", "missing", {order.lines.get().sku_code: 1})
    with transaction.atomic():
        returns.ask(order, order.buyer, order.participant, wish)
    Return.objects.update(due_at=timezone.now())
    return [[lambda: returns.settle_returns(facts.commit)]] * RIVALS


def without_conditional_update() -> None:
    def naive(sku, change, reason, order=""):
        left = Sku.objects.get(pk=sku.pk).stock + change
        if left < 0:
            raise OutOfStock(str(sku), left)
        time.sleep(0.01)
        Sku.objects.filter(pk=sku.pk).update(stock=left)
        StockMovement.objects.create(sku=sku, change=change, reason=reason, order=order)

    stock.move_stock = naive


def without_cart_lock() -> None:
    Cart.objects.select_for_update = Cart.objects.all
    earlier = checkout._earlier

    def late(*args):
        found = earlier(*args)
        time.sleep(0.02)
        return found

    checkout._earlier = late


def without_order_of_ids() -> None:
    def unsorted(changes, reason, order):
        for sku, change in changes:
            stock.move_stock(sku, change, reason, order)
            time.sleep(0.01)

    checkout.move_all = unsorted


def without_second_attempt() -> None:
    transactions.ATTEMPTS = 1


def without_claim_of_a_step() -> None:
    def naive(order):
        number = order.trackings.count()
        time.sleep(0.01)
        if number >= len(tracking.LEGS):
            return False
        tracking._tell(order, tracking.LEGS[number], order.due_at)
        order.due_at = tracking.due_at(number + 1, order.placed_at, order.arrives_from)
        order.save(update_fields=["due_at"])
        return True

    tracking._take = naive


def rival(attempts: list[Attempt], start, results) -> None:
    connections.close_all()
    start.wait()
    results.put([attempt() for attempt in attempts])


def raced(plan: list[list[Attempt]]) -> Counter[int]:
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


def tell(told: dict) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def run(scenario: str, *guards: str) -> None:
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    plan = globals()[scenario]()
    for guard in guards:
        globals()[f"without_{guard}"]()
    answers = raced(plan)
    told = {
        "answers": {str(status): count for status, count in sorted(answers.items())},
        "orders": Order.objects.count(),
        "purchases": Event.objects.filter(step=Step.PURCHASE.letter).count(),
        "facts": Fact.objects.filter(key__startswith="purchase:").count(),
        "stock": list(Sku.objects.order_by("pk").values_list("stock", flat=True)),
        "ledger": list(Sku.objects.order_by("pk").annotate(sum=Sum("movements__change")).values_list("sum", flat=True)),
    }
    tell(told | after_sale() if scenario in AFTER_SALE else told)


def after_sale() -> dict:
    return {
        "moves": list(OrderMove.objects.values_list("after", flat=True)),
        "seen": Tracking.objects.count(),
        "refunds": Event.objects.filter(step=Step.REFUND.letter).count(),
        "refunded": Order.objects.get().refunded_cents,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        process = fork.Process(target=run, args=line.split())
        process.start()
        process.join()
        if process.exitcode:
            tell({"failed": line})
