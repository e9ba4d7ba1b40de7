"""The shop tab and its categories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import Step, page
from shop.asking import page_number
from shop.filters import Filters
from shop.services.mine import mine
from shop.services.storefront import categories, storefront
from shop.views.shelves import on_page


@page(Step.VIEW_SHOP)
@require_safe
def shop(request: HttpRequest) -> HttpResponse:
    number = _told(request)
    front = storefront()
    goods = on_page(Filters.of(request.GET), number, list="shop")
    return render(request, "shop/shop/shop.html", {"front": front, "shelf": goods, "mine": mine(request)})


@page(Step.VIEW_SHOP)
@require_safe
def category(request: HttpRequest, category: str) -> HttpResponse:
    every = categories()
    shown = next((one for one in every if one.slug == category), None)
    if not shown:
        raise Http404
    filters = Filters.of(request.GET, page_of=category)
    goods = on_page(filters, _told(request), list=f"category:{category}", categories=every)
    return render(request, "shop/shop/category.html", {"category": shown, "shelf": goods, "mine": mine(request)})


def _told(request: HttpRequest) -> int:
    """The number of the page; one further on says so in its event."""
    number = page_number(request.GET)
    if number > 1:
        request.journey.about(page=number)
    return number
