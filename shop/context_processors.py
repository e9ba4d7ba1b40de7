"""What every page of the shop knows."""

from functools import cache

from django.conf import settings

from shop.models import Cart


def shop(request):
    return {"demo": settings.DEMO, "cart_count": cache(lambda: _cart_count(request))}


def _cart_count(request) -> int:
    """A page that asked what is the buyer's own has counted the cart already."""
    return request.cart_count if hasattr(request, "cart_count") else Cart.count_for(request.buyer.known)
