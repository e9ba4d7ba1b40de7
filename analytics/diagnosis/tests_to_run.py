"""The next thing to try for each verdict: a variant of slots and values that exist, or words where no design helps."""

from analytics.diagnosis.verdicts import Test
from journey.designs import known_slots, known_values

PAGE, CARD = "product/body", "feed/card"


def moved(slot: str, blocks: list[str], after: str, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The slot as everyone sees it, with these blocks put behind another one."""
    left = [block for block in known_slots()[slot] if block not in blocks and block not in without]
    place = left.index(after) + 1
    return {slot: [*left[:place], *blocks, *left[place:]]}


def sooner() -> Test:
    delay = known_values()["anchor_delay_ms"]
    values = {"anchor_delay_ms": min(800, delay), "anchor_card_delay_ms": 2500}
    return Test("anchor-sooner", "The anchor sooner", "Show the product while people are still there.", values=values)


def louder() -> Test:
    values = {"anchor_card_delay_ms": 1500}
    slots = {CARD: ["player", "rail", "anchor_card", "caption"]}
    why = "Show the product as a card with picture and price instead of a pill."
    return Test("anchor-card", "A card instead of the pill", why, slots=slots, values=values)


def price_on_anchor() -> Test:
    why = "Say the price before the tap, so that who comes knows it."
    return Test("price-on-anchor", "The price on the anchor", why, values={"anchor_says": "price"})


def invited() -> Test:
    why = "Say on the anchor what the tap shows, instead of the name of the product."
    return Test("anchor-invites", "An anchor that invites", why, values={"anchor_says": "invite"})


def deal_on_anchor() -> Test:
    why = "Give a reason to tap: the deal, with its price, on the anchor."
    return Test("deal-on-anchor", "The deal on the anchor", why, values={"anchor_says": "deal"})


def price_first() -> Test:
    slots = moved(PAGE, ["price_urgency", "coupons"], after="gallery", without=("price",))
    return Test("price-with-deal", "Price with its deal, coupon beside it", "Show what it costs less.", slots=slots)


def coupons_first() -> Test:
    return Test(
        "coupons-first", "Coupons above the price", "Nobody uses what nobody sees.", moved(PAGE, ["coupons"], "gallery")
    )


def trust_first() -> Test:
    slots = moved(PAGE, ["assurances_badges", "reviews_short"], after="price", without=("assurances",))
    why = "Returns, money back and one good review, before anything else is asked of them."
    return Test("trust-under-price", "Trust under the price", why, slots=slots)


def facts_first() -> Test:
    slots = moved(PAGE, ["about", "questions"], after="title")
    return Test("facts-first", "What it is, and questions, higher up", "Answer before they have to look.", slots=slots)


def options_first() -> Test:
    return Test(
        "options-first",
        "Sizes and colours right under the pictures",
        "Show what there is before they want what there is not.",
        moved(PAGE, ["options"], "gallery"),
    )


def short_page() -> Test:
    wanted = ["gallery", "price", "title", "assurances_badges", "reviews_short", "options", "shipping", "about"]
    return Test("short-page", "A short page", "Everything that decides, on two screens.", slots={PAGE: wanted})


def shipping_first() -> Test:
    return Test(
        "shipping-first",
        "Delivery under the price",
        "Say when it comes and what that costs.",
        moved(PAGE, ["shipping"], "price"),
    )


def total_first() -> Test:
    blocks = known_slots()["checkout/body"]
    first = ["summary", "guarantee"]
    slots = {"checkout/body": [*first, *(block for block in blocks if block not in first)]}
    slots |= moved(PAGE, ["full_price"], after="price")
    why = "Say on the page what it comes to with shipping, and again at the top of the checkout."
    return Test("total-first", "The whole price from the start", why, slots=slots)


def payment_first() -> Test:
    return Test(
        "payment-first",
        "Payment above the address",
        "Show the ways to pay before anything is typed.",
        moved("checkout/body", ["payment"], "items"),
    )


def sums_first() -> Test:
    slots = {"cart/body": ["price_changes", "parcels", "unavailable", "sums", "coupons", "guarantee"]}
    return Test("cart-sums-first", "Sums before coupons in the cart", "Make going on the next thing to do.", slots)


def words(slug: str, name: str, why: str) -> Test:
    """What no variant can do."""
    return Test(slug, name, why)
