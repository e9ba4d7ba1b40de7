"""How an event says what an order is made of: each line for its own product, where there are several."""

from collections.abc import Iterable, Sequence

Part = tuple[str, int, int, str]  # slug of the product, pieces, cents, slug of the video that led to it


def told(parts: Iterable[Part], of: int) -> dict[str, str]:
    """`line_1`, `line_2`, … as "product pieces cents video"; nothing of what has one line only: the event names it."""
    if of < 2:
        return {}
    return {f"line_{number}": " ".join(map(str, part)).rstrip() for number, part in enumerate(parts, 1)}


def told_of_cart(lines: Sequence) -> dict[str, str]:
    parts = [(line.sku.product.slug, line.quantity, line.total_cents, line.video) for line in lines]
    return told(parts, len(parts))


def told_of_order(lines: Sequence) -> dict[str, str]:
    parts = [(line.product, line.quantity, line.paid_cents, line.video) for line in lines]
    return told(parts, len(parts))


def told_of_return(parent) -> dict[str, str]:
    parts = [(part.line.product, part.quantity, part.cents, "") for part in parent.lines.select_related("line")]
    return told(parts, parent.order.lines.count())
