"""The product page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import Step, page
from shop.asking import slug
from shop.services.mine import mine
from shop.services.shown import product_page
from shop.views.gone import gone


@page(Step.VIEW_ITEM)
@require_safe
def product(request: HttpRequest, product: str) -> HttpResponse:
    drawing = product_page(product, slug(request.GET, "video"))
    if not drawing:
        return gone(request, product)
    shown, source = drawing.about["product"], drawing.about["source"]
    seen_in = {"video": source.slug} if source else {}
    request.journey.about(
        **drawing.kept("told", _told), currency=settings.CURRENCY, category=shown.category.slug, **seen_in
    )
    own = mine(request, creators=[shown.creator_id], products=[shown.pk])
    return render(request, "shop/product/product.html", {"drawing": drawing, **drawing.about, "mine": own})


def _told(known: dict[str, Any]) -> dict[str, Any]:
    """What the report is told of the product as it is now."""
    product = known["product"]
    told = {"value": product.cheapest.now_cents if product.cheapest else 0}
    return told | ({"sold_out": True} if product.sold_out else {})
