"""What an event on a product page adds to the figures of the product, and of the video it came from."""

from analytics.counts.journeys import Taken
from analytics.videos.reader import Page, Reader, props_of
from analytics.videos.sights import MOST_CENTS, MOST_MS, TEXT, more, name_in, once, tick, whole
from journey.steps import Step

BACK_US = 15_000_000  # left within five seconds, and the page one went back to had to be drawn
TENTHS = 100
COUPONS, CHOOSE = "coupons", "choose"  # a block and sheet, and a sheet, by the names the page gives them
DEPTHS = (25, 50, 75, 90)
PLACES = {
    Step.VIEW_FEED: "feed",
    Step.VIEW_PROFILE: "profile",
    Step.VIEW_SHOP: "shop",
    Step.SEARCH: "search",
    Step.VIEW_CART: "cart",
    Step.BEGIN_CHECKOUT: "checkout",
    Step.VIEW_ORDER: "order",
    Step.VIEW_SUPPORT: "support",
    Step.VIEW_ITEM: "product",
}
NAMES = {step.letter: name for step, name in PLACES.items()}
AT_ONCE_US = 500_000  # blocks that are told so close to one another left the screen together


def elsewhere(reader: Reader, event: Taken) -> None:
    """Another page was opened."""
    reader.page, reader.place = None, event[2]


def opened(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if not (product := name_in(props, "product", TEXT)):
        elsewhere(reader, event)
        return
    found, video = reader.here.product(product), name_in(props, "video", TEXT)
    more(found, "v")
    once(found, "jv")
    if props.get("sold_out") is True:
        tick(found, "vx", "sold_out")
    tick(found, "ve", "video" if video else NAMES.get(reader.place, "direct"))
    if video:
        tick(found, "vv", video)
        from_it = reader.here.video(video)
        more(from_it, "v")
        once(from_it, "jv")
        reader.came_from[product] = video
    if price := whole(props.get("value"), MOST_CENTS):
        more(found, "vc", price)
        if product not in reader.carted:  # what is in the cart is a size or colour with a price of its own
            reader.prices[product] = price
    page = Page(product, video, event[1], found)
    reader.pages[event[5]] = reader.page = reader.left = page
    reader.opened.append(page)
    reader.place = event[2]


def block(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        props = props_of(event)
        name, before = name_in(props, "block"), page.blocks.get(name_in(props, "block"))
        if name and (before is None or before[0] < event[6]):
            dwell, depth = (whole(props.get(key), most) or 0 for key, most in (("dwell_ms", MOST_MS), ("depth", 99)))
            page.blocks[name] = event[6], event[1], dwell, depth


def chosen(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        page.chosen = True


def sheet(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        page.sheets.add(name_in(props_of(event), "sheet"))


def scrolled(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        percent = props_of(event).get("percent")
        if type(percent) is int and percent in DEPTHS:
            page.scrolled = max(page.scrolled, percent)


def vital(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        props = props_of(event)
        if name := name_in(props, "name"):
            page.vitals[name] = whole(props.get("number"), MOST_MS) or 0, name_in(props, "rating")


def failed(reader: Reader, event: Taken) -> None:
    if page := reader.pages.get(event[5]):
        more(page.found, "e")


def tapped(reader: Reader, event: Taken) -> None:
    """Taps that did nothing, or in anger: on a product page, or while a video was on the screen."""
    if page := reader.pages.get(event[5]):
        more(page.found, event[2])
        tick(page.found, "dt", name_in(props_of(event), "element"))
    elif slug := reader.current.get(event[5]):
        more(reader.here.video(slug), event[2])


def went_back(reader: Reader, event: Taken) -> None:
    page = reader.left
    if page and not page.bounced and event[1] - page.at <= BACK_US:
        page.bounced = True
        for found in reader.here.of(page.product, page.video):
            more(found, "z")


def closed(page: Page) -> None:
    """What is known of a page view when everything has been read."""
    found = page.found
    tick(found, "j", page.scrolled)
    for name, (_, _, dwell, depth) in page.blocks.items():
        tick(found, "b", name)
        tick(found, "bm", name, dwell)
        tick(found, "bp", name, depth)
    for name in sorted(page.sheets):
        tick(found, "M", name)
    if page.chosen:
        more(found, "k")
    if CHOOSE in page.sheets:
        more(found, "Mk")
        if not page.chosen and not page.carted:
            more(found, "Mx")
    if COUPONS in page.sheets or COUPONS in page.blocks:
        more(found, "oc")
    _loaded(page)
    _decided(page)


def _loaded(page: Page) -> None:
    for name, (ms, rating) in sorted(page.vitals.items()):
        tick(page.found, "Wr", f"{name}:{rating}")
        if name == "LCP":
            more(page.found, "Wn")
            more(page.found, "Wm", ms)
            tick(page.found, "Wl", min(ms // 100, TENTHS))


def _decided(page: Page) -> None:
    if page.claimed:
        more(page.found, "ov")
        if page.carted:
            more(page.found, "ot")
    if not page.carted:
        more(page.found, "y")
        if page.blocks:
            tick(page.found, "by", _last_read(page))


def _last_read(page: Page) -> str:
    """The block that left the screen last; of several that left it together the one furthest down."""
    last = max(at for _, at, _, _ in page.blocks.values())
    together = [(block[3], block[0], name) for name, block in page.blocks.items() if last - block[1] <= AT_ONCE_US]
    return max(together)[2]


HANDLERS = dict.fromkeys(NAMES, elsewhere) | {
    Step.VIEW_ITEM.letter: opened,
    Step.VIEW_BLOCK.letter: block,
    Step.SELECT_VARIANT.letter: chosen,
    Step.OPEN_SHEET.letter: sheet,
    Step.SCROLL.letter: scrolled,
    Step.WEB_VITAL.letter: vital,
    Step.SCRIPT_ERROR.letter: failed,
    Step.DEAD_TAP.letter: tapped,
    Step.RAGE_TAP.letter: tapped,
    Step.BACK_BOUNCE.letter: went_back,
}
