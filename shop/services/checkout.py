"""From a cart to an order: what the buyer was shown is what they get, once, or nothing happens at all."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.utils import timezone

from shop.errors import AlreadyOrdered, CartChanged, CouponGone, OutOfStock, PriceChanged
from shop.models import Cart, CartLine, Order, OrderLine, StockMovement
from shop.models.cart import CartLineQuerySet
from shop.models.codes import new_code
from shop.payments import charge
from shop.services.coupons import use_coupon, with_coupons
from shop.services.quotes import EXPRESS, EXPRESS_CENTS, NO_COUPON, Offer, Quote, in_their_deals, parcels_of
from shop.services.stock import claim_deals, move_all
from shop.services.tracking import due_at

SALT = "shop.checkout"
PAGE_SECONDS = 24 * 3600
TYPED_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a checkout page showed: a cart at a version, SKUs, their sums, and what each coupon takes off."""

    cart: int
    version: int
    subtotal_cents: int
    shipping_cents: int
    skus: list[int]
    offs: dict[str, int]
    coupon: str
    nonce: str

    def coupon_of(self, answers: dict[str, str]) -> str:
        """The code chosen; a page without a choice has chosen for the buyer."""
        return answers["coupon"] or self.coupon

    def total(self, answers: dict[str, str]) -> int:
        fee = EXPRESS_CENTS if answers["delivery"] == EXPRESS else 0
        return self.subtotal_cents + self.shipping_cents + fee - self.offs.get(self.coupon_of(answers), 0)


def checkout_key(cart: Cart, shown: Quote) -> str:
    """The signed key a checkout page carries; one drawing of the page becomes one order at most."""
    skus = [line.sku_id for line in shown.lines]
    offs = {offer.coupon.code: offer.cents for offer in shown.usable}
    coupon = shown.offer.coupon.code if shown.offer else NO_COUPON
    told = [cart.pk, cart.version, shown.subtotal_cents, shown.shipping_cents, skus, offs, coupon]
    return signing.dumps([*told, secrets.token_urlsafe(16)], salt=SALT)


def read_key(key: str, cart: Cart) -> Shown:
    """Raises CartChanged for a key that is forged, a day old, or of another cart."""
    try:
        shown = Shown(*signing.loads(key, salt=SALT, max_age=PAGE_SECONDS))
    except (signing.BadSignature, TypeError):  # the latter for a page drawn before the shop was updated
        raise CartChanged from None
    if shown.cart != cart.pk:
        raise CartChanged
    return shown


def place_order(cart: Cart, key: str, answers: dict[str, str], participant: int) -> Order:
    """Turn a cart into an order at today's prices; the same key with the same answers returns the same order.

    Raises AlreadyOrdered, CartChanged, OutOfStock, PriceChanged with CouponGone and DealGone, PaymentDeclined or
    BankSilent. Wants to be in a transaction, which these errors must undo.
    """
    shown = read_key(key, cart)
    cart = Cart.objects.select_for_update().get(pk=shown.cart)
    if earlier := _earlier(cart, shown, answers):
        return earlier
    if cart.version != shown.version:
        raise CartChanged
    try:
        order = _ordered(cart, shown, answers, participant)
    except PriceChanged as error:
        error.before = shown.total(answers)
        raise
    charge(order.payment, order.total_cents)
    return order


def _earlier(cart: Cart, shown: Shown, answers: dict[str, str]) -> Order | None:
    """The order this page has become; raises when the page, or a twin of it in another tab, now asks for another."""
    if same_page := cart.orders.filter(key=shown.nonce).first():
        if same_page.answers != _hash(answers):
            raise AlreadyOrdered(same_page.code, status=422)
        return same_page
    if same_things := cart.orders.filter(cart_version=shown.version, lines__sku__in=shown.skus).first():
        raise AlreadyOrdered(same_things.code)
    return None


def _ordered(cart: Cart, shown: Shown, answers: dict[str, str], participant: int) -> Order:
    wanted = cart.lines.filter(sku__in=shown.skus)
    code = new_code()
    move_all([(line.sku, -line.quantity) for line in wanted.for_page()], StockMovement.Reason.SALE, code)
    # Read again, now that the SKUs are ours: what is decided on below can no longer change, or is checked once more.
    bought = _bought(wanted)
    offer = _agreed(bought, shown, answers, cart.buyer)
    claim_deals(bought.lines)
    if offer:
        use_coupon(offer, cart.buyer, code)
    order = _saved(bought, offer, answers, code=code, key=shown.nonce, cart=cart, participant=participant)
    wanted.delete()
    cart.keep(version=F("version") + 1, coupon="", typed={})
    return order


def _bought(wanted: CartLineQuerySet) -> Quote:
    lines = list(wanted.for_page())
    for line in lines:
        line.is_selected = True  # on the page it was, whatever other tabs have done to the cart since
    return Quote(parcels_of(in_their_deals(lines)), [])


def _agreed(bought: Quote, shown: Shown, answers: dict[str, str], buyer: str) -> Offer | None:
    """The coupon of this order; raises when anything costs something else than the buyer was shown."""
    if gone := next((line.sku for line in bought.lines if not line.sku.product.is_listed), None):
        raise OutOfStock(str(gone), 0)
    code = shown.coupon_of(answers)
    quote = bought if code == NO_COUPON else with_coupons(bought, buyer, code)
    if code != NO_COUPON and (not quote.offer or quote.offer.coupon.code != code):
        raise CouponGone(code)
    if quote.total(answers["delivery"]) != shown.total(answers):
        raise PriceChanged
    return quote.offer


def _saved(bought: Quote, offer: Offer | None, answers: dict[str, str], cart: Cart, **fields: Any) -> Order:
    delivery, off = answers["delivery"], offer.cents if offer else 0
    arrives_from, arrives_to = bought.arrival(delivery, timezone.localdate())
    order = Order.objects.create(
        **answers | {"coupon": offer.coupon.code if offer else ""},
        **fields,
        cart=cart,
        cart_version=cart.version,
        buyer=cart.buyer,
        answers=_hash(answers),
        arrives_from=arrives_from,
        arrives_to=arrives_to,
        due_at=due_at(0, timezone.now(), arrives_from),
        currency=settings.CURRENCY,
        subtotal_cents=bought.subtotal_cents,
        shipping_cents=bought.shipping(delivery),
        discount_cents=off,
        total_cents=bought.before_coupon(delivery) - off,
    )
    order.moves.create(before="", after=order.status)
    with_parts = zip(bought.lines, bought.discounts(offer), strict=True)
    OrderLine.objects.bulk_create(_copied(order, line, part) for line, part in with_parts)
    return order


def _copied(order: Order, line: CartLine, discount_cents: int) -> OrderLine:
    product, images = line.sku.product, line.sku.product.images.all()
    return OrderLine(
        order=order,
        sku=line.sku,
        product=product.slug,
        sku_code=line.sku.code,
        title=product.title,
        option=line.sku.option,
        store=product.creator.store_name,
        picture=images[0].kept_path if images else "",
        video=line.video,
        unit_price_cents=line.unit_cents,
        discount_cents=discount_cents,
        deal_ends_at=product.deal_ends_at if line.takes_pieces else None,
        quantity=line.quantity,
    )


def forget_typed() -> None:
    """The address of a checkout that was given up is kept for a day."""
    given_up = Cart.objects.filter(changed_at__lt=timezone.now() - TYPED_KEPT).exclude(typed={})
    given_up.update(typed={})


def _hash(answers: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
