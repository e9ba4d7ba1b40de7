"""Verbs for an order that was placed."""

from shop.models import Order, StockMovement
from shop.services.stock import move_all


def cancel_order(order: Order) -> None:
    """Cancel while it is not shipped, and give its stock back, once. Raises MoveRefused. Wants a transaction."""
    order.refresh_from_db(fields=["status"])  # a transaction that is tried again has changed it here, but not there
    order.move(Order.Status.CANCELLED)
    back = [(line.sku, line.quantity) for line in order.lines.select_related("sku__product")]
    move_all(back, StockMovement.Reason.CANCELLATION, order.code)
