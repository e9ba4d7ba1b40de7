"""Each product of an order has what was paid for it; together they have what was paid."""

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.models import Journey, ProductDay, VideoDay
from analytics.videos.lines import Line, lines_in, parts_of
from analytics.videos.orders import Order
from analytics.videos.sights import Sights
from journey import facts
from journey.steps import Step
from journey.store import store
from shop.services import returns
from tests.analytics.taken import batch
from tests.factories import SkuFactory, VideoFactory
from tests.shop.buying import place, put_in_cart, told
from tests.shop.later import delivered, wish


@pytest.fixture
def things():
    serum = SkuFactory(product__slug="serum", price_cents=1_690, stock=9)
    lamp = SkuFactory(product__slug="lamp", price_cents=2_500, stock=9)
    VideoFactory(slug="week", products=[serum.product])
    return serum, lamp


def sold(table, name):
    return {
        getattr(row, name): (row.checkouts, row.orders, row.units, row.order_cents, row.refund_cents)
        for row in table.objects.all()
    }


@pytest.mark.django_db
@pytest.mark.both
def test_an_order_of_two_products_is_an_order_of_each_with_its_own_pieces_and_cents(walker, things):
    serum, lamp = things
    put_in_cart(walker, serum, 2, video="week")
    put_in_cart(walker, lamp)
    place(walker, delivery="express")
    settle()
    [said] = told(Step.PURCHASE)
    assert {name: said[name] for name in ("product", "quantity", "line_1", "line_2")} == {
        "product": "serum",
        "quantity": 3,
        "line_1": "serum 2 3380 week",
        "line_2": "lamp 1 2500",
    }
    paid = said["value"]
    assert paid == 3380 + 2500 + 499 == Journey.objects.aggregate(all=Sum("revenue_cents"))["all"]
    of_serum = paid * 3380 // 5880
    assert sold(ProductDay, "product") == {
        "serum": (1, 1, 2, of_serum, 0),
        "lamp": (1, 1, 1, paid - of_serum, 0),
    }
    assert sold(VideoDay, "video") == {"week": (1, 1, 2, of_serum, 0)}
    assert recounting.drift().differences == []


@pytest.mark.django_db
def test_an_order_of_one_line_says_no_lines(walker, things):
    put_in_cart(walker, things[0], 2)
    place(walker)
    assert not [name for name in told(Step.PURCHASE)[0] if name.startswith("line_")]


@pytest.mark.django_db
@pytest.mark.both
def test_money_paid_back_for_one_line_counts_for_that_line_alone(walker, things):
    serum, lamp = things
    order = delivered(walker, (serum, 1), (lamp, 1))
    with transaction.atomic():
        asked = returns.ask(order, order.buyer, order.participant, wish(items={lamp.code: 1}, kind="refund"))
        returns.accept(asked, facts.commit)
    settle()
    assert told(Step.REFUND)[0]["line_1"] == "lamp 1 2500"
    refunds = {product: counted[-1] for product, counted in sold(ProductDay, "product").items()}
    assert refunds == {"serum": 0, "lamp": 2500}


@pytest.mark.django_db
def test_what_becomes_of_the_whole_order_is_shared_out():
    lines = {"line_1": "serum 1 100", "line_2": "lamp 1 200 week"}
    store(
        [
            batch(
                1,
                (0, Step.PURCHASE, {"product": "serum", "order": "A", "value": 299, "quantity": 2, **lines}),
                (9, Step.CANCEL, {"order": "A", "value": 299}),
                (9, Step.REFUND, {"order": "A", "value": 299}),
                (20, Step.SUPPORT_OPEN, {"order": "A", "product": "lamp", "kind": "where"}),
            )
        ]
    )
    settle()
    rows = ProductDay.objects.order_by("product").values_list(
        "product", "order_cents", "cancelled", "cancelled_cents", "refund_cents", "return_journeys", "tickets"
    )
    assert [*rows] == [("lamp", 200, 1, 200, 200, 1, 1), ("serum", 99, 1, 99, 99, 1, 0)]
    assert VideoDay.objects.get().tickets == 1


LINES = st.lists(
    st.builds(Line, st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 10**6), st.integers(1, 9)),
    min_size=1,
    max_size=6,
).map(tuple)


@given(LINES, st.integers(0, 10**9))
def test_parts_are_whole_cents_that_add_up(lines, cents):
    for kind in ("product", "video"):
        parts = [part for part in parts_of(Sights(0, 0), lines, cents) if part.key[0] == kind]
        assert sum(part.cents for part in parts) == cents
        assert sum(part.pieces for part in parts) == sum(line.pieces for line in lines)
        assert min(part.cents for part in parts) >= 0
        assert len({part.key for part in parts}) == len(parts)


@given(LINES, st.integers(0, 10**9))
def test_what_is_kept_of_an_order_is_read_again(lines, told):
    kept = Order(tuple(line._replace(pieces=0) for line in lines), told)
    again = Order.of(kept.kept())
    assert (again.told, [line[:2] for line in again.lines]) == (told, [line[:2] for line in lines])
    assert len(lines) == 1 or again == kept


def test_an_order_that_was_kept_before_lines_were_told_is_read():
    assert Order.of(["serum", "week", 7]) == Order((Line("serum", "week"),), 7)


@pytest.mark.parametrize(
    "wrong", [7, None, "", "serum", "serum two 500", "serum 1 5.00", " 1 2", "serum 1 " + "9" * 40]
)
def test_a_line_that_is_none_ends_the_lines(wrong):
    assert lines_in({"line_1": "serum 1 500 week", "line_2": wrong, "line_3": "lamp 1 1"}) == (
        Line("serum", "week", 500, 1),
    )
