"""The cart: put in, change, choose what is bought now, look."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page, part
from shop.errors import AnswerRefused, ShopError
from shop.forms import AddToCartForm, CouponForm, UpdateLineForm
from shop.models import Cart, CartLine, Sku
from shop.services.coupons import claim_code, with_coupons
from shop.services.quotes import Quote, quote
from shop.templatetags.shop import money
from shop.views.answers import refused, said, see_other


@page(Step.VIEW_CART)
@never_cache
@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    mine = Cart.of(request)
    shown = with_coupons(quote(mine.contents()), request.buyer.known, mine.coupon)
    request.journey.about(value=shown.total_cents, quantity=shown.count)
    return drawn(request, shown)


@part
@never_cache
@require_safe
def mini_cart(request: HttpRequest) -> HttpResponse:
    """What lies in the cart, for the sheet of a page that the buyer stays on."""
    mine = Cart.of(request)
    shown = with_coupons(quote(mine.contents()), request.buyer.known, mine.coupon)
    return render(request, "shop/cart/mini.html", {"quote": shown})


def drawn(request: HttpRequest, shown: Quote, error: ShopError | None = None) -> HttpResponse:
    """The cart page; with an error it also says why the checkout sent the buyer back."""
    context = {"quote": shown, "error": error, "removed": _removed(request, shown)}
    return render(request, "shop/cart/cart.html", context, status=error.status if error else 200)


def _removed(request: HttpRequest, shown: Quote) -> dict | None:
    """What was just taken out, by the address of this page, as long as it can be put back."""
    form = UpdateLineForm({"sku": request.GET.get("removed"), "quantity": request.GET.get("quantity")})
    if not form.is_valid() or form.cleaned_data["sku"] in [line.sku.code for line in shown.available]:
        return None
    sku = Sku.objects.on_sale().filter(code=form.cleaned_data["sku"]).first()
    return sku and {"sku": sku, "quantity": form.cleaned_data["quantity"], "video": request.GET.get("video", "")}


@act(Step.ADD_TO_CART)
@require_POST
def add_to_cart(request: HttpRequest, product: str) -> HttpResponse:
    form = AddToCartForm(request.POST, product=product)
    if not form.is_valid():
        return refused(request, AnswerRefused(form.complaint), "shop:product", product)
    wanted, mine = form.cleaned_data, Cart.kept_for(request)
    now = wanted["method"] == "buy_now"
    try:
        line = (mine.take if now else mine.add)(wanted["sku"], wanted["quantity"], wanted["video"])
    except ShopError as error:
        return refused(request, error, "shop:product", product)
    _tell(request, line, wanted["quantity"] if now else line.grown, wanted["method"])
    if now:
        return see_other(f"{resolve_url('shop:checkout')}?{urlencode({'only': line.sku.code})}")
    where = ["shop:product", product] if request.journey.value("after_adding", "stay") == "stay" else ["shop:cart"]
    return said(request, "In your cart.", *where, count=Cart.count_for(mine.buyer))


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
    _tell(request, line, line.grown, method="cart")
    return see_other(_where(line, form.cleaned_data["quantity"]))


def _where(line: CartLine, left: int) -> str:
    """At the line that changed, or with the offer to put back what is gone."""
    address = resolve_url("shop:cart")
    if left:
        return f"{address}#line-{line.sku.code}"
    return f"{address}?{urlencode({'removed': line.sku.code, 'quantity': -line.grown, 'video': line.video})}"


@act()
@require_POST
def select(request: HttpRequest) -> HttpResponse:
    """`on` or `off` says which lines: `all`, those of a `shop:…`, or the one of a `sku:…`."""
    on = "on" in request.POST
    kind, _, name = request.POST.get("on" if on else "off", "").partition(":")
    which = {"all": {}, "shop": {"sku__product__creator__slug": name}, "sku": {"sku__code": name}}.get(kind)
    if which is not None and "\0" not in name:
        Cart.of(request).select(on, **which)
    return see_other("shop:cart")


@act(Step.CLAIM_COUPON)
@require_POST
def coupon(request: HttpRequest) -> HttpResponse:
    """A code that was typed: claimed, and taken off this cart when it fits and none is better."""
    form, at_the_code = CouponForm(request.POST), f"{resolve_url('shop:cart')}#code"
    if not form.is_valid():
        return refused(request, AnswerRefused(form.complaint), at_the_code, beside="code")
    try:
        claimed, new = claim_code(Cart.kept_for(request), form.cleaned_data["code"])
    except ShopError as error:
        return refused(request, error, at_the_code, beside="code")
    if new:
        store = {"creator": claimed.creator.slug} if claimed.creator else {}
        request.journey.record(Step.CLAIM_COUPON, code=claimed.code, **store)
    return said(request, _use_of(request, claimed.code), at_the_code, beside="code")


def _use_of(request: HttpRequest, code: str) -> str:
    mine = with_coupons(quote(Cart.of(request).contents()), request.buyer.code)
    if code not in [offer.coupon.code for offer in mine.usable]:
        return f"{code} is yours. It does not fit what you have selected yet."
    best = mine.offer.coupon.code
    if code != best:
        return f"{code} is yours. Your {best} takes {money(mine.offer.cents)} off: the best one counts."
    return f"{code} takes {money(mine.offer.cents)} off."


def _tell(request: HttpRequest, line: CartLine, count: int, method: str) -> None:
    """What changed, not what there is: one more of two is one added. Who buys now means all of it."""
    if not count:
        return
    request.journey.record(
        Step.ADD_TO_CART if count > 0 else Step.REMOVE_FROM_CART,
        product=line.sku.product.slug,
        category=line.sku.product.category.slug,
        sku=line.sku.code,
        value=abs(count) * line.sku.now_cents,
        quantity=abs(count),
        method=method,
        video=line.video,
    )
