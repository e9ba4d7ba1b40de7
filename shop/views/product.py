"""The product page."""

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import Step, page
from shop.models import Product, Video
from shop.models.reviews import first_reviews
from shop.services.product_pages import beside
from shop.views.gone import gone

RELATED = 6


@page(Step.VIEW_ITEM)
@require_safe
def product(request: HttpRequest, product: str) -> HttpResponse:
    clips = Prefetch("videos", Video.objects.published().made_for(product).select_related("creator"))
    listed = Product.objects.for_page().prefetch_related(clips, first_reviews())
    shown = listed.filter(slug=product).first()
    if not shown:
        return gone(request, product)
    related = list(Product.objects.listed().rated().like(shown)[:RELATED])
    # One pair of queries for the pictures and prices of the product and of its neighbours.
    prefetch_related_objects([shown, *related], "skus", "images")
    videos = shown.videos.all()
    source = next((video for video in videos if video.slug == request.GET.get("video")), None)
    request.journey.about(
        value=shown.cheapest.now_cents if shown.cheapest else 0,
        currency=settings.CURRENCY,
        **({"video": source.slug} if source else {}),
    )
    return render(
        request,
        "shop/product/product.html",
        {
            "product": shown,
            "source": source,
            "clip": source or next(iter(videos), None),
            "related": related,
            **beside(shown),
        },
    )
