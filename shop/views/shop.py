"""The shop tab and its categories."""

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from journey.steps import Step, page
from shop.filters import Filters
from shop.models import Category, Coupon, Product
from shop.models.shelves import deal_comes, deal_runs
from shop.views.shelves import on_page, page_number

DEALS = 12


@page(Step.VIEW_SHOP)
@require_safe
def shop(request: HttpRequest) -> HttpResponse:
    number = page_number(request)
    if number > 1:
        request.journey.about(page=number)
    context = {
        "categories": Category.objects.all(),
        "deals": deals,
        "coupons": Coupon.objects.open().filter(creator=None, audience=Coupon.Audience.ALL),
        "list": "shop",
    }
    return render(request, "shop/shop/shop.html", on_page(Filters.of(request.GET), number) | context)


def deals() -> list[Product]:
    """What runs, the first to end first; then what comes, the first to start first."""
    coming = Case(When(deal_comes(), then=1), default=0)
    dealt = Product.objects.for_cards().filter(Q(deal_runs()) | Q(deal_comes()))
    return list(dealt.annotate(coming=coming).order_by("coming", "deal_ends_at", "pk")[:DEALS])


@page(Step.VIEW_SHOP)
@require_safe
def category(request: HttpRequest, category: str) -> HttpResponse:
    shown = get_object_or_404(Category, slug=category)
    number = page_number(request)
    if number > 1:
        request.journey.about(page=number)
    context = {
        "category": shown,
        "categories": Category.objects.all(),
        "list": f"category:{shown.slug}",
    }
    filters = Filters.of(request.GET, category=shown.slug)
    return render(request, "shop/shop/category.html", on_page(filters, number, without="category") | context)
