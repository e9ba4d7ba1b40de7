"""What everybody wants at the same moment: for each rival its attempts, through the front door."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from journey import facts
from shop.errors import MoveRefused
from shop.models import Cart, Coupon, CouponClaim, Order, Product, Return, Sku
from shop.services import returns, tracking
from shop.services.transactions import in_one_transaction
from tests.factories import SkuFactory
from tests.shop.buying import key_of, place, put_in_cart
from tests.walker import Walker

RIVALS = 8
ATTEMPTS = 3
Attempt = Callable[[], int]
Plan = list[list[Attempt]]


def buyer() -> Walker:
    walker = Walker()
    walker.client.raise_request_exception = False
    return walker


def ready(*skus: Sku, coupon: Coupon | None = None) -> Attempt:
    """A buyer with these in the cart and the checkout open; the attempt places the order."""
    walker = buyer()
    for sku in skus:
        put_in_cart(walker, sku)
    if coupon:
        CouponClaim.objects.create(coupon=coupon, buyer=code_of(walker))
    key = key_of(walker.get("shop:checkout"))
    return lambda: place(walker, key).status_code


def code_of(walker: Walker) -> str:
    return Cart.objects.latest("pk").buyer


def one_sku() -> Plan:
    sku = SkuFactory(stock=10)
    return [[ready(sku) for _ in range(ATTEMPTS)] for _ in range(RIVALS)]


def one_key() -> Plan:
    """The same checkouts, sent by everybody."""
    sku = SkuFactory(stock=100)
    return [[ready(sku) for _ in range(ATTEMPTS)]] * RIVALS


def two_tabs() -> Plan:
    """One cart, and a checkout page of its own in front of each."""
    walker, sku = buyer(), SkuFactory(stock=100)
    put_in_cart(walker, sku)
    keys = [key_of(walker.get("shop:checkout")) for _ in range(RIVALS)]
    return [[lambda key=key: place(walker, key).status_code] for key in keys]


def crossed_carts() -> Plan:
    skus = [SkuFactory(stock=100), SkuFactory(stock=100)]
    return [[ready(*skus[:: (-1) ** n]) for _ in range(ATTEMPTS)] for n in range(RIVALS)]


def one_coupon() -> Plan:
    """Everybody has it, five orders may use it; each is for a SKU of its own, whose lock holds nobody else up."""
    ends = timezone.now() + timedelta(days=1)
    coupon = Coupon.objects.create(code="FIVE", kind="amount", amount_cents=500, limit=5, ends_at=ends)
    return [[ready(SkuFactory(), coupon=coupon) for _ in range(ATTEMPTS)] for _ in range(RIVALS)]


def one_deal() -> Plan:
    """Five pieces at half the price, from two SKUs."""
    now = timezone.now()
    skus = [SkuFactory(stock=100), SkuFactory(stock=100)]
    Sku.objects.filter(pk=skus[1].pk).update(product=skus[0].product)
    skus[1].refresh_from_db()
    Product.objects.filter(pk=skus[0].product_id).update(
        deal_percent=50, deal_pieces=5, deal_starts_at=now, deal_ends_at=now + timedelta(hours=1)
    )
    return [[ready(skus[n % 2]) for _ in range(ATTEMPTS)] for n in range(RIVALS)]


def one_cancel() -> Plan:
    walker, sku = buyer(), SkuFactory(stock=10)
    put_in_cart(walker, sku, 3)
    place(walker)
    code = Order.objects.latest("pk").code
    return [[lambda: walker.post("shop:cancel", code).status_code]] * RIVALS


def cancel_or_ship() -> Plan:
    """The buyer calls it off while the parcel is handed over: one of them is first."""
    walker, sku = buyer(), SkuFactory(stock=10)
    put_in_cart(walker, sku, 3)
    place(walker)
    code = Order.objects.latest("pk").code
    return [[lambda: walker.post("shop:cancel", code).status_code], [lambda: shipped(code)]] * (RIVALS // 2)


def shipped(code: str) -> int:
    try:
        in_one_transaction(lambda: Order.objects.get(code=code).move(Order.Status.SHIPPED))
    except MoveRefused:
        return 409
    return 200


def many_orders() -> Plan:
    """More than anybody gets done before the power goes."""
    skus = [SkuFactory(stock=1_000), SkuFactory(stock=1_000)]
    return [[ready(*skus) for _ in range(ATTEMPTS)] for _ in range(6)]


def one_parcel() -> Plan:
    """An order that is long due, and everybody a worker that has come to move it; answers are how many moved."""
    ready(SkuFactory(stock=10))()
    long_ago = timezone.now() - timedelta(days=10)
    Order.objects.update(placed_at=long_ago, due_at=long_ago)
    return [[tracking.move_parcels]] * RIVALS


def one_return() -> Plan:
    """A return nobody has answered, whose clock has run out; answers are how many were settled."""
    one_parcel()
    tracking.move_parcels()
    order = Order.objects.get()
    wish = returns.Wish("k", "refund", "missing", {order.lines.get().sku_code: 1})
    with transaction.atomic():
        returns.ask(order, order.buyer, order.participant, wish)
    Return.objects.update(due_at=timezone.now())
    return [[lambda: returns.settle_returns(facts.commit)]] * RIVALS
