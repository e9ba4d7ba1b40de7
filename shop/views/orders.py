"""Orders of who asks; somebody else's order is not there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journey.steps import Step, act, page, part
from shop.errors import ShopError
from shop.models import Cart, Order, Product
from shop.services import shelves
from shop.services.orders import buy_again as again
from shop.services.orders import cancel_order, tell_refund
from shop.services.returns import can_return, until
from shop.services.transactions import in_one_transaction
from shop.views.answers import see_other

RECOMMENDED = 4
PAGE = 20


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    buyer, tab = request.buyer.known, shelves.tab_of(request.GET.get("tab"))
    shown = Paginator(shelves.on(tab, buyer), PAGE).get_page(request.GET.get("page"))
    context = {"tabs": shelves.counted(buyer), "tab": tab, "orders": shown}
    return render(request, "shop/orders/orders.html", context)


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    if "placed" in request.GET and mine.is_fresh:
        return render(request, "shop/orders/placed.html", {"order": mine, "products": _recommended(mine)})
    return render(request, "shop/orders/order.html", _detailed(mine))


def _detailed(order: Order) -> dict:
    return {"order": order, "can_return": can_return(order), "until": until(order)}


def _recommended(order: Order) -> list[Product]:
    """What these stores sell beside it, then what sells best anywhere."""
    bought = [line.product for line in order.lines.all()]
    stores = [store.pk for store, _ in order.stores]
    same_store = models.Case(models.When(creator__in=stores, then=0), default=1)
    return Product.objects.for_cards().exclude(slug__in=bought).order_by(same_store, "-sold", "pk")[:RECOMMENDED]


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def track(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    return render(request, "shop/orders/track.html", {"order": mine})


@part
@never_cache
@require_safe
def live(request: HttpRequest, order: str) -> HttpResponse:
    """The page of an order, or of its parcel, once more: a script looks whether it has moved."""
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    body = "track_body" if request.GET.get("page") == "track" else "body"
    return render(request, f"shop/orders/{body}.html", _detailed(mine))


@page(Step.VIEW_ORDER)
@act(Step.CANCEL, Step.REFUND)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    if request.method != "POST":
        return render(request, "shop/orders/cancel.html", {"order": mine})
    try:
        in_one_transaction(lambda: _cancelled(request, mine))
    except ShopError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "Your order is cancelled. You do not have to do anything else.")
    return see_other("shop:order", order)


def _cancelled(request: HttpRequest, order: Order) -> None:
    cents = cancel_order(order)
    request.journey.commit(Step.CANCEL, fact=order.code, order=order.code, value=order.total_cents)
    tell_refund(request.journey.commit, order, order.code, cents)


@act(Step.ADD_TO_CART)
@require_POST
def buy_again(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known), code=order)
    added, refusals = again(Cart.kept_for(request), mine)
    for line in added:
        request.journey.record(
            Step.ADD_TO_CART,
            product=line.sku.product.slug,
            category=line.sku.product.category.slug,
            sku=line.sku.code,
            value=line.grown * line.sku.now_cents,
            quantity=line.grown,
            method="again",
        )
    for sentence in refusals:
        messages.warning(request, sentence)
    if added:
        messages.success(request, "In your cart again, at today's prices.")
    return see_other("shop:cart" if added else "shop:order", *([] if added else [order]))
