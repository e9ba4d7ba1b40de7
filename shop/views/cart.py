"""The cart: put in, change, look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page
from shop.errors import ShopError
from shop.forms import AddToCartForm, UpdateLineForm
from shop.models import Cart, CartLine
from shop.services.quotes import Quote, quote
from shop.views.answers import back_or, see_other


@page(Step.VIEW_CART)
@never_cache
@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    shown = quote(Cart.of(request).contents())
    request.journey.about(value=shown.total_cents, quantity=shown.count)
    return drawn(request, shown)


def drawn(request: HttpRequest, shown: Quote, error: ShopError | None = None) -> HttpResponse:
    """The cart page; with an error it also says why the checkout sent the buyer back."""
    status = error.status if error else 200
    return render(request, "shop/cart/cart.html", {"quote": shown, "error": error}, status=status)


@act(Step.ADD_TO_CART)
@require_POST
def add_to_cart(request: HttpRequest, product: str) -> HttpResponse:
    form = AddToCartForm(request.POST, product=product)
    if not form.is_valid():
        messages.error(request, form.complaint)
        return back_or(request, "shop:product", product)
    wanted = form.cleaned_data
    try:
        line = Cart.kept_for(request).add(wanted["sku"], wanted["quantity"], wanted["video"])
    except ShopError as error:
        messages.error(request, error.sentence)
        return back_or(request, "shop:product", product)
    _tell(request, line, method=wanted["method"])
    if wanted["method"] == "buy_now":
        return see_other("shop:checkout")
    messages.success(request, "In your cart.")
    return back_or(request, "shop:product", product)


@act(Step.ADD_TO_CART, Step.REMOVE_FROM_CART)
@require_POST
def update_line(request: HttpRequest, sku: str) -> HttpResponse:
    form = UpdateLineForm({"sku": sku, "quantity": request.POST.get("quantity")})
    if not form.is_valid():
        messages.error(request, "Please choose a quantity from 1 to 10.")
        return see_other("shop:cart")
    try:
        line = Cart.of(request).change(**form.cleaned_data)
    except ShopError as error:
        messages.error(request, error.sentence)
        return see_other("shop:cart")
    if not line:
        return see_other("shop:cart")
    _tell(request, line, method="cart")
    return see_other(f"{resolve_url('shop:cart')}#line-{line.sku.code}")


def _tell(request: HttpRequest, line: CartLine, method: str) -> None:
    """What changed, not what there is: one more of two is one added."""
    if not line.grown:
        return
    step = Step.ADD_TO_CART if line.grown > 0 else Step.REMOVE_FROM_CART
    request.journey.record(
        step,
        product=line.sku.product.slug,
        sku=line.sku.code,
        value=abs(line.grown) * line.sku.now_cents,
        quantity=abs(line.grown),
        method=method,
        video=line.video,
    )
