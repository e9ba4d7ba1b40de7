"""From the product page into the cart: opening, reading, wanting, choosing."""

import math
from dataclasses import dataclass
from functools import partial

from analytics.simulation.paying import Choice, Order, check_out
from analytics.simulation.reading import Read, read
from analytics.simulation.troubles import Trouble
from analytics.simulation.walk import Luck, Walk
from analytics.simulation.world import Product
from journey.steps import Step

BOUNCE = 0.08  # back before anything was read
ADD = 0.24
BUY_NOW = 0.4  # of those who add
CART = 0.86  # of those who put something into it
CHECKOUT = 0.78  # of those who saw it
SAVE = 0.04  # of those who do not buy
REMOVE = 0.05  # of those who look at their cart
PARKED_SAVES = 6.0  # those who park their carts save more


@dataclass(frozen=True, slots=True)
class Visit:
    """A product page that is open, the video it was seen in (or none), and what is wrong there."""

    product: Product
    video: str
    trouble: Trouble
    sold_out: bool


def visit_product(walk: Walk, product: Product, video: str = "") -> Order | None:
    """Open a product page; returns the order if it comes to one."""
    trouble = walk.world.trouble(video, product.slug)
    visit = Visit(product, video, trouble, trouble.sold_out > 0 and walk.chance(trouble.sold_out))
    _open(walk, visit)
    if walk.chance(BOUNCE * trouble.bounce / walk.world.product_traits(product.slug).appeal):
        _bounce(walk, product, video)
        return None
    reading = read(walk, product, trouble)
    if reading.turned_away or not walk.goes_on(Step.ADD_TO_CART, _wish(walk, visit, reading), _kept(walk, visit)):
        _save(walk, visit)
        return None
    return _take(walk, visit)


def _open(walk: Walk, visit: Visit) -> None:
    seen_in = {"video": visit.video} if visit.video else {}
    about = {"product": visit.product.slug, "value": visit.product.cheapest_cents, "currency": walk.world.currency}
    gone = {"sold_out": True} if visit.sold_out else {}
    walk.page(Step.VIEW_ITEM, load=visit.trouble.load, **about, **seen_in, **gone)


def _bounce(walk: Walk, product: Product, video: str) -> None:
    """Back at once; the page one comes back to says so."""
    stayed = walk.wait(1.4, 0.4)
    if video:
        walk.page(Step.VIEW_FEED)
        props = {"place": f"/product/{product.slug}", "stayed_ms": int(min(stayed, 4.9) * 1000)}
        walk.say(Step.BACK_BOUNCE, props)


def _wish(walk: Walk, visit: Visit, reading: Read) -> float:
    """The chance that someone who read the page wants it."""
    traits, person, trouble = walk.world.product_traits(visit.product.slug), walk.person, visit.trouble
    wish = ADD * traits.appeal * person.keenness * person.trust
    return wish * math.pow(traits.price, person.thrift) * (trouble.coupon_wish if reading.claimed else trouble.wish)


def _kept(walk: Walk, visit: Visit) -> float:
    """The chance that who wants it also gets it into the cart, now or another day."""
    trouble = visit.trouble
    if visit.sold_out or trouble.broken == walk.person.browser:
        return 0.0
    return trouble.later + (1 - trouble.later) * (1 - trouble.dead_end)


def _save(walk: Walk, visit: Visit) -> None:
    if walk.chance(SAVE * (PARKED_SAVES if visit.trouble.cart < 1 else 1)):
        walk.act(Step.ADD_TO_WISHLIST, {"product": visit.product.slug})


def _take(walk: Walk, visit: Visit) -> Order | None:
    """Someone wants it: out of stock, out of order, out of sizes, or into the cart."""
    trouble, place = visit.trouble, f"/product/{visit.product.slug}"
    if trouble.broken == walk.person.browser:
        walk.say(Step.SCRIPT_ERROR, {"message": "x is not a function", "file": "product.js", "line": 41})
        walk.say(Step.RAGE_TAP, {"element": "button.btn", "block": "options", "place": place})
        return None
    if visit.sold_out:
        walk.say(Step.DEAD_TAP, {"element": "button.btn", "block": "options", "place": place})
        return None
    if trouble.later and walk.chance(trouble.later):
        walk.plans.append((walk.rng.randint(1, 4), partial(_come_back, product=visit.product)))
        return None
    choice = _choose(walk, visit)
    return check_out(walk, choice) if choice and _add(walk, visit, choice) else None


def _come_back(walk: Walk, product: Product) -> None:
    """By themselves, for what they had seen days ago: no video leads there."""
    visit = Visit(product, "", Trouble(), sold_out=False)
    walk.page(Step.SEARCH, term=product.slug.replace("-", " "), results=1)
    walk.wait(4)
    _open(walk, visit)
    walk.wait(5)
    if (choice := _choose(walk, visit)) and _add(walk, visit, choice):
        check_out(walk, choice)


def _choose(walk: Walk, visit: Visit) -> Choice | None:
    product = visit.product
    walk.say(Step.OPEN_SHEET, {"sheet": "choose"})
    walk.wait(1.8)
    if visit.trouble.dead_end and walk.chance(visit.trouble.dead_end):
        walk.say(Step.DEAD_TAP, {"element": "label.chip", "block": "options", "place": f"/product/{product.slug}"})
        walk.wait(2)
        return None
    sku, cents = walk.rng.choice(product.skus)
    if len(product.skus) > 1:
        walk.say(Step.SELECT_VARIANT, {"sku": sku})
    return Choice(product, visit.video, sku, cents)


def _add(walk: Walk, visit: Visit, choice: Choice) -> bool:
    """Buy now leads to the checkout; a cart is looked at, or forgotten."""
    luck = walk.luck(Step.BEGIN_CHECKOUT, _to_checkout(visit.trouble.cart))
    buy_now = walk.chance(BUY_NOW * visit.trouble.cart)
    line = {"product": choice.product.slug, "sku": choice.sku, "value": choice.cents, "quantity": 1}
    method = "buy_now" if buy_now else "cart"
    walk.act(Step.ADD_TO_CART, {**line, "method": method, "video": choice.video})
    if buy_now:
        return luck is not Luck.HELD
    _open(walk, visit)
    walk.wait(3)
    if not walk.passes(luck, CART):
        return False
    walk.page(Step.VIEW_CART, value=choice.total_cents, quantity=1)
    walk.wait(6)
    if walk.chance(REMOVE) and luck is not Luck.CARRIED:
        walk.act(Step.REMOVE_FROM_CART, {**line, "video": choice.video})
        return False
    return walk.passes(luck, CHECKOUT * visit.trouble.cart) and luck is not Luck.HELD


def _to_checkout(eager: float) -> float:
    """The chance to come from the cart to the checkout, by the short way or the long one."""
    buy_now = min(1.0, BUY_NOW * eager)
    return buy_now + (1 - buy_now) * CART * (1 - REMOVE) * min(1.0, CHECKOUT * eager)
