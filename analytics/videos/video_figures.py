"""Everything that is counted of a video, and the rates that follow from it."""

from dataclasses import dataclass

from analytics.shares import Share
from analytics.videos.fields import Spread, number, share, spread
from analytics.videos.rates import Rates


@dataclass(slots=True)
class VideoFigures(Rates):
    """What happened to one video in the journeys of some days. `participants` is exact for the days asked for."""

    video: str = ""
    participants: int = 0  # people to whom it was shown

    # Watching: a showing lasts from half of it on the screen until it is not, or the page is left.
    impressions: int = number("i", "showings: half of it was on the screen")
    starts: int = number("s", "showings in which it began to play")
    muted_starts: int = number("sm", "starts without sound")
    views: int = number("X", "showings of 2 seconds without a break")
    loops: int = number("l", "times it began again from its start")
    showings: int = number("w", "showings with a summary of what was watched")
    watch_ms: int = number("wm", "milliseconds played, in all showings")
    held_3s: int = number("w3", "showings played for 3 seconds")
    held_6s: int = number("w6", "showings played for 6 seconds")
    completed: int = number("wc", "showings that came to the end of the clip")
    curve_showings: int = number("wk", "showings of which it is known which parts were played")
    watch: Spread = spread("W", "half seconds played, 120 for a minute and more → showings")
    curve: Spread = spread("wp", "twentieth of the clip, from 0 → showings in which it was played")
    start_delay: Spread = spread("D", "tenths of a second until it played, 50 for 5 seconds and more → starts")
    exits: Spread = spread("E", "why a showing ended: left, hidden, ended, or playing when nothing more was heard")
    engagements: Spread = spread("e", "like, comment, save, share, follow → how often")
    # People: each counts once for a journey, so a period is the sum of its days.
    journeys: int = number("j", "journeys in which it was shown")
    view_journeys: int = number("jx", "journeys in which it was played for 2 seconds or seen for as long")
    anchor_journeys: int = number("ja", "journeys in which its product anchor was seen")
    click_journeys: int = number("jA", "journeys in which its product anchor was tapped")
    page_journeys: int = number("jv", "journeys with a product page that came from it")
    cart_journeys: int = number("jt", "journeys that put something from it into the cart")
    checkout_journeys: int = number("jK", "journeys with a checkout of something from it")
    buyer_journeys: int = number("jB", "journeys with an order from it")
    start_journeys: int = number("Js", "journeys in which it began to play")
    hold_journeys: int = number("Jw6", "journeys in which a showing was played for 6 seconds")
    complete_journeys: int = number("Jwc", "journeys in which a showing came to the end of the clip")
    engage_journeys: int = number(
        "Je", "journeys in which it was liked, commented, saved, shared, or its creator followed"
    )
    address_journeys: int = number("JKs", "journeys with a checkout of it in which address and delivery were given")
    payment_journeys: int = number("JKy", "journeys with a checkout of it in which a payment was chosen")
    return_journeys: int = number("Jm", "journeys with an order of it that was cancelled or was to be returned")
    refund_journeys: int = number("JR", "journeys with an order of it of which something was paid back")
    since: Spread = spread("S", "days since the participant last saw it, 0 for never → participants of the day")
    # The anchor.
    anchors_seen: int = number("a", "times its anchor was on the screen for a second, once a page and product")
    clicks: int = number("A", "taps on its anchor")
    anchor_at: Spread = spread("aa", "second of the clip at which the anchor was seen → how often")
    anchor_after: Spread = spread("as", "seconds of the showing before the anchor was seen, 60 for more → how often")
    tap_at: Spread = spread("At", "second of the clip at which the anchor was tapped → how often")
    tap_after: Spread = spread("As", "seconds of the showing before the anchor was tapped, 60 for more → how often")
    offered: Spread = spread("ap", "product → times its anchor was seen on this video")
    clicked: Spread = spread("Ap", "product → taps on its anchor on this video")
    sources: Spread = spread("cs", "source of the journey → times its anchor was seen")
    tapping_sources: Spread = spread("cA", "source of the journey → taps on its anchor")
    dead_taps: int = number("d", "taps that did nothing, while it was the last video shown")
    rage_taps: int = number("g", "taps in anger, while it was the last video shown")
    # The sale.
    page_views: int = number("v", "product pages opened from it")
    bounces: int = number("z", "product pages from it that were left within 5 seconds by going back")
    wishes: int = number("h", "products from it that were saved for later")
    carts: int = number("t", "times something from it was put into the cart or bought now")
    cart_cents: int = number("tc", "cents of what was put into the cart")
    checkouts: int = number("K", "checkouts opened of something from it")
    addresses: int = number("Ks", "checkouts in which address and delivery were given")
    payments: int = number("Ky", "checkouts in which a payment was chosen")
    failed_payments: int = number("Kx", "times a payment failed")
    errors: Spread = spread("x", "field:code of what the checkout refused → how often")
    orders: int = number("B", "orders that are attributed to it")
    units: int = number("Bq", "pieces in these orders")
    order_cents: int = number("Bc", "cents of these orders, with what was cancelled and paid back later")
    assisted_orders: int = number("b", "orders of others' in journeys in which it had been viewed before")
    later_orders: Spread = spread(
        "bl", "product → orders without a video, within 7 days of a tap in an earlier journey"
    )
    assisted_cents: int = number("bc", "cents of these orders")
    # What became of its orders, counted on the day of the order.
    cancelled: int = number("n", "orders that were cancelled")
    cancelled_cents: int = number("nc", "cents of these")
    refunded: int = number("R", "orders of which something was paid back")
    refund_cents: int = number("Rc", "cents paid back")
    return_requests: int = number("m", "orders of which something was to be returned")
    return_reasons: Spread = spread("mr", "reason of a return → how often")
    ticket_orders: int = number("To", "orders with a ticket")
    tickets: int = number("T", "tickets about its orders")
    topics: Spread = spread("Tk", "topic of a ticket → how often")
    outcomes: Spread = spread("Tu", "solved, escalate, reopen, or csat:stars → how often a ticket came to that")
    reviews: int = number("V", "reviews of what was bought")
    stars: Spread = spread("Vs", "stars of a review → how often")

    @property
    def plays(self) -> int:
        """Every start and every time it began again: what platforms call views of an organic video."""
        return self.starts + self.loops

    @property
    def replays(self) -> int:
        return self.loops

    @property
    def view_rate(self) -> Share | None:
        return share(self.views, self.impressions)

    @property
    def hold_3s(self) -> Share | None:
        return share(self.held_3s, self.showings)

    @property
    def hold_6s(self) -> Share | None:
        return share(self.held_6s, self.showings)

    @property
    def completion(self) -> Share | None:
        return share(self.completed, self.showings)

    @property
    def muted(self) -> Share | None:
        return share(self.muted_starts, self.starts)

    @property
    def anchor_display(self) -> Share | None:
        """Of the journeys in which it was shown, those in which its anchor was seen."""
        return share(self.anchor_journeys, self.journeys)

    @property
    def ctr_of_plays(self) -> Share | None:
        """Of all plays: the base of many tools."""
        return share(self.clicks, self.plays)

    @property
    def page_arrival(self) -> Share | None:
        return share(self.page_views, self.clicks)

    @property
    def cart_rate(self) -> Share | None:
        return share(self.cart_journeys, self.page_journeys)

    @property
    def ctor(self) -> Share | None:
        """Orders of taps."""
        return share(self.orders, self.clicks)

    @property
    def ctor_of_journeys(self) -> Share | None:
        """Journeys with an order of journeys with a tap."""
        return share(self.buyer_journeys, self.click_journeys)

    @property
    def engagement(self) -> Share | None:
        return share(sum(self.engagements.values()), self.plays)

    @property
    def gpm_cents(self) -> float | None:
        """Cents of orders in a thousand plays."""
        return 1000 * self.order_cents / self.plays if self.plays else None

    @property
    def mean_watch_s(self) -> float | None:
        """Seconds played in a showing."""
        return self.watch_ms / self.showings / 1000 if self.showings else None
