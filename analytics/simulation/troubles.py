"""What can be wrong with a video, a product or the shop, as a buyer meets it; and the named faults made of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing is wrong, unless a field says so. Shares are from 0 to 1, factors around 1."""

    # The video.
    farmed: float = 0  # share of showings by those who start it over and over and see nothing
    hook: float = 1  # on the time watched
    shown: float = 1  # share of showings in which the anchor appears at all
    anchor_at: float | None = None  # seconds until it appears, instead of what the shop says
    noticed: float = 1  # on taps; who does not find the anchor taps beside it
    charm: float = 1
    pull: float = 1
    audience: str = ""  # only who comes from there has any use for it
    # The product page.
    load: float = 1  # on the seconds until it is drawn
    bounce: float = 1
    doubt: str = ""  # the block at which readers turn away
    doubting: float = 0  # share of readers who do
    wish: float = 1
    coupon_wish: float = 1  # of those who claimed one, instead
    coupon_seen: float = 1
    dead_end: float = 0  # share of those who want it and find no size
    stuck: bool = False  # the page does not scroll
    sold_out: float = 0  # share of the time
    later: float = 0  # share of those who want it and come back for it another day
    # The sale.
    cart: float = 1  # on going from the cart to the checkout
    fee: float = 0  # share of the price that the checkout asks for on top, if shipping is not more
    address: float = 1  # on giving an address
    mistakes: float = 1  # on fields that are refused
    payment_error: float = 1
    broken: str = ""  # the browser in which a script of the page fails
    # Afterwards.
    returned: float = 1  # on cancelling and sending back
    help: float = 1  # on asking for help, and on waiting for it
    # The instrument.
    loss: float = 0  # share of beacons that never arrive


NONE = Trouble()
TROUBLES: dict[str, Trouble] = {
    "views-are-loops": Trouble(farmed=0.25),
    "no-product": Trouble(shown=0.05),
    "weak-hook": Trouble(hook=0.32),
    "late-anchor": Trouble(anchor_at=14.0),
    "unseen-anchor": Trouble(noticed=0.005),
    "entertaining": Trouble(charm=3.0, pull=0.012),
    "wrong-audience": Trouble(audience="instagram", pull=0.5),
    "dull-link": Trouble(charm=0.4, pull=0.012),
    "slow-page": Trouble(load=5.0, bounce=5.0, wish=0.15),
    "promise": Trouble(bounce=7.5, wish=0.15),
    "price-shock": Trouble(doubt="price", doubting=0.85, wish=0.1),
    "coupon-unnoticed": Trouble(coupon_seen=0.15, wish=0.35, coupon_wish=3.0),
    "no-trust": Trouble(doubt="reviews", doubting=0.85, wish=0.1),
    "information-gap": Trouble(doubt="about", doubting=0.85, wish=0.1),
    "variant-dead-end": Trouble(dead_end=0.85),
    "no-scroll": Trouble(stuck=True, wish=0.05),
    "parked-carts": Trouble(cart=0.2),
    "cost-surprise": Trouble(fee=0.45, address=0.2),
    "slow-delivery": Trouble(doubt="shipping", doubting=0.85, wish=0.1),
    "address-wall": Trouble(address=0.25, mistakes=6.0),
    "payment-failing": Trouble(payment_error=7.0),
    "broken-browser": Trouble(broken="Safari"),
    "out-of-stock": Trouble(sold_out=0.9),
    "bought-later": Trouble(later=0.8),
    "vanishing-sales": Trouble(returned=9.0),
    "after-sale": Trouble(help=5.0),
    "unmeasured": Trouble(loss=0.3),
}
