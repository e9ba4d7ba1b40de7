"""What a step says, as a sentence about somebody: from its meaning, and with the names it is about. Pure."""

from collections.abc import Mapping
from typing import Any

from analytics.screens.slugs import named
from analytics.timelines.cards import MS
from analytics.written import amount
from journey.steps import Step

# Step → a sentence with the names of its properties; the first one whose properties are all there is said.
SENTENCES: dict[Step, tuple[str, ...]] = {
    Step.VIEW_FEED: ("Opened the feed",),
    Step.VIDEO_ENGAGE: ("{engaged} {video}", "{engaged} @{creator}"),
    Step.VIEW_PROFILE: ("Opened the profile of @{creator}",),
    Step.VIEW_CART: ("Opened the cart",),
    Step.SELECT_PROMOTION: ("Tapped {product} on the video",),
    Step.VIEW_PROMOTION: ("Saw {product} offered on the video",),
    Step.VIEW_ITEM_LIST: ("Saw the list “{list}”",),
    Step.SELECT_ITEM: ("Tapped {product} in the list “{list}”", "Tapped {product} in a list"),
    Step.VIEW_ITEM: ("Opened {product}",),
    Step.SELECT_VARIANT: ("Chose {sku}",),
    Step.CLAIM_COUPON: ("Claimed the coupon {code}",),
    Step.ASK_QUESTION: ("Asked a question about {product}",),
    Step.ADD_TO_CART: ("Put {product} into the cart",),
    Step.REMOVE_FROM_CART: ("Took {product} out of the cart",),
    Step.ADD_TO_WISHLIST: ("Saved {product} for later",),
    Step.BEGIN_CHECKOUT: ("Opened the checkout",),
    Step.ADD_SHIPPING_INFO: ("Gave an address and a delivery",),
    Step.ADD_PAYMENT_INFO: ("Chose to pay by {payment}",),
    Step.CHECKOUT_ERROR: (
        "The checkout said no: {code}, in the field {field}",
        "The checkout said no: {code}",
        "The checkout said no",
    ),
    Step.PURCHASE: ("Bought order {order}", "Placed and paid an order"),
    Step.VIEW_ORDER: ("Looked at order {order}",),
    Step.CANCEL: ("Cancelled order {order}",),
    Step.REQUEST_RETURN: ("Asked to return something of order {order}",),
    Step.REFUND: ("Was paid back for order {order}",),
    Step.VIEW_SUPPORT: ("Opened the support pages",),
    Step.SUPPORT_OPEN: ("Opened ticket {ticket}",),
    Step.SUPPORT_REPLY: ("Wrote in ticket {ticket}",),
    Step.SUPPORT_RESOLVED: ("Had ticket {ticket} resolved",),
    Step.SUBMIT_REVIEW: ("Gave {product} {stars} stars", "Reviewed {product}"),
    Step.VIEW_SHOP: ("Opened the shelf {category}", "Opened the shop"),
    Step.SEARCH: ("Searched for “{term}”",),
    Step.RAGE_TAP: ("Tapped {element} again and again",),
    Step.DEAD_TAP: ("Tapped {element}, which does nothing",),
    Step.BACK_BOUNCE: ("Came back at once from {place}",),
    Step.OPEN_SHEET: ("Opened the sheet “{sheet}”",),
    Step.FIELD_ERROR: ("The field {field} was not filled in well: {code}", "The field {field} was not filled in well"),
    Step.SCRIPT_ERROR: ("A script failed: {message}",),
}
NAMES = ("video", "product", "category", "sku")  # slugs that are read as names
ENGAGED = {"like": "Liked", "comment": "Commented on", "save": "Saved", "share": "Shared", "follow": "Followed"}
# Properties that stand beside the sentence, with their words.
BESIDE = {
    "quantity": "{} pieces",
    "method": "by {}",
    "payment": "paid by {}",
    "kind": "about {}",
    "results": "{} found",
    "position": "place {} in the feed",
    "page": "page {}",
    "list": "from the list {}",
    "place": "at {}",
    "stayed_ms": "stayed {} ms",
    "file": "in {}",
    "line": "line {}",
    "block": "in the block {}",
    "stars": "{} stars",
}
SHOWN_BESIDE: dict[Step, tuple[str, ...]] = {
    Step.ADD_TO_CART: ("quantity", "method"),
    Step.PURCHASE: ("payment", "quantity"),
    Step.SUPPORT_OPEN: ("kind",),
    Step.SUPPORT_REPLY: ("kind", "stars"),
    Step.SEARCH: ("results", "page"),
    Step.VIEW_SHOP: ("page",),
    Step.VIEW_FEED: ("page",),
    Step.RAGE_TAP: ("block", "place"),
    Step.DEAD_TAP: ("block", "place"),
    Step.BACK_BOUNCE: ("stayed_ms",),
    Step.SCRIPT_ERROR: ("file", "line"),
}


def sentence(step: Step, props: Mapping[str, Any]) -> str:
    """Never empty: of a step with properties that say nothing, its meaning is said."""
    words = _words(step, props)
    for text in SENTENCES.get(step, ()):
        try:
            return text.format_map(words)
        except KeyError:
            continue
    return step.meaning[:1].upper() + step.meaning[1:]


def beside(step: Step, props: Mapping[str, Any]) -> list[str]:
    said = [(name, props[name]) for name in SHOWN_BESIDE.get(step, ()) if _says(props.get(name))]
    return [
        "1 piece" if (name, value) == ("quantity", 1) else BESIDE[name].format(_plain(value)) for name, value in said
    ]


def _plain(value: Any) -> Any:
    """buy_now → buy now"""
    return value.replace("_", " ") if isinstance(value, str) else value


def _words(step: Step, props: Mapping[str, Any]) -> dict[str, str]:
    words = {name: str(value) for name, value in props.items() if _says(value)}
    words |= {name: named(words[name]) for name in NAMES if name in words}
    words |= {name: words[name].replace("_", " ").replace(",", ", ") for name in ("field", "code") if name in words}
    if step is Step.VIDEO_ENGAGE:
        words["engaged"] = ENGAGED.get(words.get("kind", ""), "Engaged with")
    return words


def _says(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def money(cents: Any, currency: Any = "") -> str:
    """1690, "USD" → 16.90 USD; empty for what is not a sum."""
    if type(cents) is not int:
        return ""
    return f"{amount(cents)} {currency or ''}".strip()


def spell(us: int | None) -> str:
    """How long, as a person says it: 0.4 s, 12 s, 1 min 12 s, 2 h 5 min."""
    if us is None:
        return ""
    seconds = us / (1_000 * MS)
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3_600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    minutes = round(seconds / 60)
    return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")


def clock(us: int) -> str:
    """Time since the beginning: 0:04.0, 12:30.5, 1:02:07."""
    tenths = us // 100_000
    minutes, seconds = divmod(tenths, 600)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}:{seconds // 10:02}"
    return f"{minutes}:{seconds // 10:02}.{seconds % 10}"


def counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def block_name(block: str) -> str:
    """price_big → price big"""
    return block.replace("_", " ").replace("-", " ").strip()
