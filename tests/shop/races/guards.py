"""What keeps the races from being lost, each switched off in one process, to see that they can be lost."""

import time

from django.db import connection
from django.db.models import F

from shop.errors import CouponGone, DealGone, OutOfStock
from shop.models import Cart, Coupon, CouponClaim, Order, Product, Sku, StockMovement
from shop.services import checkout, stock, tracking, transactions

PAUSE = 0.01  # between a look and the decision that hangs on it: long enough for a rival


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
        time.sleep(2 * PAUSE)
        return found

    checkout._earlier = late


def one_order_of_a_cart() -> None:
    """The lock, and what the database refuses."""
    cart_lock()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_order DROP CONSTRAINT IF EXISTS one_order_per_cart_version")
        cursor.execute("ALTER TABLE shop_order DROP CONSTRAINT IF EXISTS shop_order_key_key")


def order_of_ids() -> None:
    def unsorted(changes, reason, order):
        for sku, change in changes:
            stock.move_stock(sku, change, reason, order)
            time.sleep(PAUSE)

    checkout.move_all = unsorted


def second_attempt() -> None:
    transactions.ATTEMPTS = 1


def coupon_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_coupon DROP CONSTRAINT IF EXISTS coupon_not_used_too_often")

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
