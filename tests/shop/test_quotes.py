"""Money: for any cart the lines sum up to the total, to the cent."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from shop.services.quotes import EXPRESS, EXPRESS_CENTS, STANDARD, quote


@dataclass
class Line:
    store: int
    price: int
    quantity: int
    shipping: int
    is_available: bool = True
    is_short: bool = False

    @property
    def total_cents(self) -> int:
        return self.price * self.quantity

    @property
    def sku(self):
        store = SimpleNamespace(pk=self.store)
        return SimpleNamespace(
            product=SimpleNamespace(
                creator=store, shipping_cents=self.shipping, delivery_from_days=3, delivery_to_days=7
            )
        )


lines = st.builds(
    Line,
    store=st.integers(1, 4),
    price=st.integers(0, 10**9),
    quantity=st.integers(1, 10),
    shipping=st.integers(0, 5_000),
    is_available=st.booleans(),
)


@given(st.lists(lines, max_size=12))
def test_lines_and_parcels_sum_up_to_the_total_of_any_cart(cart):
    sold = [line for line in cart if line.is_available]
    dearest: dict[int, int] = {}
    for line in sold:
        dearest[line.store] = max(dearest.get(line.store, 0), line.shipping)
    shown = quote(cart)
    assert sorted(map(id, shown.lines)) == sorted(map(id, sold))
    assert len(shown.lines) + len(shown.unavailable) == len(cart)
    assert shown.subtotal_cents == sum(line.price * line.quantity for line in sold)
    assert shown.shipping(STANDARD) == sum(dearest.values())
    assert shown.total(EXPRESS) == shown.total(STANDARD) + EXPRESS_CENTS
    assert type(shown.total_cents) is int


@given(st.lists(lines, min_size=1, max_size=6))
def test_nothing_arrives_before_it_was_sent_or_after_the_last_day(cart):
    for delivery in (STANDARD, EXPRESS):
        first, last = quote(cart).arrival(delivery, date(2026, 11, 22))
        assert date(2026, 11, 22) <= first <= last
