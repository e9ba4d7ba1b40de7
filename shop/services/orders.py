"""Verbs for an order that was placed."""

from collections.abc import Callable

from django.db.models import F

from journey.steps import Step
from shop.errors import RefundRefused, ShopError
from shop.models import Cart, Order, StockMovement
from shop.services.coupons import release_coupon
from shop.services.stock import move_all, release_deals

Commit = Callable[..., bool]  # how facts are told: a request's journey, or the one of a task


def cancel_order(order: Order) -> int:
    """Cancel while it is not shipped, give its stock back, once, and the money; returns how many cents.

    Raises MoveRefused. Wants a transaction.
    """
    order.refresh_from_db(fields=["status"])  # a transaction that is tried again has changed it here, but not there
    order.move(Order.Status.CANCELLED)
    Order.objects.filter(pk=order.pk).update(due_at=None)
    back = [(line.sku, line.quantity) for line in order.lines.select_related("sku__product")]
    move_all(back, StockMovement.Reason.CANCELLATION, order.code)
    release_deals(order)
    release_coupon(order)
    return give_back(order, order.left_cents)


def give_back(order: Order, cents: int) -> int:
    """Pay so much back, or what is left when that is less; returns how many cents. Wants a transaction."""
    order.refresh_from_db(fields=["refunded_cents"], from_queryset=Order.objects.select_for_update())
    cents = min(cents, order.left_cents)
    if cents:
        Order.objects.filter(pk=order.pk).update(refunded_cents=F("refunded_cents") + cents)
        order.refunded_cents += cents
    return cents


def tell_refund(commit: Commit, order: Order, fact: str, cents: int, **more: int | str) -> None:
    """That money went back, as a fact with a code of its own; nothing when there was nothing to give."""
    if cents:
        commit(Step.REFUND, fact=fact, order=order.code, value=cents, currency=order.currency, **more)


def goodwill(commit: Commit, order: Order, key: str, cents: int) -> None:
    """Staff pays something back out of kindness; the same form sent twice pays once.

    Raises RefundRefused when it is more than is left. Wants a transaction.
    """
    who = {"order": order.code, "value": cents, "currency": order.currency, "participant": order.participant}
    if not commit(Step.REFUND, fact=f"{order.code}-{key}", **who):
        return
    if give_back(order, cents) != cents:
        raise RefundRefused


def buy_again(cart: Cart, order: Order) -> tuple[list, list[str]]:
    """Put what is still sold into the cart; returns its lines, and a sentence for each thing that could not be."""
    added, refusals = [], []
    for line in order.lines.select_related("sku__product"):
        try:
            added.append(_put(cart, line))
        except ShopError as error:
            refusals.append(error.sentence)
    return added, refusals


def _put(cart: Cart, line):
    """As many as were bought, or as many as there are."""
    if not line.sku.product.is_listed:
        raise ShopError(f"{line.title} is not sold any more.")
    return cart.add(line.sku, min(line.quantity, max(1, line.sku.stock)))
