"""What a cart costs: pure arithmetic in whole cents.

Each store sends one parcel and charges the dearest shipping of what is in it, once. Express adds one fee to the
whole order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shop.models import CartLine, Creator

EXPRESS_CENTS = 499
STANDARD, EXPRESS = "standard", "express"
EXPRESS_DAYS = (1, 2)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one store sends together."""

    store: Creator
    lines: list[CartLine]

    @property
    def subtotal_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)

    @property
    def shipping_cents(self) -> int:
        return max(line.sku.product.shipping_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Quote:
    """A cart at today's prices. `unavailable` lines cost nothing and are not ordered."""

    parcels: list[Parcel]
    unavailable: list[CartLine]

    @property
    def lines(self) -> list[CartLine]:
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

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

    def shipping(self, delivery: str) -> int:
        fee = EXPRESS_CENTS if delivery == EXPRESS else 0
        return sum(parcel.shipping_cents for parcel in self.parcels) + fee

    def total(self, delivery: str) -> int:
        return self.subtotal_cents + self.shipping(delivery)

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
    available = [line for line in lines if line.is_available]
    return Quote(parcels_of(available), [line for line in lines if not line.is_available])


def parcels_of(lines: Iterable[CartLine]) -> list[Parcel]:
    """In the order in which their stores came into the cart."""
    parcels: dict[int, Parcel] = {}
    for line in lines:
        store = line.sku.product.creator
        parcels.setdefault(store.pk, Parcel(store, [])).lines.append(line)
    return list(parcels.values())
