"""What a cart costs: pure arithmetic in whole cents.

Each store sends one parcel and charges the dearest shipping of what is in it, once, and nothing from a subtotal on that
the store sets. Express adds one fee to the whole order. One coupon takes something off an order, never two.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from shop.models import CartLine, Coupon, Creator

EXPRESS_CENTS = 499
STANDARD, EXPRESS = "standard", "express"
EXPRESS_DAYS = (1, 2)
NO_COUPON = "none"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one store sends together: those of its lines that are selected."""

    store: Creator
    lines: list[CartLine]

    @property
    def chosen(self) -> list[CartLine]:
        return [line for line in self.lines if line.is_selected]

    @property
    def subtotal_cents(self) -> int:
        return sum(line.total_cents for line in self.chosen)

    @property
    def full_shipping_cents(self) -> int:
        return max((line.sku.product.shipping_cents for line in self.chosen), default=0)

    @property
    def shipping_cents(self) -> int:
        return 0 if self.ships_free else self.full_shipping_cents

    @property
    def ships_free(self) -> bool:
        free_from = self.store.free_shipping_from_cents
        return bool(self.chosen) and free_from is not None and self.subtotal_cents >= free_from

    @property
    def to_free_cents(self) -> int:
        """How much more in this store makes its shipping free; 0 when nothing does, or it is free already."""
        dear = any(line.sku.product.shipping_cents for line in self.lines)
        return max(0, (self.store.free_shipping_from_cents or 0) - self.subtotal_cents) if dear else 0

    @property
    def all_selected(self) -> bool:
        return len(self.chosen) == len(self.lines)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coupon takes off a quote; when nothing, how much more would have to be bought."""

    coupon: Coupon
    cents: int
    missing_cents: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A cart at today's prices. `unavailable` lines, and those not selected, cost nothing and are not ordered."""

    parcels: list[Parcel]
    unavailable: list[CartLine]
    offers: list[Offer] = field(default_factory=list)  # of the coupons this buyer has, the best first
    wanted: str = ""  # the code of the coupon that was asked for, NO_COUPON, or nothing: then the best one counts

    @property
    def available(self) -> list[CartLine]:
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def lines(self) -> list[CartLine]:
        return [line for parcel in self.parcels for line in parcel.chosen]

    @property
    def sent(self) -> list[Parcel]:
        return [parcel for parcel in self.parcels if parcel.chosen]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def all_selected(self) -> bool:
        return all(parcel.all_selected for parcel in self.parcels)

    @property
    def is_ready(self) -> bool:
        """There is something to order, and enough of all of it."""
        return bool(self.lines) and not any(line.is_short for line in self.lines)

    @property
    def subtotal_cents(self) -> int:
        return sum(parcel.subtotal_cents for parcel in self.parcels)

    @property
    def shipping_cents(self) -> int:
        return self.shipping(STANDARD)

    @property
    def total_cents(self) -> int:
        return self.total(STANDARD)

    @property
    def saved_cents(self) -> int:
        return self.saved(self.offer)

    @property
    def usable(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.cents]

    @property
    def offer(self) -> Offer | None:
        """The coupon that counts: the one asked for, else the best one."""
        if self.wanted == NO_COUPON:
            return None
        asked = (offer for offer in self.usable if offer.coupon.code == self.wanted)
        return next(asked, next(iter(self.usable), None))

    @property
    def rows(self) -> list[tuple[Parcel, Offer | None]]:
        """Each parcel with the best coupon of its store that this buyer has."""
        return [(parcel, self._best_of(parcel.store)) for parcel in self.parcels]

    def _best_of(self, store: Creator) -> Offer | None:
        return next((offer for offer in self.offers if offer.coupon.creator_id == store.pk), None)

    def shipping(self, delivery: str) -> int:
        fee = EXPRESS_CENTS if delivery == EXPRESS else 0
        return sum(parcel.shipping_cents for parcel in self.parcels) + fee

    def before_coupon(self, delivery: str) -> int:
        return self.subtotal_cents + self.shipping(delivery)

    def total(self, delivery: str) -> int:
        return self.before_coupon(delivery) - (self.offer.cents if self.offer else 0)

    def saved(self, offer: Offer | None) -> int:
        """Against struck prices, shipping that a store waives, and without the coupon."""
        waived = sum(parcel.full_shipping_cents - parcel.shipping_cents for parcel in self.parcels)
        return sum(line.saved_cents for line in self.lines) + waived + (offer.cents if offer else 0)

    def covered_by(self, coupon: Coupon) -> list[Parcel]:
        """A store's coupon is for its own parcel, one without a store for every parcel."""
        return [parcel for parcel in self.sent if coupon.creator_id in (None, parcel.store.pk)]

    def offered(self, coupon: Coupon) -> Offer:
        covered = self.covered_by(coupon)
        goods = sum(parcel.subtotal_cents for parcel in covered)
        if not goods or goods < coupon.least_cents:
            return Offer(coupon, 0, max(0, coupon.least_cents - goods))
        off = {
            Coupon.Kind.PERCENT: -(-goods * coupon.percent // 100),  # rounded to the buyer's favour
            Coupon.Kind.AMOUNT: min(coupon.amount_cents, goods),
            Coupon.Kind.SHIPPING: sum(parcel.shipping_cents for parcel in covered),
        }
        return Offer(coupon, off[coupon.kind], 0)

    def discounts(self, offer: Offer | None) -> list[int]:
        """What each of `lines` has of a coupon: nothing of one for the shipping, else its share, to the cent."""
        if not offer or offer.coupon.kind == Coupon.Kind.SHIPPING:
            return [0] * len(self.lines)
        covered = {parcel.store.pk for parcel in self.covered_by(offer.coupon)}
        weights = [line.total_cents * (line.sku.product.creator.pk in covered) for line in self.lines]
        return spread(offer.cents, weights)

    def arrival(self, delivery: str, today: date) -> tuple[date, date]:
        """First and last day on which everything may arrive."""
        products = [line.sku.product for line in self.lines]
        first = max((product.delivery_from_days for product in products), default=0)
        last = max((product.delivery_to_days for product in products), default=0)
        if delivery == EXPRESS:
            first, last = EXPRESS_DAYS
        return today + timedelta(first), today + timedelta(last)


def quote(lines: Iterable[CartLine]) -> Quote:
    """A cart as the buyer sees it: what can be bought, and what cannot any more."""
    lines = list(lines)
    available = in_their_deals(line for line in lines if line.is_available)
    return Quote(parcels_of(available), [line for line in lines if not line.is_available])


def in_their_deals(lines: Iterable[CartLine]) -> list[CartLine]:
    """Each at its price of now. A limited deal lowers it if it has pieces for all that is selected of the product."""
    lines = list(lines)
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.sku.product_id] += line.quantity if line.is_selected else 0
    for line in lines:
        asked = wanted[line.sku.product_id] if line.is_selected else line.quantity
        line.in_deal = line.deal_left is None or asked <= line.deal_left
        line.unit_cents = line.sku.now_cents if line.in_deal else line.sku.price_cents
    return lines


def parcels_of(lines: Iterable[CartLine]) -> list[Parcel]:
    """In the order in which their stores came into the cart."""
    parcels: dict[int, Parcel] = {}
    for line in lines:
        store = line.sku.product.creator
        parcels.setdefault(store.pk, Parcel(store, [])).lines.append(line)
    return list(parcels.values())


def spread(cents: int, weights: Sequence[int]) -> list[int]:
    """Cents in proportion to the weights, the ones that do not divide to the largest remainders."""
    whole = sum(weights) or 1
    parts = [cents * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: -(cents * weights[n] % whole))
    for n in by_remainder[: cents - sum(parts)]:
        parts[n] += 1
    return parts
