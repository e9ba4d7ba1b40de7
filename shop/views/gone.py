"""What is off the shelf: a kind page, with what is like it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shop.models import Product

SIMILAR = 6


def gone(request: HttpRequest, product: str) -> HttpResponse:
    """410 for a product that is not sold any more, 404 for one that never was."""
    missed = get_object_or_404(Product.objects.select_related("creator").prefetch_related("images"), slug=product)
    similar = Product.objects.for_cards().like(missed)[:SIMILAR]
    return render(request, "shop/product/gone.html", {"product": missed, "related": similar}, status=410)
