"""A whole journey in one sentence, and where it stopped. Pure."""

from collections.abc import Sequence

from analytics.screens.slugs import named
from analytics.timelines.cards import Card, Page, Showing
from analytics.timelines.words import block_name, counted, money, spell
from journey.steps import Step

SECOND = 1_000_000
PLACES = {
    Step.VIEW_FEED: "the feed",
    Step.VIEW_PROFILE: "a profile",
    Step.VIEW_CART: "the cart",
    Step.VIEW_ITEM: "a product",
    Step.BEGIN_CHECKOUT: "the checkout",
    Step.VIEW_ORDER: "an order",
    Step.VIEW_SUPPORT: "the support pages",
    Step.VIEW_SHOP: "the shop",
    Step.SEARCH: "what was found",
}
NAMED = 2  # products that are called by name
DONE = {
    Step.VIEW_PROFILE: "looked at a profile",
    Step.SELECT_PROMOTION: "tapped an anchor",
    Step.SEARCH: "searched",
    Step.VIEW_SHOP: "looked around in the shop",
    Step.VIEW_CART: "opened the cart",
    Step.BEGIN_CHECKOUT: "went to the checkout",
    Step.CHECKOUT_ERROR: "was refused there",
    Step.CANCEL: "cancelled",
    Step.REFUND: "was paid back",
    Step.SUPPORT_OPEN: "opened a ticket",
    Step.SUBMIT_REVIEW: "wrote a review",
}


def story(cards: Sequence[Card]) -> str:
    """What was done, in the order of the first time; what is done again and again is counted."""
    parts: dict[str, str] = {}
    for card in cards:
        said = _part(card, cards)
        if said and said[0] not in parts:
            parts[said[0]] = said[1]
    last = _last(cards)
    read = _read_last(last) if isinstance(last, Page) else ""
    told = [*parts.values(), *([read] if read else []), "left"]
    text = ", ".join(told) + "."
    return text[:1].upper() + text[1:]


def stopped_at(cards: Sequence[Card]) -> str:
    """The last thing that was on the screen, and for how long: "read the price for 6 s"."""
    last = _last(cards)
    if isinstance(last, Showing):
        name = named(last.video) or "a video"
        return f"watched {name}" + (f" for {spell(last.watched)}" if last.watched is not None else "")
    if isinstance(last, Page):
        return _read_last(last) or _looked_at(last, cards)
    return ""


def _last(cards: Sequence[Card]) -> Card | None:
    """The last card somebody looked at."""
    return next((card for card in reversed(cards) if isinstance(card, Showing | Page)), None)


def _read_last(page: Page) -> str:
    block = page.last_read
    if not block:
        return ""
    dwell = page.blocks[block]
    return f"read the {block_name(block)}" + (f" for {spell(dwell)}" if dwell else "")


def _looked_at(page: Page, cards: Sequence[Card]) -> str:
    """Until the last thing that was told at all."""
    name = str(page.value("product") or "") if page.step is Step.VIEW_ITEM else ""
    place = named(name) or PLACES.get(page.step, "a page")
    for_how_long = max(card.until for card in cards) - page.at
    return f"looked at {place}" + (f" for {spell(for_how_long)}" if for_how_long >= SECOND else "")


def _part(card: Card, cards: Sequence[Card]) -> tuple[str, str] | None:
    """A key that is said once, and the words for all cards with it."""
    if isinstance(card, Showing):
        return "watched", _watched([one for one in cards if isinstance(one, Showing)])
    if card.step is Step.VIEW_ITEM:
        return "opened", "opened " + _things(cards, Step.VIEW_ITEM, "product")
    if card.step is Step.ADD_TO_CART:
        return "added", f"put {_things(cards, Step.ADD_TO_CART, 'product')} into the cart"
    if card.step is Step.PURCHASE:
        return "bought", _bought(cards)
    return (card.step.value, DONE[card.step]) if card.step in DONE else None


def _watched(showings: Sequence[Showing]) -> str:
    videos = {showing.video for showing in showings} if all(one.video for one in showings) else showings
    said = f"watched {counted(len(videos), 'video')}"
    known = [showing.watched for showing in showings if showing.watched is not None]
    tapped = sum(1 for showing in showings if showing.anchor_tapped)
    return said + (f" for {spell(sum(known))}" if known else "") + (" and tapped an anchor" if tapped else "")


def _things(cards: Sequence[Card], step: Step, name: str) -> str:
    """Rose Serum; Rose Serum and Lip Butter; 5 products; a product, when its name is not known."""
    taken = [card for card in cards if card.step is step]
    slugs = list(dict.fromkeys(str(card.value(name) or "") for card in taken))
    if len(slugs) > NAMED:
        return counted(len(slugs), name)
    if not all(slugs):
        return f"a {name}"
    return " and ".join(named(slug) for slug in slugs)


def _bought(cards: Sequence[Card]) -> str:
    bought = [event for card in cards for event in card.events if event.step is Step.PURCHASE]
    values = [event.props.get("value") for event in bought]
    cents = sum(value for value in values if type(value) is int)
    sums = f" for {money(cents, bought[0].props.get('currency'))}" if cents else ""
    return "bought" + (f" {len(bought)} times" if len(bought) > 1 else "") + sums
