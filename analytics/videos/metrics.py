"""The figures that boards and pages show: their names, formulas, and how they are read from what was counted."""

from dataclasses import dataclass
from typing import Any

from analytics.shares import Share

COUNT, SHARE, CENTS, SECONDS, STARS = "count", "share", "cents", "seconds", "stars"
Value = Share | float | int | None


@dataclass(frozen=True, slots=True)
class Metric:
    """`needs` are the numbers it follows from; `low_is_good` says which end of a comparison is the better one."""

    key: str
    label: str
    meaning: str
    unit: str
    needs: tuple[str, ...]
    low_is_good: bool = False

    @property
    def opens(self) -> tuple[str, ...]:
        """The figures whose journeys are behind it; of a rate, of those who did."""
        return self.needs if self.unit == COUNT else self.needs[:1]

    def of(self, figures: Any) -> Value:
        value: Value = getattr(figures, self.key)
        return value


def _count(key: str, label: str, meaning: str, *needs: str) -> Metric:
    return Metric(key, label, meaning, COUNT, needs or (key,))


def _share(key: str, label: str, meaning: str, *needs: str, low_is_good: bool = False) -> Metric:
    return Metric(key, label, meaning, SHARE, needs, low_is_good)


def _cents(key: str, label: str, meaning: str, *needs: str) -> Metric:
    return Metric(key, label, meaning, CENTS, needs)


AFTER = [
    _share("cancel_rate", "Cancelled", "orders that were cancelled / orders", "cancelled", "orders", low_is_good=True),
    _share("refund_rate", "Paid back", "orders with a refund / orders", "refunded", "orders", low_is_good=True),
    _share("ticket_rate", "Tickets", "orders with a ticket / orders", "ticket_orders", "orders", low_is_good=True),
]
MONEY = [
    _count("orders", "Orders", "orders by the rule of attribution"),
    _cents("order_cents", "GMV", "cents of these orders, with what was cancelled and paid back", "order_cents"),
    _cents("net_cents", "Net", "GMV − cents paid back", "order_cents", "refund_cents"),
    _cents("aov_cents", "AOV", "GMV / orders", "order_cents", "orders"),
]
TO_CHECKOUT = _share(
    "checkout_rate",
    "To the checkout",
    "journeys with a checkout / journeys with a cart",
    "checkout_journeys",
    "cart_journeys",
)
PAID = _share("payment_rate", "Payment rate", "orders / (orders + payments that failed)", "orders", "failed_payments")
VIDEO_METRICS = [
    _count("impressions", "Shown", "showings in which half of it was on the screen"),
    _count("plays", "Plays", "starts + replays: what platforms call views", "starts", "loops"),
    _count("views", "2-second views", "showings on the screen for 2 seconds without a break, or played for 2"),
    _count("replays", "Replays", "times it began again", "loops"),
    _count("journeys", "Journeys", "journeys in which it was shown"),
    _share("view_rate", "View rate", "2-second views / showings", "views", "impressions"),
    _share("hold_3s", "Held 3 s", "showings played for 3 seconds / showings with a summary", "held_3s", "showings"),
    _share("hold_6s", "Held 6 s", "showings played for 6 seconds / showings with a summary", "held_6s", "showings"),
    _share(
        "completion", "To the end", "showings that came to the end / showings with a summary", "completed", "showings"
    ),
    Metric("mean_watch_s", "Mean watch", "time played / showings with a summary", SECONDS, ("watch_ms", "showings")),
    _share(
        "anchor_display",
        "Anchor display",
        "journeys that saw its anchor / journeys it was shown in",
        "anchor_journeys",
        "journeys",
    ),
    _share("ctr", "CTR of anchors seen", "taps on its anchor / times the anchor was seen", "clicks", "anchors_seen"),
    _share("ctr_of_plays", "CTR of plays", "taps on its anchor / plays", "clicks", "starts", "loops"),
    _count("clicks", "Taps", "taps on its anchor"),
    _share("page_arrival", "Page opened", "product pages opened from it / taps", "page_views", "clicks"),
    _share(
        "bounce",
        "Back at once",
        "pages left within 5 seconds by going back / pages opened",
        "bounces",
        "page_views",
        low_is_good=True,
    ),
    _share(
        "cart_rate", "Into the cart", "journeys with a cart / journeys with a page", "cart_journeys", "page_journeys"
    ),
    TO_CHECKOUT,
    PAID,
    _share("ctor", "CTOR", "orders / taps", "orders", "clicks"),
    _share(
        "ctor_of_journeys",
        "CTOR of journeys",
        "journeys with an order / journeys with a tap",
        "buyer_journeys",
        "click_journeys",
    ),
    *MONEY,
    _cents("gpm_cents", "GPM", "GMV / plays × 1,000", "order_cents", "starts", "loops"),
    _count("assisted_orders", "Assisted", "orders attributed elsewhere, in journeys that had viewed it before"),
    *AFTER,
]
PRODUCT_METRICS = [
    _count("anchors_seen", "Anchor seen", "times its anchor on a video was seen"),
    _count("clicks", "Anchor taps", "taps on its anchor on a video"),
    _share("ctr", "CTR", "taps on its anchor / times the anchor was seen", "clicks", "anchors_seen"),
    _count("page_views", "Page views", "times its page was opened"),
    _count("journeys", "Journeys", "journeys that opened its page"),
    _share(
        "bounce",
        "Back at once",
        "page views left within 5 seconds by going back / page views",
        "bounces",
        "page_views",
        low_is_good=True,
    ),
    Metric(
        "mean_load_s", "Drawn after", "mean time until the page was drawn (LCP)", SECONDS, ("load_ms", "loads"), True
    ),
    _share(
        "dead_end",
        "Dead ends",
        "size sheets opened without a choice / size sheets opened",
        "dead_ends",
        "sku_sheets",
        low_is_good=True,
    ),
    _share(
        "coupon_seen", "Coupon seen", "page views in which a coupon was read / page views", "coupons_seen", "page_views"
    ),
    _share(
        "cart_rate",
        "Into the cart",
        "journeys with a cart / journeys that opened the page",
        "cart_journeys",
        "journeys",
    ),
    TO_CHECKOUT,
    _share("address_rate", "Address given", "checkouts with an address / checkouts", "addresses", "checkouts"),
    PAID,
    _share(
        "conversion",
        "Conversion",
        "journeys with an order / journeys that opened the page",
        "buyer_journeys",
        "journeys",
    ),
    *MONEY,
    *AFTER,
]
ON_VIDEO_BOARD = (
    "plays", "journeys", "hold_3s", "anchor_display", "ctr", "clicks", "cart_rate", "ctor", "orders", "order_cents",
    "gpm_cents", "refund_rate",
)  # fmt: skip
ON_PRODUCT_BOARD = (
    "page_views", "journeys", "ctr", "bounce", "cart_rate", "checkout_rate", "payment_rate", "conversion", "orders",
    "order_cents", "aov_cents", "refund_rate",
)  # fmt: skip
