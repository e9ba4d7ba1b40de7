"""From a cart to an order: what the buyer was shown is what they get, once, or nothing happens at all."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.utils import timezone

from shop.errors import AlreadyOrdered, CartChanged, OutOfStock, PriceChanged
from shop.models import Cart, CartLine, Order, OrderLine, StockMovement
from shop.models.codes import new_code
from shop.payments import charge
from shop.services.quotes import Quote, parcels_of
from shop.services.stock import move_all
from shop.services.tracking import due_at

SALT = "shop.checkout"
PAGE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """What a checkout page showed: this cart at this version, these SKUs, this total for standard delivery."""

    cart: int
    version: int
    total_cents: int
    skus: list[int]
    nonce: str


def checkout_key(cart: Cart, shown: Quote) -> str:
    """The signed key a checkout page carries; one drawing of the page becomes one order at most."""
    skus = [line.sku_id for line in shown.lines]
    return signing.dumps([cart.pk, cart.version, shown.total_cents, skus, secrets.token_urlsafe(16)], salt=SALT)


def read_key(key: str, cart: Cart) -> Shown:
    """Raises CartChanged for a key that is forged, a day old, or of another cart."""
    try:
        shown = Shown(*signing.loads(key, salt=SALT, max_age=PAGE_SECONDS))
    except signing.BadSignature:
        raise CartChanged from None
    if shown.cart != cart.pk:
        raise CartChanged
    return shown


def place_order(cart: Cart, key: str, answers: dict[str, str], participant: int) -> Order:
    """Turn a cart into an order at today's prices; the same key with the same answers returns the same order.

    Raises AlreadyOrdered, CartChanged, OutOfStock, PriceChanged, PaymentDeclined or BankSilent. Wants to be in a
    transaction, which these errors must undo.
    """
    shown = read_key(key, cart)
    cart = Cart.objects.select_for_update().get(pk=shown.cart)
    if earlier := _earlier(cart, shown, answers):
        return earlier
    if cart.version != shown.version:
        raise CartChanged
    order = _ordered(cart, shown, answers, participant)
    charge(order.payment, order.total_cents)
    return order


def _earlier(cart: Cart, shown: Shown, answers: dict[str, str]) -> Order | None:
    """The order this page has become; raises when the page, or a twin of it in another tab, now asks for another."""
    if same_page := cart.orders.filter(key=shown.nonce).first():
        if same_page.answers != _hash(answers):
            raise AlreadyOrdered(same_page.code, status=422)
        return same_page
    if same_cart := cart.orders.filter(cart_version=shown.version).first():
        raise AlreadyOrdered(same_cart.code)
    return None


def _ordered(cart: Cart, shown: Shown, answers: dict[str, str], participant: int) -> Order:
    wanted = cart.lines.filter(sku__in=shown.skus)
    code = new_code()
    move_all([(line.sku, -line.quantity) for line in wanted.for_page()], StockMovement.Reason.SALE, code)
    # Read again, now that the SKUs are ours: what is decided on below can no longer change.
    bought = Quote(parcels_of(wanted.for_page()), [])
    _compare(bought, shown)
    order = _saved(bought, answers, code=code, key=shown.nonce, cart=cart, participant=participant)
    wanted.delete()
    Cart.objects.filter(pk=cart.pk).update(version=F("version") + 1)
    return order


def _compare(bought: Quote, shown: Shown) -> None:
    if gone := next((line.sku for line in bought.lines if not line.sku.product.is_listed), None):
        raise OutOfStock(str(gone), 0)
    if bought.total_cents != shown.total_cents:
        raise PriceChanged(shown.total_cents, bought.total_cents)


def _saved(bought: Quote, answers: dict[str, str], cart: Cart, **fields: Any) -> Order:
    delivery = answers["delivery"]
    arrives_from, arrives_to = bought.arrival(delivery, timezone.localdate())
    order = Order.objects.create(
        **answers,
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
        total_cents=bought.total(delivery),
    )
    order.moves.create(before="", after=order.status)
    OrderLine.objects.bulk_create(_copied(order, line) for line in bought.lines)
    return order


def _copied(order: Order, line: CartLine) -> OrderLine:
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
        unit_price_cents=line.sku.now_cents,
        quantity=line.quantity,
    )


def _hash(answers: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
