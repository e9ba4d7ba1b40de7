"""Stock moves here and nowhere else: one conditional UPDATE, and the ledger row beside it."""

from collections.abc import Iterable

from django.db.models import F

from shop.errors import OutOfStock
from shop.models import Sku, StockMovement

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


def open_stock(sku: Sku) -> None:
    """The first ledger row of a SKU that was just saved with a stock."""
    if sku.stock:
        StockMovement.objects.create(sku=sku, change=sku.stock, reason=Reason.OPENING)
