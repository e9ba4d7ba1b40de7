"""Saving a product for later."""

from shop.models import Product, Wish


def wish(buyer: str, product: Product, on: bool) -> bool:
    """Save it, or no longer; says whether anything changed."""
    if on:
        return Wish.objects.get_or_create(buyer=buyer, product=product)[1]
    return Wish.objects.filter(buyer=buyer, product=product).delete()[0] > 0
