"""Several hands on one order at once: money goes back once, for one reason, and stock with it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from journey import facts
from journey.models import Event
from journey.steps import Step
from shop.errors import ShopError
from shop.models import Order, OrderLine, Return, Sku, StockMovement
from shop.services import returns
from shop.services.orders import cancel_order, goodwill
from shop.services.tracking import carry
from shop.services.transactions import in_one_transaction
from tests.factories import SkuFactory
from tests.shop.buying import bought
from tests.shop.later import delivered, wish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def at_once(*works: Callable[[], object]) -> list[str]:
    """What became of each: done, or the name of the refusal; anything else is a fault."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        with closing(connection):
            connection.ensure_connection()
            start.wait()
            try:
                in_one_transaction(work)
            except ShopError as error:
                return type(error).__name__
            return "done"

    with ThreadPoolExecutor(len(works)) as threads:
        return sorted(threads.map(run, works))


def paid_back() -> list[int]:
    return sorted(event.props["value"] for event in Event.objects.filter(step=Step.REFUND.letter))


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_one_form_of_a_return_sent_by_four_tabs_is_one_return(walker):
    order = delivered(walker, SkuFactory(code="A"))
    asked = wish(items={"A": 1})
    assert at_once(*[lambda: returns.ask(fresh(order), order.buyer, 1, asked)] * 4) == ["done"] * 4
    assert (Return.objects.count(), OrderLine.objects.get().returned) == (1, 1)


def test_of_three_returns_of_the_same_pieces_one_is_taken(walker):
    order = delivered(walker, (SkuFactory(code="A", price_cents=1_001), 2))
    asked = [wish(key=key, items={"A": 2}) for key in "abc"]
    heard = at_once(*[lambda one=one: returns.ask(fresh(order), order.buyer, 1, one) for one in asked])
    assert heard == ["ReturnRefused", "ReturnRefused", "done"]
    assert OrderLine.objects.values_list("returned", "returned_cents").get() == (2, 2_002)


def test_a_return_and_goodwill_together_never_pay_more_than_was_paid(walker):
    order = delivered(walker, SkuFactory(code="A", price_cents=1_000))
    asked = wish(kind="refund", reason="missing", items={"A": 1})
    parent = in_one_transaction(lambda: returns.ask(order, order.buyer, 1, asked))
    kind = [lambda key=key: goodwill(facts.commit, fresh(order), key, 700) for key in "abc"]
    at_once(lambda: returns.accept(Return.objects.get(pk=parent.pk), facts.commit), *kind)
    assert fresh(order).refunded_cents == sum(paid_back()) == 1_000


def test_an_order_is_cancelled_or_shipped_and_its_things_come_back_once(walker):
    sku = SkuFactory(stock=9)
    order = bought(walker, sku, 4)
    cancel = [lambda: cancel_order(fresh(order))] * 3
    assert at_once(*cancel, lambda: carry(fresh(order), Order.Status.SHIPPED)) == [*["MoveRefused"] * 3, "done"]
    left = (fresh(order).status, Sku.objects.get().stock, fresh(order).refunded_cents)
    assert left in [("cancelled", 9, order.total_cents), ("shipped", 5, 0)]
    assert StockMovement.objects.aggregate(sum=Sum("change"))["sum"] == Sku.objects.get().stock


def test_cash_that_was_never_paid_is_not_paid_back(walker):
    order = bought(walker, SkuFactory(), payment="cash")
    with pytest.raises(ShopError):
        in_one_transaction(lambda: goodwill(facts.commit, fresh(order), "k", 1))
    in_one_transaction(lambda: cancel_order(fresh(order)))
    assert (fresh(order).refunded_cents, paid_back()) == (0, [])


def test_the_last_page_of_a_return_sent_by_four_tabs_leads_all_of_them_to_it(walker):
    order = delivered(walker, SkuFactory())
    line, page = order.lines.get(), reverse("shop:return-order", args=[order.code])
    for step, answers in {
        "items": {f"pick-{line.pk}": "on", f"many-{line.pk}": 1},
        "kind": {"kind": "refund"},
        "reason": {"reason": "missing"},
        "proof": {"text": "Nothing came."},
    }.items():
        walker.client.post(f"{page}?step={step}", answers)

    def sent(_: int) -> int:
        with closing(connection):
            client = Client()
            client.cookies = walker.client.cookies
            return client.post(f"{page}?step=check").status_code

    with ThreadPoolExecutor(4) as tabs:
        assert set(tabs.map(sent, range(4))) == {303}
    assert (Return.objects.count(), OrderLine.objects.get().returned) == (1, 1)
