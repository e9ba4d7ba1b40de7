"""Search: what was asked, what was found, and what may be meant while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import Step, page, part
from shop.asking import page_number
from shop.filters import Filters
from shop.services.drawings import Drawing
from shop.services.mine import mine
from shop.services.search import asked, did_you_mean, found, popular, stores, suggestions, videos
from shop.services.storefront import categories
from shop.views.shelves import on_page

TABS = {"top": "Top", "products": "Products", "videos": "Videos", "stores": "Stores"}
VIDEOS_ON_TOP, STORES_ON_TOP = 6, 2  # before the products


@page(Step.SEARCH)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query, number = asked(request.GET), page_number(request.GET)
    if not query or number > 1:
        request.journey.leave_out()
    if not query:
        return render(request, "shop/search/start.html", _start(request))
    results = _results(request, query, number)
    request.journey.about(term=query, results=results.about["count"])
    return render(request, "shop/search/results.html", {"q": query, "results": results, "mine": mine(request)})


def _start(request: HttpRequest) -> dict[str, Any]:
    return {"popular": popular(), "categories": categories(), "mine": mine(request)}


def _results(request: HttpRequest, query: str, number: int) -> Drawing:
    """All that was found, drawn once for everyone who asks the same."""
    tab, filters = request.GET.get("tab"), Filters.of(request.GET, q=query)
    tab = tab if tab in TABS else "top"
    told = {
        "videos": videos(query)[: VIDEOS_ON_TOP if tab == "top" else None] if tab in ("top", "videos") else (),
        "stores": stores(query)[: STORES_ON_TOP if tab == "top" else None] if tab in ("top", "stores") else (),
    }
    with_products = tab in ("top", "products")
    count = len(told["videos"]) + len(told["stores"]) + (len(found(filters)) if with_products else 0)
    if not count and not filters.chips:
        told |= {"better": did_you_mean(query), "popular": popular()}
    shown = on_page(
        filters, number, q=query, tab=tab, tabs=TABS, list="search", categories=categories(), count=count, **told
    )
    shown.about["count"] = count
    return shown


@part
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    query = asked(request.GET)
    return render(request, "shop/search/suggestions.html", {"found": suggestions(query)})
