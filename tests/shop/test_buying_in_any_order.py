"""Whatever a buyer and the shop do, in whatever order: money, stock and facts agree afterwards."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey import store
from journey.models import Event, Fact
from journey.steps import Step
from shop.errors import OutOfStock
from shop.models import Cart, Coupon, Order, OrderLine, Product, Sku, StockMovement
from shop.services.stock import move_stock
from tests.factories import CouponFactory, SkuFactory
from tests.shop.buying import key_of, place, put_in_cart
from tests.walker import Walker

pytestmark = pytest.mark.django_db

which = st.integers(0, 1)
things = st.one_of(
    st.tuples(st.just("add"), which, st.integers(1, 4)),
    st.tuples(st.just("change"), which, st.integers(0, 4)),
    st.tuples(st.just("look"), which, st.just(0)),
    st.tuples(st.just("place"), st.integers(0, 3), st.sampled_from(["card", "card_declined", "cash"])),
    st.tuples(st.just("place_twice"), st.integers(0, 3), st.just("card")),
    st.tuples(st.just("place_with"), st.integers(0, 1), st.sampled_from(["none", "", "HALF", "SHIP", "FORGED"])),
    st.tuples(st.just("buy_now"), which, st.integers(1, 2)),
    st.tuples(st.just("select"), which, st.booleans()),
    st.tuples(st.just("claim"), which, st.sampled_from(["HALF", "SHIP"])),
    st.tuples(st.just("switch"), which, st.booleans()),
    st.tuples(st.just("cancel"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("ship"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("reprice"), which, st.integers(0, 5_000)),
    st.tuples(st.just("restock"), which, st.integers(-3, 3)),
)
# By chance alone hardly anybody would ever buy something.
bought_one = which.map(lambda sku: [("add", sku, 1), ("look", 0, 0), ("place", 0, "card")])
one_thing = things.map(lambda thing: [thing])
part = st.booleans().flatmap(lambda buys: bought_one if buys else one_thing)
doings = st.lists(part, min_size=4, max_size=12).map(lambda parts: list(chain(*parts)))


class Shop:
    """Two SKUs, one of them in a deal, two coupons; one buyer in two tabs, and every checkout page they ever opened."""

    def __init__(self) -> None:
        self.walker, self.keys = Walker(), []
        self.skus = [SkuFactory(stock=4, price_cents=1_001), SkuFactory(stock=2, product__shipping_cents=399)]
        now, day = timezone.now(), timedelta(days=1)
        deal = {"deal_percent": 30, "deal_pieces": 3, "deal_starts_at": now - day, "deal_ends_at": now + day}
        Product.objects.filter(pk=self.skus[0].product_id).update(**deal)
        CouponFactory(code="HALF", percent=50, limit=2)
        CouponFactory(code="SHIP", kind="shipping", creator=self.skus[1].product.creator)

    def add(self, sku, quantity):
        return put_in_cart(self.walker, self.skus[sku], quantity)

    def change(self, sku, quantity):
        return self.walker.post("shop:update-line", self.skus[sku].code, quantity=quantity)

    def look(self, *_):
        return self._kept(self.walker.get("shop:checkout"))

    def _kept(self, page):
        if page.status_code == 200 and page.context.get("key"):
            self.keys.append(key_of(page))
        return page

    def place(self, back, payment, **more):
        """With the page opened last, or one that many before it: Back, and another tab."""
        if back < len(self.keys):
            return place(self.walker, self.keys[-1 - back], payment=payment, **more)
        return None

    def place_twice(self, back, payment):
        self.place(back, payment)
        orders = Order.objects.count()
        answer = self.place(back, payment)
        assert Order.objects.count() == orders
        return answer

    def place_with(self, back, coupon):
        return self.place(back, "card", coupon=coupon)

    def buy_now(self, sku, quantity):
        answer = put_in_cart(self.walker, self.skus[sku], quantity, method="buy_now")
        return answer if "checkout" not in answer.url else self._kept(self.walker.client.get(answer.url))

    def select(self, sku, on):
        return self.walker.post("shop:select", **{"on" if on else "off": f"sku:{self.skus[sku].code}"})

    def claim(self, _, code):
        return self.walker.post("shop:coupon", code=code)

    def switch(self, _, on):
        Coupon.objects.update(is_active=on)

    def cancel(self, nth, _):
        order = Order.objects.order_by("pk")[nth : nth + 1].first()
        return order and self.walker.post("shop:cancel", order.code)

    def ship(self, nth, _):
        order = Order.objects.order_by("pk").filter(status="placed")[nth : nth + 1].first()
        return order and order.move("shipped")

    def reprice(self, sku, cents):
        Sku.objects.filter(pk=self.skus[sku].pk).update(price_cents=cents)

    def restock(self, sku, change):
        try:
            with transaction.atomic():
                move_stock(self.skus[sku], change, StockMovement.Reason.CORRECTION)
        except OutOfStock:
            assert Sku.objects.get(pk=self.skus[sku].pk).stock + change < 0


def assert_everything_agrees():
    ledger = dict(StockMovement.objects.order_by("sku").values_list("sku").annotate(Sum("change")))
    assert ledger == dict(Sku.objects.values_list("pk", "stock"))
    for order in Order.objects.prefetch_related("lines", "moves"):
        assert order.subtotal_cents == sum(line.total_cents for line in order.lines.all()) > -1
        assert order.total_cents == order.subtotal_cents + order.shipping_cents - order.discount_cents
        parts = sum(line.discount_cents for line in order.lines.all())
        assert parts == (0 if order.coupon in ("", "SHIP") else order.discount_cents)
        assert [move.after for move in order.moves.all()][-1] == order.status
    kept = Order.objects.exclude(status="cancelled")
    for coupon in Coupon.objects.all():
        using = sorted(kept.filter(coupon=coupon.code).values_list("code", flat=True))
        assert using == list(coupon.claims.exclude(order="").values_list("order", flat=True))
        assert coupon.used == len(using) <= (coupon.limit or 1)
    pieces = OrderLine.objects.filter(order__in=kept).exclude(deal_ends_at=None).aggregate(n=Sum("quantity"))["n"] or 0
    assert pieces == Product.objects.aggregate(n=Sum("deal_claimed"))["n"] <= 3
    sold = Event.objects.filter(step=Step.PURCHASE.letter)
    assert sorted(event.props["order"] for event in sold) == sorted(Order.objects.values_list("code", flat=True))
    assert sum(event.props["value"] for event in sold) == sum(Order.objects.values_list("total_cents", flat=True))
    cancelled = Order.objects.filter(status="cancelled").values_list("code", flat=True)
    assert set(Fact.objects.filter(key__startswith="cancel:").values_list("key", flat=True)) == {
        f"cancel:{code}" for code in cancelled
    }
    assert all(1 <= line.quantity <= 10 for cart in Cart.objects.all() for line in cart.lines.all())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings)
def test_money_stock_and_facts_agree_after_anything(doings):
    store._known_contexts.clear()
    with transaction.atomic():
        shop = Shop()
        for name, which_one, how in doings:
            answer = getattr(shop, name)(which_one, how)
            assert answer is None or answer.status_code < 500
        assert_everything_agrees()
        transaction.set_rollback(True)
