"""Stock, and pieces of limited deals, move here and nowhere else: by conditional UPDATEs, stock with a ledger row."""

from collections.abc import Iterable

from django.db.models import F

from shop.errors import DealGone, OutOfStock
from shop.models import CartLine, Order, Product, Sku, StockMovement

Reason = StockMovement.Reason


def move_stock(sku: Sku, change: int, reason: Reason, order: str = "") -> StockMovement:
    """Raises OutOfStock when less would be left than nothing. Wants to be in a transaction."""
    enough = Sku.objects.filter(pk=sku.pk, stock__gte=-change)
    if not enough.update(stock=F("stock") + change):
        raise OutOfStock(str(sku), Sku.objects.values_list("stock", flat=True).get(pk=sku.pk))
    return StockMovement.objects.create(sku=sku, change=change, reason=reason, order=order)


def move_all(changes: Iterable[tuple[Sku, int]], reason: Reason, order: str) -> None:
    # In the order of ids: two carts with the same two SKUs, the other way round, deadlock on PostgreSQL.
    for sku, change in sorted(changes, key=lambda moved: moved[0].pk):
        move_stock(sku, change, reason, order)


def claim_deals(lines: Iterable[CartLine]) -> None:
    """Take pieces of the limited deals that lower these lines. Raises DealGone when there are too few left.

    Wants to be in a transaction that moved the stock before: SKUs are locked first, then products, both by their ids.
    """
    for line in sorted((line for line in lines if line.takes_pieces), key=lambda line: line.sku.product_id):
        deal = Product.objects.filter(pk=line.sku.product_id, deal_ends_at=line.sku.product.deal_ends_at)
        enough = deal.filter(deal_claimed__lte=F("deal_pieces") - line.quantity)
        if not enough.update(deal_claimed=F("deal_claimed") + line.quantity):
            raise DealGone(line.sku.product.title)


def release_deals(order: Order) -> None:
    """A cancelled order gives its pieces back to the deals they are from. Wants the transaction of the cancellation."""
    taken = order.lines.exclude(deal_ends_at=None).select_related("sku")
    for line in sorted(taken, key=lambda line: line.sku.product_id):
        same_deal = Product.objects.filter(pk=line.sku.product_id, deal_ends_at=line.deal_ends_at)
        same_deal.filter(deal_claimed__gte=line.quantity).update(deal_claimed=F("deal_claimed") - line.quantity)
