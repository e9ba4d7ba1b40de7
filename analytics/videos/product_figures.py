"""Everything that is counted of a product, and the rates that follow from it."""

from dataclasses import dataclass

from analytics.shares import Share
from analytics.videos.fields import Spread, number, share, spread
from analytics.videos.rates import Rates


@dataclass(slots=True)
class ProductFigures(Rates):
    """What happened to one product in the journeys of some days. `participants` is exact for the days asked for."""

    product: str = ""
    participants: int = 0  # people who opened its page

    # On the way to the page.
    anchors_seen: int = number("a", "times its anchor on a video was on the screen for a second")
    clicks: int = number("A", "taps on its anchor on a video")
    list_clicks: int = number("I", "taps on it in a list of products")
    lists: Spread = spread("Il", "list, without what stands behind its colon → taps")
    # The page. A page view lasts until the next page is opened.
    page_views: int = number("v", "times its page was opened")
    entries: Spread = spread("ve", "where from: video, profile, shop, search, cart, order, product, or direct")
    videos: Spread = spread("vv", "video → page views that came from it")
    sold_out: Spread = spread("vx", "sold_out → page views in which nothing of it was in stock")
    browsers: Spread = spread("ub", "browser → page views")
    failing_browsers: Spread = spread("ue", "browser → scripts that failed on its page")
    cart_browsers: Spread = spread("ut", "browser → journeys that put it into the cart")
    price_cents: int = number("vc", "cents asked for on the page, summed over its views")
    bounces: int = number("z", "page views that were left within 5 seconds by going back")
    exits: int = number("y", "page views after which it was not put into the cart before the next page")
    loads: int = number("Wn", "page views of which it is known how fast the page was drawn (LCP)")
    load_ms: int = number("Wm", "milliseconds until it was drawn, in all of these")
    load: Spread = spread("Wl", "tenths of a second until it was drawn, 100 for 10 seconds and more → page views")
    ratings: Spread = spread("Wr", "vital:rating, as in LCP:poor → page views")
    blocks: Spread = spread("b", "block → page views in which it was read")
    dwell_ms: Spread = spread("bm", "block → milliseconds it was on the screen")
    places: Spread = spread("bp", "block → its place on the page, summed over the page views in which it was read")
    last_blocks: Spread = spread("by", "block → exits before which it was the last one read")
    scrolled: Spread = spread("j", "percent of the page that was seen: 0, 25, 50, 75, 90 → page views")
    sheets: Spread = spread("M", "sheet → page views in which it was opened")
    sku_sheets: int = number("Mk", "page views in which the sheet of sizes and colours was opened")
    dead_ends: int = number("Mx", "of these, those in which nothing was chosen or put into the cart")
    choices: int = number("k", "page views in which a SKU was chosen")
    coupons_seen: int = number("oc", "page views in which a coupon was read or its sheet opened")
    coupons_claimed: int = number("o", "coupons claimed on its page")
    coupon_carts: int = number("ot", "page views in which a coupon was claimed and it was put into the cart")
    coupon_views: int = number("ov", "page views in which a coupon was claimed")
    questions: int = number("Q", "questions asked on its page")
    wishes: int = number("h", "times it was saved for later")
    dead_taps: int = number("d", "taps on its page that did nothing")
    rage_taps: int = number("g", "taps in anger on its page")
    tapped: Spread = spread("dt", "element → taps on its page that did nothing or were made in anger")
    script_errors: int = number("e", "scripts that failed on its page")
    # People: each counts once for a journey, so a period is the sum of its days.
    journeys: int = number("jv", "journeys that opened its page")
    anchor_journeys: int = number("ja", "journeys in which its anchor was seen")
    click_journeys: int = number("jA", "journeys in which its anchor was tapped")
    cart_journeys: int = number("jt", "journeys that put it into the cart")
    checkout_journeys: int = number("jK", "journeys with a checkout of it")
    buyer_journeys: int = number("jB", "journeys with an order of it")
    tap_journeys: int = number("JI", "journeys in which its anchor, or it in a list of products, was tapped")
    read_journeys: int = number("Jb", "journeys in which a block of its page was read")
    choose_journeys: int = number("Jk", "journeys in which a SKU was chosen on its page")
    address_journeys: int = number("JKs", "journeys with a checkout of it in which address and delivery were given")
    payment_journeys: int = number("JKy", "journeys with a checkout of it in which a payment was chosen")
    return_journeys: int = number("Jm", "journeys with an order of it that was cancelled or was to be returned")
    refund_journeys: int = number("JR", "journeys with an order of it of which something was paid back")
    since: Spread = spread("S", "days since the participant last opened it, 0 for never → participants of the day")
    # The sale.
    carts: int = number("t", "times it was put into the cart or bought now")
    cart_cents: int = number("tc", "cents of what was put into the cart")
    removals: int = number("r", "times it was taken out of the cart")
    checkouts: int = number("K", "checkouts opened of it")
    checkout_cents: int = number("Kc", "cents to pay in checkouts of which the price on the page is known")
    expected_cents: int = number("Ke", "cents the page had asked for in these: price times pieces")
    addresses: int = number("Ks", "checkouts in which address and delivery were given")
    payments: int = number("Ky", "checkouts in which a payment was chosen")
    methods: Spread = spread("Kp", "payment → how often it was chosen")
    failed_payments: int = number("Kx", "times a payment failed")
    stock_outs: int = number("Ko", "times the checkout found it sold out")
    errors: Spread = spread("x", "field:code of what the checkout refused → how often")
    field_errors: Spread = spread("J", "field → times it was refused in its checkout, by the browser or the shop")
    orders: int = number("B", "orders of it")
    units: int = number("Bq", "pieces in these orders")
    order_cents: int = number("Bc", "cents of these orders, with what was cancelled and paid back later")
    sellers: Spread = spread("Bv", "video → orders of it that are attributed to the video")
    # What became of its orders, counted on the day of the order.
    cancelled: int = number("n", "orders that were cancelled")
    cancelled_cents: int = number("nc", "cents of these")
    refunded: int = number("R", "orders of which something was paid back")
    refund_cents: int = number("Rc", "cents paid back")
    return_requests: int = number("m", "orders of which something was to be returned")
    return_reasons: Spread = spread("mr", "reason of a return → how often")
    ticket_orders: int = number("To", "orders with a ticket")
    tickets: int = number("T", "tickets about its orders, or about it before any order")
    topics: Spread = spread("Tk", "topic of a ticket → how often")
    outcomes: Spread = spread("Tu", "solved, escalate, reopen, or csat:stars → how often a ticket came to that")
    reviews: int = number("V", "reviews of it")
    stars: Spread = spread("Vs", "stars of a review → how often")

    @property
    def slow(self) -> Share | None:
        """Of the page views of which it is known, those drawn after more than 2.5 seconds."""
        return share(sum(n for tenths, n in self.load.items() if int(tenths) >= 25), self.loads)

    @property
    def dead_end(self) -> Share | None:
        return share(self.dead_ends, self.sku_sheets)

    @property
    def scrolled_25(self) -> Share | None:
        return share(sum(n for percent, n in self.scrolled.items() if int(percent) >= 25), self.page_views)

    @property
    def coupon_seen(self) -> Share | None:
        return share(self.coupons_seen, self.page_views)

    @property
    def cart_rate(self) -> Share | None:
        return share(self.cart_journeys, self.journeys)

    @property
    def address_rate(self) -> Share | None:
        return share(self.addresses, self.checkouts)

    @property
    def conversion(self) -> Share | None:
        """Journeys with an order of journeys that opened the page."""
        return share(self.buyer_journeys, self.journeys)

    @property
    def mean_price_cents(self) -> float | None:
        return self.price_cents / self.page_views if self.page_views else None

    @property
    def surprise(self) -> float | None:
        """By what share the checkout asked for more than the page."""
        return self.checkout_cents / self.expected_cents - 1 if self.expected_cents else None

    @property
    def mean_load_s(self) -> float | None:
        return self.load_ms / self.loads / 1000 if self.loads else None
