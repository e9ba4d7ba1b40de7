"""A flash deal in the cart and in an order: its price while it runs, its pieces once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shop.models import CartLine, Order, Product
from shop.services.quotes import quote
from tests.factories import SkuFactory
from tests.shop.buying import bought, key_of, place, put_in_cart, said

pytestmark = pytest.mark.django_db


def in_a_deal(pieces=0, **more):
    now = timezone.now()
    hours = {"deal_starts_at": now - timedelta(hours=1), "deal_ends_at": now + timedelta(hours=1)}
    terms = {"deal_percent": 50, "deal_pieces": pieces, **hours}
    return SkuFactory(price_cents=2_000, **{f"product__{name}": value for name, value in terms.items()}, **more)


def claimed() -> int:
    return Product.objects.values_list("deal_claimed", flat=True).get()


def test_a_deal_is_what_is_paid(walker):
    order = bought(walker, in_a_deal(), 2)
    assert (order.total_cents, order.lines.get().unit_price_cents) == (2_000, 1_000)


def test_pieces_are_taken_with_the_order_and_come_back_once_when_it_is_cancelled(walker):
    sku = in_a_deal(pieces=5)
    order = bought(walker, sku, 3)
    assert claimed() == 3
    for _ in range(2):
        walker.post("shop:cancel", order.code)
    assert claimed() == 0


def test_pieces_do_not_come_back_to_another_deal(walker):
    order = bought(walker, in_a_deal(pieces=5), 3)
    Product.objects.update(deal_ends_at=timezone.now() + timedelta(hours=2))
    walker.post("shop:cancel", order.code)
    assert claimed() == 3


def test_who_wants_more_than_there_are_pieces_pays_the_price_and_is_told(walker):
    put_in_cart(walker, in_a_deal(pieces=2), 3)
    page = walker.get("shop:cart")
    assert "Only 2 left at $10.00." in said(page)
    assert page.context["quote"].total_cents == 6_000
    place(walker)
    assert (Order.objects.get().total_cents, claimed()) == (6_000, 0)


@pytest.mark.parametrize("over", [{"deal_claimed": 5}, {"deal_ends_at": timezone.now()}])
def test_a_deal_that_is_over_meanwhile_leaves_the_new_total_to_accept(walker, over):
    put_in_cart(walker, in_a_deal(pieces=5))
    key = key_of(walker.get("shop:checkout"))
    Product.objects.update(**over)
    page = place(walker, key)
    assert page.status_code == 409
    assert "The total was $10.00 and is $20.00 now." in said(page)
    assert Order.objects.count() == 0
    place(walker, key_of(page))
    assert Order.objects.get().total_cents == 2_000


@pytest.mark.parametrize("pieces", [0, 5])
def test_a_deal_that_ends_between_two_sums_of_a_page_changes_neither(pieces):
    line = CartLine(sku=in_a_deal(pieces), quantity=2)
    shown = quote([line])
    total = shown.total_cents
    line.sku.product.deal_ends_at = timezone.now()
    assert (total, shown.total_cents, line.unit_cents, line.takes_pieces) == (2_000, 2_000, 1_000, bool(pieces))


def test_a_deal_that_is_too_small_is_not_taken_for_a_new_price(walker):
    put_in_cart(walker, in_a_deal(pieces=2), 3)
    Product.objects.update(deal_percent=60)
    page = said(walker.get("shop:cart"))
    assert "Only 2 left at $8.00." in page
    assert "when you put it in" not in page
