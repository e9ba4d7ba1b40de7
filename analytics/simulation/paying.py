"""The checkout: an address, a payment, and a shop that may say no."""

import math
from dataclasses import dataclass

from analytics.simulation.dice import pick
from analytics.simulation.troubles import Trouble
from analytics.simulation.walk import Luck, Walk
from analytics.simulation.world import Product
from journey.steps import Step

ADDRESS = 0.82
PAYMENT = 0.88
PLACE = 0.86
MISTAKE = 0.12  # a field is not filled in well
ERROR = 0.09
RETRY = 0.6
ERRORS = {("payment", "declined"): 6, ("zip", "fields"): 3, ("payment", "timeout"): 1}
FIELDS = {"zip": 5, "street": 3, "state": 1, "full_name": 1}
PAYMENTS = {"card": 66, "wallet": 26, "cash": 8}


@dataclass(frozen=True, slots=True)
class Order:
    code: str
    product: Product
    cents: int
    placed_at: int
    video: str = ""


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


def check_out(walk: Walk, choice: Choice) -> Order | None:
    product = choice.product
    trouble = walk.world.trouble(choice.video, product.slug)
    cents = choice.cents + max(product.shipping_cents, int(trouble.fee * choice.cents))
    walk.page(Step.BEGIN_CHECKOUT, value=cents, quantity=1, product=product.slug, video=choice.video)
    steady = walk.world.product_traits(product.slug).trust * walk.person.trust
    luck = walk.luck(Step.PURCHASE, _through(steady, trouble))
    walk.wait(22)
    if walk.chance(MISTAKE * trouble.mistakes):
        walk.say(Step.FIELD_ERROR, {"field": pick(walk.rng, FIELDS), "code": "valueMissing"})
    if not walk.passes(luck, ADDRESS * steady**0.3 * trouble.address):
        return None
    walk.say(Step.ADD_SHIPPING_INFO, {"delivery": "standard"})
    walk.wait(14)
    if not walk.passes(luck, PAYMENT * steady**0.3):
        return None
    payment = pick(walk.rng, PAYMENTS)
    walk.say(Step.ADD_PAYMENT_INFO, {"payment": payment})
    walk.wait(5)
    if not walk.passes(luck, PLACE * steady**0.5) or not _accepted(walk, trouble, luck) or luck is Luck.HELD:
        return None
    return _place(walk, choice, cents, payment)


def _through(steady: float, trouble: Trouble) -> float:
    """The chance to come from the checkout to the purchase."""
    error = min(1.0, ERROR * trouble.payment_error)
    tries = math.pow(steady, 0.3)
    filled_in = min(1.0, ADDRESS * tries * trouble.address) * min(1.0, PAYMENT * tries)
    accepted = (1 - error) / (1 - error * RETRY)
    return filled_in * min(1.0, PLACE * math.sqrt(steady)) * accepted


def _accepted(walk: Walk, trouble: Trouble, luck: Luck) -> bool:
    """False when the checkout says no and the buyer gives up."""
    while walk.chance(ERROR * trouble.payment_error):
        field, code = pick(walk.rng, ERRORS)
        if trouble.payment_error > 1:
            field, code = "payment", "declined"
        walk.act(Step.CHECKOUT_ERROR, {"code": code, "field": field})
        if not walk.passes(luck, RETRY):
            return False
        walk.wait(10)
    return True


def _place(walk: Walk, choice: Choice, cents: int, payment: str) -> Order:
    order = Order(walk.code(), choice.product, cents, walk.now, choice.video)
    paid = {"order": order.code, "value": cents, "currency": walk.world.currency, "quantity": 1}
    about = {"payment": payment, "product": choice.product.slug, "video": choice.video}
    walk.act(Step.PURCHASE, {**paid, **about})
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(6)
    return order
