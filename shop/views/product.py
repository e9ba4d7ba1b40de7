"""The product page."""

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from journey.steps import Step, page
from shop.models import Product, Video

RELATED = 6


@page(Step.VIEW_ITEM)
def product(request: HttpRequest, product: str) -> HttpResponse:
    clips = Prefetch("videos", Video.objects.published().select_related("creator"))
    shown = get_object_or_404(Product.objects.for_page().prefetch_related(clips), slug=product)
    related = list(Product.objects.listed().rated().like(shown)[:RELATED])
    # One pair of queries for the pictures and prices of the product and of its neighbours.
    prefetch_related_objects([shown, *related], "skus", "images")
    source = next((video for video in shown.videos.all() if video.slug == request.GET.get("video")), None)
    request.journey.about(
        value=shown.cheapest.price_cents if shown.cheapest else 0,
        currency=settings.CURRENCY,
        **({"video": source.slug} if source else {}),
    )
    return render(request, "shop/product/product.html", {"product": shown, "source": source, "related": related})
