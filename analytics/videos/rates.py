"""The rates that videos and products have in common."""

from analytics.shares import Share
from analytics.videos.fields import Figures, Spread, share


class Rates(Figures):
    """What follows from these of their figures."""

    __slots__ = ()
    clicks: int
    anchors_seen: int
    bounces: int
    page_views: int
    checkout_journeys: int
    cart_journeys: int
    orders: int
    failed_payments: int
    cancelled: int
    refunded: int
    ticket_orders: int
    order_cents: int
    refund_cents: int
    reviews: int
    stars: Spread

    @property
    def ctr(self) -> Share | None:
        """Of the times its anchor was seen, those with a tap: the base of platforms' own reports."""
        return share(self.clicks, self.anchors_seen)

    @property
    def bounce(self) -> Share | None:
        return share(self.bounces, self.page_views)

    @property
    def checkout_rate(self) -> Share | None:
        return share(self.checkout_journeys, self.cart_journeys)

    @property
    def payment_rate(self) -> Share | None:
        """Of all payments that were tried, those that worked."""
        return share(self.orders, self.orders + self.failed_payments)

    @property
    def cancel_rate(self) -> Share | None:
        return share(self.cancelled, self.orders)

    @property
    def refund_rate(self) -> Share | None:
        return share(self.refunded, self.orders)

    @property
    def ticket_rate(self) -> Share | None:
        return share(self.ticket_orders, self.orders)

    @property
    def aov_cents(self) -> float | None:
        return self.order_cents / self.orders if self.orders else None

    @property
    def net_cents(self) -> int:
        """Without what was paid back: a cancelled order is paid back."""
        return self.order_cents - self.refund_cents

    @property
    def rating(self) -> float | None:
        return sum(int(stars) * n for stars, n in self.stars.items()) / self.reviews if self.reviews else None
