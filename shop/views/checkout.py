"""The checkout: one page, one act, and an answer in words when it cannot be done."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page
from shop.errors import AlreadyOrdered, FieldsRefused, PriceChanged, ShopError
from shop.forms import CheckoutForm
from shop.models import Cart, Order
from shop.services.checkout import checkout_key, place_order
from shop.services.coupons import with_coupons
from shop.services.lines_told import told_of_cart, told_of_order
from shop.services.quotes import EXPRESS, EXPRESS_CENTS, STANDARD, Offer, Quote, quote
from shop.services.transactions import in_one_transaction
from shop.views import cart as cart_room
from shop.views.answers import see_other, wants_json

OFFERS = 5  # coupons to choose from; the best come first


@page(Step.BEGIN_CHECKOUT)
@never_cache
@require_safe
def checkout(request: HttpRequest) -> HttpResponse:
    cart = Cart.of(request)
    only = request.GET.get("only", "")
    shown = _quoted(cart, only, cart.coupon)
    if not shown.is_ready:
        return _nothing_to_order(request, shown)
    first = shown.lines[0]
    request.journey.about(
        value=shown.total_cents,
        quantity=shown.count,
        product=first.sku.product.slug,
        category=first.sku.product.category.slug,
        video=first.video,
        **told_of_cart(shown.lines),
    )
    return _drawn(request, cart, shown, CheckoutForm(initial=_known(cart)), only)


def _quoted(cart: Cart, only: str, coupon: str) -> Quote:
    """What is selected in the cart, or the one SKU that is bought now, while the rest of the cart waits."""
    lines = cart.contents()
    for line in lines if only else []:
        line.is_selected = line.sku.code == only
    return with_coupons(quote(lines), cart.buyer, coupon)


def _nothing_to_order(request: HttpRequest, shown: Quote) -> HttpResponse:
    """Who comes back after ordering is told so; who selected nothing, too much or what is gone sees the cart."""
    last = Order.objects.of(request.buyer.known).order_by("-pk").first()
    gone = any(line.is_selected for line in shown.unavailable)
    if shown.lines or gone or not last or not last.is_fresh:
        return redirect("shop:cart")
    request.journey.leave_out()
    return render(request, "shop/checkout/ordered.html", {"error": AlreadyOrdered(last.code)})


def _known(cart: Cart) -> dict[str, str]:
    """Nobody types an address twice: that of the last order, or what was typed since in vain."""
    last = Order.objects.of(cart.buyer).order_by("-pk").values(*CheckoutForm.AUTOCOMPLETE).first() or {}
    return last | cart.typed


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
    there = f"{resolve_url('shop:order', order.code)}?placed"
    return JsonResponse({"go": there}) if wants_json(request) else see_other(there)


def _placed(request: HttpRequest, form: CheckoutForm) -> Order:
    key = request.POST.get("key", "")
    order = place_order(Cart.of(request), key, form.cleaned_data, request.journey.participant)
    first, *more = order.lines.select_related("sku__product__category")
    request.journey.commit(
        Step.PURCHASE,
        fact=order.code,
        order=order.code,
        value=order.total_cents,
        currency=order.currency,
        quantity=order.count,
        payment=order.payment,
        product=first.product,
        category=first.sku.product.category.slug,
        video=first.video,
        **told_of_order([first, *more]),
    )
    return order


def _refused(request: HttpRequest, form: CheckoutForm, error: ShopError) -> HttpResponse:
    """Say why, keep what was typed, and show the cart as it is now."""
    request.journey.record(Step.CHECKOUT_ERROR, code=error.code, field=error.field)
    if isinstance(error, AlreadyOrdered):
        return render(request, "shop/checkout/ordered.html", {"error": error}, status=error.status)
    cart, only = Cart.of(request), request.POST.get("only", "")
    if form.is_valid() and error.field:
        form.add_error(error.field, error.sentence)
    coupon = form.understood.get("coupon") or cart.coupon
    cart.keep(coupon=coupon, typed=form.understood)
    shown = _quoted(cart, only, coupon)
    if not shown.is_ready:
        return cart_room.drawn(request, shown, error)
    return _drawn(request, cart, shown, form, only, error)


def _drawn(
    request: HttpRequest, cart: Cart, shown: Quote, form: CheckoutForm, only: str, error: ShopError | None = None
) -> HttpResponse:
    context = {
        "quote": shown,
        "form": form,
        "key": checkout_key(cart, shown),
        "only": only,
        "error": error,
        "standard": _delivery(shown, STANDARD),
        "express": _delivery(shown, EXPRESS),
        "express_fee_cents": EXPRESS_CENTS,
        "coupons": _offers(shown) if shown.usable else [],
        "sums": _sums(shown, form.chosen_delivery),
        "is_another_price": isinstance(error, PriceChanged),
    }
    return render(request, "shop/checkout/checkout.html", context, status=error.status if error else 200)


def _delivery(shown: Quote, code: str) -> dict:
    """One way of delivery, as the page draws it."""
    first, last = shown.arrival(code, timezone.localdate())
    return {"code": code, "shipping_cents": shown.shipping(code), "first": first, "last": last}


def _offers(shown: Quote) -> list[Offer | None]:
    """The coupons to choose from, the one that counts among them, and none."""
    best = shown.usable[:OFFERS]
    return [*best, *([shown.offer] if shown.offer and shown.offer not in best else []), None]


def _sums(shown: Quote, chosen: str) -> list[dict]:
    """Every choice of delivery and coupon with its total: a page without a script shows the one that is made."""
    return [
        {
            "delivery": delivery,
            "coupon": number,
            "offer": offer,
            "is_chosen": delivery == chosen and offer is shown.offer,
            "is_offered": offer is shown.offer,
            "shipping_cents": shown.shipping(delivery),
            "total_cents": shown.before_coupon(delivery) - (offer.cents if offer else 0),
            "saved_cents": shown.saved(offer),
        }
        for delivery in (STANDARD, EXPRESS)
        for number, offer in enumerate(_offers(shown))
    ]
