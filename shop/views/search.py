"""Search: what was asked, what was found, and what may be meant while somebody types."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journey.steps import Step, page, part
from shop.filters import Filters
from shop.models import Category
from shop.services.search import did_you_mean, popular, stores, suggestions, videos
from shop.views.shelves import on_page, page_number
from shop.words import LONGEST_QUERY

TABS = {"top": "Top", "products": "Products", "videos": "Videos", "stores": "Stores"}
ON_TOP = 6  # videos, before the products
STORES_ON_TOP = 2


@page(Step.SEARCH)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = asked(request)
    if not query:
        request.journey.leave_out()
        context = {"popular": popular(), "categories": Category.objects.all()}
        return render(request, "shop/search/start.html", context)
    tab = request.GET.get("tab", "top")
    context = results(request, query, tab if tab in TABS else "top")
    if page_number(request) > 1:
        request.journey.leave_out()
    request.journey.about(term=query, results=context["count"])
    return render(request, "shop/search/results.html", context)


def asked(request: HttpRequest) -> str:
    """What was typed, as one short line."""
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY].strip()


def results(request: HttpRequest, query: str, tab: str) -> dict[str, Any]:
    filters = Filters.of(request.GET, q=query)
    context = {"q": query, "tab": tab, "tabs": TABS, "list": "search", "categories": Category.objects.all()}
    if tab in ("top", "products"):
        context |= on_page(filters, page_number(request))
    else:
        context |= {"filters": filters, "found": 0}
    context["videos"] = _some(videos, query, tab, {"top": ON_TOP, "videos": None})
    context["stores"] = _some(stores, query, tab, {"top": STORES_ON_TOP, "stores": None})
    context["clear_address"] = "?" + filters.cleared()
    context["count"] = context["found"] + len(context["videos"]) + len(context["stores"])
    if not context["count"] and not filters.narrows:
        context |= {"better": did_you_mean(query), "popular": popular()}
    return context


def _some(find: Callable[[str], list], query: str, tab: str, most: dict[str, int | None]) -> list:
    return find(query)[: most[tab]] if tab in most else []


@part
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    return render(request, "shop/search/suggestions.html", {"q": asked(request), "found": suggestions(asked(request))})
