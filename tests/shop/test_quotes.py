"""Money: for any cart the lines sum up to the total, to the cent, with any coupon."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from shop.models import Coupon
from shop.services.quotes import EXPRESS, EXPRESS_CENTS, STANDARD, quote, spread


@dataclass
class Line:
    store: int
    price: int
    quantity: int
    shipping: int
    is_available: bool = True
    is_selected: bool = True
    is_short: bool = False
    deal_left: int | None = None
    unit_cents: int = 0

    @property
    def total_cents(self) -> int:
        return self.unit_cents * self.quantity

    @property
    def sku(self):
        store = SimpleNamespace(pk=self.store, free_shipping_from_cents=None if self.store % 2 else 5_000)
        return SimpleNamespace(
            product_id=id(self),
            now_cents=self.price,
            product=SimpleNamespace(
                creator=store, shipping_cents=self.shipping, delivery_from_days=3, delivery_to_days=7
            ),
        )


lines = st.builds(
    Line,
    store=st.integers(1, 4),
    price=st.integers(0, 10**9),
    quantity=st.integers(1, 10),
    shipping=st.integers(0, 5_000),
    is_available=st.booleans(),
    is_selected=st.booleans(),
)
coupons = st.builds(
    Coupon,
    creator_id=st.sampled_from([None, 1, 2]),
    kind=st.sampled_from(Coupon.Kind.values),
    percent=st.integers(5, 90),
    amount_cents=st.integers(50, 10_000),
    least_cents=st.sampled_from([0, 1, 2_000]),
)


def by_store(sold: list[Line], store: int) -> int:
    return sum(line.price * line.quantity for line in sold if line.store == store)


@given(st.lists(lines, max_size=12))
def test_lines_and_parcels_sum_up_to_the_total_of_any_cart(cart):
    sold = [line for line in cart if line.is_available and line.is_selected]
    dearest: dict[int, int] = {}
    for line in sold:
        free = line.store % 2 == 0 and by_store(sold, line.store) >= 5_000
        dearest[line.store] = 0 if free else max(dearest.get(line.store, 0), line.shipping)
    shown = quote(cart)
    assert sorted(map(id, shown.lines)) == sorted(map(id, sold))
    assert len(shown.available) + len(shown.unavailable) == len(cart)
    assert shown.subtotal_cents == sum(line.price * line.quantity for line in sold)
    assert shown.shipping(STANDARD) == sum(dearest.values())
    assert shown.total(EXPRESS) == shown.total(STANDARD) + EXPRESS_CENTS
    assert type(shown.total_cents) is int


@given(st.lists(lines, max_size=12), coupons)
def test_a_coupon_takes_from_its_own_lines_what_it_takes_from_the_total(cart, coupon):
    shown = quote(cart)
    offer = shown.offered(coupon)
    parts = shown.discounts(offer)
    covered = [line for line in shown.lines if coupon.creator_id in (None, line.store)]
    goods = sum(line.total_cents for line in covered)
    assert 0 <= offer.cents <= (shown.shipping_cents if coupon.kind == "shipping" else goods)
    assert sum(parts) == (0 if coupon.kind == "shipping" else offer.cents)
    assert all(0 <= part <= line.total_cents for part, line in zip(parts, shown.lines, strict=True))
    assert [part for part, line in zip(parts, shown.lines, strict=True) if line not in covered and part] == []
    assert (offer.cents > 0) <= (goods >= coupon.least_cents)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20), st.data())
def test_no_cent_is_lost_or_found_when_a_sum_is_spread(weights, data):
    cents = data.draw(st.integers(0, sum(weights)))
    parts = spread(cents, weights)
    exact = [cents * weight / (sum(weights) or 1) for weight in weights]
    assert sum(parts) == cents
    assert all(part <= weight for part, weight in zip(parts, weights, strict=True))
    assert all(abs(part - share) < 1 + share / 10**9 for part, share in zip(parts, exact, strict=True))


@given(st.lists(lines, min_size=1, max_size=6))
def test_nothing_arrives_before_it_was_sent_or_after_the_last_day(cart):
    for delivery in (STANDARD, EXPRESS):
        first, last = quote(cart).arrival(delivery, date(2026, 11, 22))
        assert date(2026, 11, 22) <= first <= last
