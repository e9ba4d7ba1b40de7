"""What a page asks for, against the others of its category, what their buyers paid, and what it asked for before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.diagnosis.middles import Middle, middle_of
from analytics.shares import Share
from analytics.videos.fields import share
from analytics.videos.product_figures import ProductFigures

ENOUGH_VIEWS = 30  # of another one's page, and pieces that were sold of it
ENOUGH_OTHERS = 3
ENOUGH_A_SIDE = 100  # page views before a price was raised, and since


@dataclass(frozen=True, slots=True)
class Against:
    """A mean price on the page; the middle of the others in its category; what was paid there for a piece."""

    asked_cents: float
    others: Middle
    paid_cents: float
    pieces: int

    @property
    def times(self) -> Middle:
        """How many times the middle; the ends are those of the middle, as the price itself is known."""
        asked, others = self.asked_cents, self.others
        return Middle(asked / others.value, asked / others.high, asked / others.low, others.n)


@dataclass(frozen=True, slots=True)
class Raised:
    """A price that went up on a day: of journeys with the page, those that filled the cart before and since."""

    day: date
    before_cents: float
    since_cents: float
    before: Share
    since: Share

    @property
    def by(self) -> float:
        return self.since_cents / self.before_cents - 1


def against(page: ProductFigures, others: Iterable[ProductFigures]) -> Against | None:
    """None where too few of its category were looked at."""
    known = [one for one in others if one.page_views >= ENOUGH_VIEWS and one.price_cents]
    if not page.price_cents or len(known) < ENOUGH_OTHERS:
        return None
    pieces = sum(one.units for one in known)
    paid = sum(one.order_cents for one in known) / pieces if pieces >= ENOUGH_VIEWS else 0.0
    prices = [one.price_cents / one.page_views for one in known]
    return Against(page.price_cents / page.page_views, middle_of(prices), paid, pieces)


def raised(days: Mapping[date, ProductFigures]) -> Raised | None:
    """Of all days on which there is enough on both sides, the one since which the page asks for most more."""
    whole, before = _sum(days.values()), ProductFigures()
    found: list[Raised] = []
    for day, one in sorted(days.items()):
        if change := _change(day, before, whole):
            found.append(change)
        before = _sum([before, one])
    return max(found, key=lambda change: change.by, default=None)


def _change(day: date, before: ProductFigures, whole: ProductFigures) -> Raised | None:
    views = whole.page_views - before.page_views
    if min(before.page_views, views) < ENOUGH_A_SIDE or not before.price_cents:
        return None
    earlier = share(before.cart_journeys, before.journeys)
    since = share(whole.cart_journeys - before.cart_journeys, whole.journeys - before.journeys)
    cents = before.price_cents / before.page_views, (whole.price_cents - before.price_cents) / views
    return Raised(day, *cents, earlier, since) if earlier and since and cents[1] > cents[0] else None


NUMBERS = ("page_views", "price_cents", "journeys", "cart_journeys")


def _sum(days: Iterable[ProductFigures]) -> ProductFigures:
    total = ProductFigures()
    for one in days:
        for name in NUMBERS:
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return total
