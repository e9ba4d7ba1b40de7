"""The checkout: one page, one act, and an answer in words when it cannot be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page
from shop.errors import AlreadyOrdered, FieldsRefused, ShopError
from shop.forms import CheckoutForm
from shop.models import Cart, Order
from shop.services.checkout import checkout_key, place_order
from shop.services.quotes import EXPRESS, STANDARD, Quote, quote
from shop.services.transactions import in_one_transaction
from shop.views import cart as cart_room
from shop.views.answers import see_other


@page(Step.BEGIN_CHECKOUT)
@never_cache
@require_safe
def checkout(request: HttpRequest) -> HttpResponse:
    cart = Cart.of(request)
    shown = quote(cart.contents())
    if not shown.is_ready:
        return redirect("shop:cart")
    first = shown.lines[0]
    request.journey.about(
        value=shown.total_cents, quantity=shown.count, product=first.sku.product.slug, video=first.video
    )
    return _drawn(request, cart, shown, CheckoutForm(initial=_last_address(request.buyer.known)))


@act(Step.PURCHASE, Step.CHECKOUT_ERROR)
@never_cache
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, FieldsRefused(form.errors))
    try:
        order = in_one_transaction(lambda: _placed(request, form))
    except ShopError as error:
        return _refused(request, form, error)
    return see_other(f"{resolve_url('shop:order', order.code)}?placed")


def _placed(request: HttpRequest, form: CheckoutForm) -> Order:
    key = request.POST.get("key", "")
    order = place_order(Cart.of(request), key, form.cleaned_data, request.journey.participant)
    first, *_ = order.lines.all()
    request.journey.commit(
        Step.PURCHASE,
        fact=order.code,
        order=order.code,
        value=order.total_cents,
        currency=order.currency,
        quantity=order.count,
        payment=order.payment,
        product=first.product,
        video=first.video,
    )
    return order


def _refused(request: HttpRequest, form: CheckoutForm, error: ShopError) -> HttpResponse:
    """Say why, keep what was typed, and show the cart as it is now."""
    request.journey.record(Step.CHECKOUT_ERROR, code=error.code, field=error.field)
    if isinstance(error, AlreadyOrdered):
        return render(request, "shop/checkout/ordered.html", {"error": error}, status=error.status)
    if form.is_valid() and error.field:
        form.add_error(error.field, error.sentence)
    cart = Cart.of(request)
    shown = quote(cart.contents())
    if not shown.is_ready:
        return cart_room.drawn(request, shown, error)
    return _drawn(request, cart, shown, form, error)


def _drawn(
    request: HttpRequest, cart: Cart, shown: Quote, form: CheckoutForm, error: ShopError | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "quote": shown,
        "form": form,
        "key": checkout_key(cart, shown),
        "error": error,
        "standard": _delivery(shown, STANDARD, today),
        "express": _delivery(shown, EXPRESS, today),
    }
    return render(request, "shop/checkout/checkout.html", context, status=error.status if error else 200)


def _delivery(shown: Quote, code: str, today) -> dict:
    """One way of delivery, as the page draws it."""
    first, last = shown.arrival(code, today)
    return {
        "code": code,
        "shipping_cents": shown.shipping(code),
        "total_cents": shown.total(code),
        "first": first,
        "last": last,
    }


def _last_address(buyer: str | None) -> dict[str, str]:
    """Nobody types an address twice."""
    return Order.objects.of(buyer).order_by("-pk").values(*CheckoutForm.AUTOCOMPLETE).first() or {}
