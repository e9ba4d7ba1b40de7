"""What every page of the shop knows."""

from functools import cache

from django.conf import settings

from shop.services.mine import mine


def shop(request):
    return {
        "demo": settings.DEMO,
        "cart_count": cache(lambda: _known(request).cart_count),
        "has_news": cache(lambda: _known(request).has_news),
    }


def _known(request):
    """A page that asked what is the buyer's own knows it already."""
    if not hasattr(request, "cart_count"):
        mine(request)
    return request
