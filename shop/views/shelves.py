"""The next cards of a shelf: of the shop tab, of a category, of a search."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.filters import Filters
from shop.models import Product
from shop.services import search

CARDS = 20


class Card(NamedTuple):
    place: int
    product: Product


@part
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET, q=request.GET.get("q", ""))
    return render(request, "shop/shop/cards.html", on_page(filters, page_number(request)))


def on_page(filters: Filters, number: int, without: str = "") -> dict[str, Any]:
    """A page of a shelf: its cards, how many things there are, and how to ask for more of them."""
    ids = search.found(filters)
    first = (number - 1) * CARDS
    shown = ids[first : first + CARDS]
    products = Product.objects.for_cards().in_bulk(shown)
    return {
        "filters": filters,
        "found": len(ids),
        "cards": [Card(first + n, products[pk]) for n, pk in enumerate(shown) if pk in products],
        "next": number + 1 if len(ids) > first + CARDS else None,
        "more": filters.query(without),
        "part": filters.query(),
        "sorts": filters.sorts(without),
        "chips": filters.chips(without),
        "switches": filters.switches(),
        "cleared": filters.cleared(without),
        "without": without,
    }


def page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
