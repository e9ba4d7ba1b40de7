"""Saving a product for later."""

from shop.models import Product, Wish


def wish(buyer: str, product: Product, on: bool) -> bool:
    """Save it, or no longer; says whether anything changed."""
    if on:
        sku = product.cheapest
        seen = {"seen_cents": sku.now_cents if sku else 0, "was_sold_out": product.sold_out}
        return Wish.objects.get_or_create(buyer=buyer, product=product, defaults=seen)[1]
    return Wish.objects.filter(buyer=buyer, product=product).delete()[0] > 0
