"""What every page of the shop knows."""

from functools import cache

from django.conf import settings

from shop.models import Cart


def shop(request):
    return {"demo": settings.DEMO, "cart_count": cache(lambda: Cart.count_for(request.buyer.known))}
