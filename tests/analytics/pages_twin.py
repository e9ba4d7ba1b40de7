"""The slow twin of product pages: what was read, tapped and opened while one was open."""

from collections import Counter

from tests.analytics.seen_around import PLACES, both, here_before, page_open
from tests.analytics.taken import SECOND


def page_on(event, before):
    """The product page whose browser says this."""
    pages = [e for e in before if e.letter == "v" and e.product and e.trail == event.trail]
    return pages[-1] if pages else None


def of_pages(event, before, here, events):
    if event.letter == "v" and event.product:
        yield from page_view(event, here, events)
    page = page_on(event, before)
    if page and event.letter in "dgE":
        figure = {"d": "dead_taps", "g": "rage_taps", "E": "script_errors"}[event.letter]
        yield "product", page.walk, page.product, (figure, None), 1
        if event.letter in "dg" and event.element:
            yield "product", page.walk, page.product, ("tapped", event.element), 1
    if event.letter == "z":
        opened = [e for e in here if e.letter == "v" and e.product]
        if opened and event.at - opened[-1].at <= 15 * SECOND:
            after = here[here.index(opened[-1]) :]
            if not [e for e in after if e.letter == "z"]:
                yield from both(event.walk, opened[-1].product, opened[-1].video, "bounces")
    if event.letter == "o" and (at := page_open(event, here)):
        yield "product", event.walk, at.product, ("coupons_claimed", None), 1


def page_view(view, here, events):
    def one(figure, n=1, name=None):
        return "product", view.walk, view.product, (figure, name), n

    later = events[events.index(view) + 1 :]
    mine = [e for e in later if page_on(e, events[: events.index(e)]) is view]
    while_open = [e for e in later if e.walk == view.walk and page_open(e, here_before(e, events)) is view]
    did = Counter(e.letter for e in mine)
    carted = any(e.letter == "t" and e.product == view.product for e in while_open)
    claimed = any(e.letter == "o" for e in while_open)
    places = [e for e in here if e.letter in PLACES]
    yield from both(view.walk, view.product, view.video, "page_views")
    yield one("price_cents", view.value or 0)
    if view.sold_out is True:
        yield one("sold_out", name="sold_out")
    yield one("entries", name="video" if view.video else PLACES[places[-1].letter] if places else "direct")
    if view.video:
        yield one("videos", name=view.video)
    yield one("scrolled", name=str(max([0, *(e.percent for e in mine if e.letter == "j")])))
    sheets = {e.sheet for e in mine if e.letter == "M"}
    yield from (one("sheets", name=sheet) for sheet in sheets)
    blocks = [e for e in mine if e.letter == "b" and e.n == max(o.n for o in mine if o.block == e.block)]
    for block in blocks:
        yield one("blocks", name=block.block)
        yield one("dwell_ms", block.dwell_ms or 0, block.block)
        yield one("places", block.depth or 0, block.block)
    yield one("choices", int(did["k"] > 0))
    yield one("sku_sheets", int("choose" in sheets))
    yield one("dead_ends", int("choose" in sheets and not did["k"] and not carted))
    yield one("coupons_seen", int("coupons" in sheets or any(b.block == "coupons" for b in blocks)))
    yield one("coupon_views", int(claimed))
    yield one("coupon_carts", int(claimed and carted))
    yield one("exits", int(not carted))
    if blocks and not carted:
        end = max(b.at for b in blocks)
        last = max((b for b in blocks if end - b.at <= SECOND / 2), key=lambda b: (b.depth or 0, b.n, b.block))
        yield one("last_blocks", name=last.block)
    vitals = {e.name: e for e in mine if e.letter == "W"}
    for vital in vitals.values():
        yield one("ratings", name=f"{vital.name}:{vital.rating}")
    if "LCP" in vitals:
        yield one("loads")
        yield one("load_ms", vitals["LCP"].number)
        yield one("load", name=str(min(100, vitals["LCP"].number // 100)))
