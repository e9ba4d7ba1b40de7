"""All reviews of a product: a page of its own, and what the sheet on the product page shows."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.models import HelpfulVote, Product, Review
from shop.services.review_lists import PAGE, SORTS, Wanted, reviews_of, topics_of


@part
@require_safe
def reviews(request: HttpRequest, product: str) -> HttpResponse:
    shown = get_object_or_404(Product.objects.for_page(), slug=product)
    wanted = Wanted.of(request.GET)
    template = "shop/product/reviews_part.html" if "part" in request.GET else "shop/product/reviews.html"
    page = Paginator(reviews_of(shown, wanted), PAGE).get_page(wanted.page)
    return render(
        request,
        template,
        {
            "product": shown,
            "wanted": wanted,
            "topics": topics_of(shown),
            "sorts": [(code, title) for code, (title, _) in SORTS.items()],
            "page": page,
            "helped": _helped(request.buyer.known, page.object_list),
        },
    )


def _helped(buyer: str | None, reviews: Sequence[Review]) -> set[int]:
    """Which of them this buyer finds helpful."""
    if not buyer:
        return set()
    return set(HelpfulVote.objects.filter(buyer=buyer, review__in=list(reviews)).values_list("review_id", flat=True))
