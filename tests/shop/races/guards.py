"""What keeps the races from being lost, each switched off in one process, to see that they can be lost."""

import time
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError

from django.db import connection
from django.db.models import F

from shop.errors import CouponGone, DealGone, OutOfStock
from shop.models import Cart, CartLine, Coupon, CouponClaim, Order, Product, Sku, StockMovement
from shop.services import checkout, stock, tracking, transactions
from shop.services.quotes import Quote, in_their_deals, parcels_of

dropped: list[str] = []  # how to have back what the database refused
PAUSE = 0.01  # between a look and the decision that hangs on it: long enough for a rival


def meet() -> None:
    """Where everybody has looked and nobody has decided yet."""
    time.sleep(2 * PAUSE)


def meet_at(barrier: Barrier) -> None:
    """Wait for each other there: a busy machine would bring those who come once there one after the other."""

    def wait() -> None:
        with suppress(BrokenBarrierError):  # somebody was sent away earlier and will not come
            barrier.wait(timeout=10)

    globals()["meet"] = wait


def drop(table: str, constraint: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    dropped.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")


def restore() -> None:
    """Wants empty tables: what was written meanwhile may be just what is refused."""
    with connection.cursor() as cursor:
        for statement in dropped:
            cursor.execute(statement)


def conditional_update() -> None:
    def naive(sku, change, reason, order=""):
        left = Sku.objects.get(pk=sku.pk).stock + change
        if left < 0:
            raise OutOfStock(str(sku), left)
        time.sleep(PAUSE)
        Sku.objects.filter(pk=sku.pk).update(stock=left)
        StockMovement.objects.create(sku=sku, change=change, reason=reason, order=order)

    stock.move_stock = naive


def cart_lock() -> None:
    Cart.objects.select_for_update = Cart.objects.all
    earlier = checkout._earlier

    def late(*args):
        found = earlier(*args)
        meet()
        return found

    checkout._earlier = late


def one_order_of_a_cart() -> None:
    """The lock, what the database refuses, and the second look at the cart."""
    cart_lock()
    drop("shop_order", "one_order_per_cart_version")
    drop("shop_order", "shop_order_key_key")
    move_all, read = checkout.move_all, []

    def remembering(changes, reason, order):
        read[:] = [CartLine(sku=sku, quantity=-change, seen_cents=0) for sku, change in changes]
        move_all(changes, reason, order)

    checkout.move_all = remembering
    checkout._bought = lambda wanted: Quote(parcels_of(in_their_deals(read)), [])


def order_of_ids() -> None:
    def unsorted(changes, reason, order):
        for sku, change in changes:
            stock.move_stock(sku, change, reason, order)
            time.sleep(PAUSE)

    checkout.move_all = unsorted


def second_attempt() -> None:
    transactions.ATTEMPTS = 1


def coupon_limit() -> None:
    drop("shop_coupon", "coupon_not_used_too_often")

    def naive(offer, buyer, order):
        if not Coupon.objects.get(pk=offer.coupon.pk).is_open:
            raise CouponGone(offer.coupon.code)
        time.sleep(PAUSE)
        CouponClaim.objects.filter(coupon=offer.coupon, buyer=buyer).update(order=order)
        Coupon.objects.filter(pk=offer.coupon.pk).update(used=F("used") + 1)

    checkout.use_coupon = naive


def deal_pieces() -> None:
    def naive(lines):
        for line in lines:
            product = Product.objects.get(pk=line.sku.product_id)
            if product.deal_pieces and product.deal_left < line.quantity:
                raise DealGone(product.title)
            time.sleep(PAUSE)
            Product.objects.filter(pk=product.pk).update(deal_claimed=product.deal_claimed + line.quantity)

    checkout.claim_deals = naive


def moves() -> None:
    """An order is moved on by who has looked at it, whatever happened since."""

    def naive(self, to, at=None):
        time.sleep(PAUSE)
        Order.objects.filter(pk=self.pk).update(status=to)
        self.moves.create(before=self.status, after=to)

    Order.move = naive


def claim_of_a_step() -> None:
    def naive(order):
        number = order.trackings.count()
        time.sleep(PAUSE)
        if number >= len(tracking.LEGS):
            return False
        tracking._tell(order, tracking.LEGS[number], order.due_at)
        order.due_at = tracking.due_at(number + 1, order.placed_at, order.arrives_from)
        order.save(update_fields=["due_at"])
        return True

    tracking._take = naive
