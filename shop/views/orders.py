"""Orders of who asks; somebody else's order is not there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page
from shop.errors import ShopError
from shop.models import Order
from shop.services.orders import cancel_order
from shop.services.transactions import in_one_transaction
from shop.views.answers import see_other


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    mine = Order.objects.of(request.buyer.known).for_list()
    return render(request, "shop/orders/orders.html", {"orders": mine})


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    return render(request, "shop/orders/order.html", {"order": mine})


@act(Step.CANCEL)
@require_POST
def cancel(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known), code=order)
    try:
        in_one_transaction(lambda: _cancelled(request, mine))
    except ShopError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "Your order is cancelled. You do not have to do anything else.")
    return see_other("shop:order", order)


def _cancelled(request: HttpRequest, order: Order) -> None:
    cancel_order(order)
    request.journey.commit(Step.CANCEL, fact=order.code, order=order.code, value=order.total_cents)
