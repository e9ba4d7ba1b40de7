"""All reviews of a product: a page of its own, and what the sheet on the product page shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.models import Product
from shop.services.review_lists import PAGE, SORTS, Wanted, reviews_of, topics_of


@part
@require_safe
def reviews(request: HttpRequest, product: str) -> HttpResponse:
    shown = get_object_or_404(Product.objects.for_page(), slug=product)
    wanted = Wanted.of(request.GET)
    template = "shop/product/reviews_part.html" if "part" in request.GET else "shop/product/reviews.html"
    return render(
        request,
        template,
        {
            "product": shown,
            "wanted": wanted,
            "topics": topics_of(shown),
            "sorts": [(code, title) for code, (title, _) in SORTS.items()],
            "page": Paginator(reviews_of(shown, wanted), PAGE).get_page(wanted.page),
        },
    )
