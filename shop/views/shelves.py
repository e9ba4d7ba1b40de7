"""Shelves of products: of the shop tab, of a category, of a search; and the next cards of any of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.asking import page_number
from shop.filters import Filters
from shop.services.drawings import Drawing
from shop.services.search import asked, found
from shop.services.shown import shelf as drawing_of

CARDS = 20


@part
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET, q=asked(request.GET))
    return render(request, "shop/shop/more.html", {"shelf": on_page(filters, page_number(request.GET))})


def on_page(filters: Filters, number: int, **more: object) -> Drawing:
    """A page of a shelf, drawn once for everyone: its cards, how many there are in all, and how to ask for the next."""
    ids = found(filters)
    first = (number - 1) * CARDS
    following = number + 1 if len(ids) > first + CARDS else None
    return drawing_of(
        ids[first : first + CARDS], filters=filters, first=first, following=following, found=len(ids), **more
    )
