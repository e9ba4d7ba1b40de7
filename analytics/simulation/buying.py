"""From the product page to a paid order: reading, choosing, the cart, the checkout."""

import math
from dataclasses import dataclass

from analytics.simulation.dice import pick
from analytics.simulation.traits import product_traits
from analytics.simulation.walk import Walk
from analytics.simulation.world import Product
from journey.steps import Step

BOUNCE = 0.08  # back before anything was read
READ_ON = 0.8  # to the next block
ADD = 0.24
BUY_NOW = 0.4  # of those who add
CART = 0.86  # of those who put something into it
CHECKOUT = 0.78  # of those who saw it
ADDRESS = 0.82
PAYMENT = 0.88
PLACE = 0.86
ERROR = 0.09
RETRY = 0.6
ERRORS = {("payment", "declined"): 6, ("zip", "fields"): 3, ("payment", "timeout"): 1}
PAYMENTS = {"card": 66, "wallet": 26, "cash": 8}


@dataclass(frozen=True, slots=True)
class Order:
    code: str
    product: Product
    cents: int
    placed_at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A product, the video it was seen in (or none), the SKU and its price."""

    product: Product
    video: str
    sku: str
    cents: int

    @property
    def total_cents(self) -> int:
        return self.cents + self.product.shipping_cents


def visit_product(walk: Walk, product: Product, video: str = "") -> Order | None:
    """Open a product page; returns the order if it comes to one."""
    _open(walk, product, video)
    if walk.chance(BOUNCE / product_traits(product.slug).appeal):
        walk.wait(1.2, 0.3)
        walk.say(Step.BACK_BOUNCE, {})
        return None
    _read(walk, product)
    if not walk.chance(_wish(walk, product)):
        return None
    choice = _choose(walk, product, video)
    if not _add(walk, choice):
        return None
    return _check_out(walk, choice)


def _open(walk: Walk, product: Product, video: str) -> None:
    seen_in = {"video": video} if video else {}
    about = {"product": product.slug, "value": product.cheapest_cents, "currency": walk.world.currency}
    walk.page(Step.VIEW_ITEM, **about, **seen_in)


def _read(walk: Walk, product: Product) -> None:
    read_on = min(0.95, READ_ON * product_traits(product.slug).appeal ** 0.5)
    for block in walk.person.sight.blocks:
        walk.wait(2.4, 0.7)
        walk.say(Step.VIEW_BLOCK, {"block": block})
        if not walk.chance(read_on):
            return


def _wish(walk: Walk, product: Product) -> float:
    """The chance that someone who read the page wants it."""
    traits, person = product_traits(product.slug), walk.person
    wish = ADD * traits.appeal * person.keenness * person.trust * person.sight.effects.get("cart", 1)
    return wish * math.pow(traits.price, person.thrift)


def _choose(walk: Walk, product: Product, video: str) -> Choice:
    if len(product.skus) > 1:
        sku, cents = walk.rng.choice(product.skus)
        walk.wait(1.8)
        walk.say(Step.SELECT_VARIANT, {"sku": sku})
        return Choice(product, video, sku, cents)
    return Choice(product, video, *product.skus[0])


def _add(walk: Walk, choice: Choice) -> bool:
    """Buy now leads to the checkout; a cart is looked at, or forgotten."""
    buy_now = walk.chance(BUY_NOW)
    method = "buy_now" if buy_now else "cart"
    line = {"product": choice.product.slug, "sku": choice.sku, "value": choice.cents, "quantity": 1}
    walk.act(Step.ADD_TO_CART, {**line, "method": method, "video": choice.video})
    if buy_now:
        return True
    _open(walk, choice.product, choice.video)
    walk.wait(3)
    if not walk.chance(CART):
        return False
    walk.page(Step.VIEW_CART, value=choice.total_cents, quantity=1)
    walk.wait(6)
    return walk.chance(CHECKOUT)


def _check_out(walk: Walk, choice: Choice) -> Order | None:
    product = choice.product
    walk.page(Step.BEGIN_CHECKOUT, value=choice.total_cents, quantity=1, product=product.slug, video=choice.video)
    steady = product_traits(product.slug).trust * walk.person.trust
    walk.wait(22)
    if not walk.chance(ADDRESS * steady**0.3):
        return None
    walk.say(Step.ADD_SHIPPING_INFO, {})
    walk.wait(14)
    if not walk.chance(PAYMENT * steady**0.3):
        return None
    payment = pick(walk.rng, PAYMENTS)
    walk.say(Step.ADD_PAYMENT_INFO, {"payment": payment})
    walk.wait(5)
    if not walk.chance(PLACE * steady**0.5) or not _accepted(walk):
        return None
    return _place(walk, choice, payment)


def _accepted(walk: Walk) -> bool:
    """False when the checkout says no and the buyer gives up."""
    while walk.chance(ERROR):
        field, code = pick(walk.rng, ERRORS)
        walk.act(Step.CHECKOUT_ERROR, {"code": code, "field": field})
        if not walk.chance(RETRY):
            return False
        walk.wait(10)
    return True


def _place(walk: Walk, choice: Choice, payment: str) -> Order:
    order = Order(walk.code(), choice.product, choice.total_cents, walk.now)
    paid = {"order": order.code, "value": order.cents, "currency": walk.world.currency, "quantity": 1}
    about = {"payment": payment, "product": choice.product.slug, "video": choice.video}
    walk.act(Step.PURCHASE, {**paid, **about})
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(6)
    return order
