"""The checkout: what was shown is what is charged, once, or nothing happens at all."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from journey.models import Event
from journey.steps import Step
from shop.models import Cart, CartLine, Order, Sku, StockMovement
from tests.factories import CreatorFactory, ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import ADDRESS, bought, key_of, place, put_in_cart, queries, said, told
from tests.walker import drawn

pytestmark = pytest.mark.django_db


def test_an_order_copies_everything_that_was_agreed(walker):
    product = ProductFactory(slug="rose", title="Rose Serum", creator=CreatorFactory(store_name="Mira Glows"))
    sku = SkuFactory(code="ROSE-30", product=product, option="30 ml", price_cents=1690)
    order = bought(walker, sku, 2, unit="4B")
    Sku.objects.update(price_cents=1)
    assert Order.objects.filter(pk=order.pk).values(*ADDRESS, "unit", "delivery", "payment", "status").get() == (
        ADDRESS | {"unit": "4B", "delivery": "standard", "payment": "card", "status": "placed"}
    )
    assert order.lines.values(
        "title", "option", "sku_code", "store", "product", "unit_price_cents", "quantity"
    ).get() == {
        "title": "Rose Serum",
        "option": "30 ml",
        "sku_code": "ROSE-30",
        "store": "Mira Glows",
        "product": "rose",
        "unit_price_cents": 1690,
        "quantity": 2,
    }
    assert (order.subtotal_cents, order.shipping_cents, order.total_cents, order.currency) == (3380, 0, 3380, "USD")


def test_an_order_takes_its_stock_and_empties_the_cart(walker):
    sku = SkuFactory(stock=10)
    order = bought(walker, sku, 3)
    sku.refresh_from_db()
    assert sku.stock == 7
    assert list(sku.movements.values_list("change", "reason", "order")) == [
        (-3, "sale", order.code),
        (10, "opening", ""),
    ]
    assert CartLine.objects.count() == 0


def test_buying_is_a_fact_in_the_buyers_walk(walker):
    sku = SkuFactory(product__slug="rose", product__category__slug="beauty", price_cents=1690)
    VideoFactory(slug="glow", products=[sku.product])
    put_in_cart(walker, sku, 2, video="glow")
    place(walker, delivery="express")
    order = Order.objects.get()
    assert walker.steps == [Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE]
    assert order.participant == walker.participant
    assert told(Step.PURCHASE) == [
        {
            "order": order.code,
            "value": 2 * 1690 + 499,
            "currency": "USD",
            "quantity": 2,
            "payment": "card",
            "product": "rose",
            "category": "beauty",
            "video": "glow",
        }
    ]


def test_beginning_the_checkout_tells_what_it_is_worth(walker):
    put_in_cart(walker, SkuFactory(product__slug="rose", product__category__slug="beauty", price_cents=1690), 2)
    walker.get("shop:checkout")
    walker.steps  # noqa: B018 stores what waits
    assert told(Step.BEGIN_CHECKOUT) == [
        {"value": 3380, "quantity": 2, "product": "rose", "category": "beauty", "video": ""}
    ]


def test_an_empty_cart_has_no_checkout(walker):
    assert walker.get("shop:checkout").url == reverse("shop:cart")


def test_the_page_is_drawn_from_its_blocks_and_is_never_kept_by_a_cache(walker):
    put_in_cart(walker, SkuFactory())
    page = walker.get("shop:checkout")
    assert drawn(page) == ["address", "items", "delivery", "payment", "summary", "guarantee"]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_same_page_sent_twice_is_one_order(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    answers = [place(walker, key), place(walker, key)]
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (303, f"/orders/{Order.objects.get().code}?placed")
    ] * 2
    assert Event.objects.filter(step=Step.PURCHASE.letter).count() == 1
    sku.refresh_from_db()
    assert sku.stock == 9


def test_the_same_page_with_other_answers_is_refused_after_it_was_ordered(walker):
    put_in_cart(walker, SkuFactory())
    key = key_of(walker.get("shop:checkout"))
    place(walker, key)
    again = place(walker, key, city="Boston")
    assert again.status_code == 422
    assert "what you changed on the page afterwards was not applied" in said(again)
    assert Order.objects.get().city == "New York"


def test_two_tabs_of_one_cart_are_one_order(walker):
    put_in_cart(walker, SkuFactory())
    first, second = key_of(walker.get("shop:checkout")), key_of(walker.get("shop:checkout"))
    assert place(walker, first).status_code == 303
    other = place(walker, second)
    assert (other.status_code, Order.objects.count()) == (409, 1)
    assert "You have ordered this already. Nothing was ordered or charged twice." in said(other)


def test_the_database_refuses_a_second_order_of_a_cart_as_it_was(walker):
    order = bought(walker, SkuFactory())
    order.pk, order.code, order.key = None, "other", "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save(force_insert=True)


def test_the_database_refuses_a_total_that_is_no_sum(walker):
    order = bought(walker, SkuFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(total_cents=1)


def test_prices_in_the_form_are_ignored(walker):
    sku = SkuFactory(price_cents=1690)
    assert bought(walker, sku, total_cents=1, subtotal_cents=1, status="delivered", participant=1).total_cents == 1690


def test_delivery_and_payment_may_be_left_out_by_a_variant(walker):
    put_in_cart(walker, SkuFactory())
    walker.post("shop:place", key=key_of(walker.get("shop:checkout")), **ADDRESS)
    assert Order.objects.values_list("delivery", "payment").get() == ("standard", "card")


def test_test_cards_are_offered_in_a_demo_only(walker, settings):
    put_in_cart(walker, SkuFactory())
    assert "Test card that is declined" in said(walker.get("shop:checkout"))
    settings.DEMO = False
    assert "Test card that is declined" not in said(walker.get("shop:checkout"))
    assert place(walker, payment="card_declined").status_code == 422


def test_nobody_types_an_address_twice(walker):
    bought(walker, SkuFactory(), unit="4B")
    put_in_cart(walker, SkuFactory())
    page = said(walker.get("shop:checkout"))
    assert 'value="1 Analytical Way"' in page
    assert '<option value="NY" selected>' in page


def test_express_costs_one_fee_for_all_and_comes_sooner(walker):
    slow = ProductFactory(shipping_cents=300, delivery_from_days=5, delivery_to_days=9)
    standard, express = bought(walker, SkuFactory(product=slow)), bought(walker, SkuFactory(), delivery="express")
    days = [(o.arrives_from - o.placed_at.date(), o.arrives_to - o.placed_at.date()) for o in (standard, express)]
    assert [(first.days, last.days) for first, last in days] == [(5, 9), (1, 2)]
    assert (standard.shipping_cents, express.shipping_cents) == (300, 499)


def test_the_checkout_asks_as_little_for_three_lines_as_for_one(walker):
    put_in_cart(walker, SkuFactory())
    with queries() as one:
        walker.get("shop:checkout")
    put_in_cart(walker, SkuFactory())
    put_in_cart(walker, SkuFactory())
    with queries() as three:
        walker.get("shop:checkout")
    assert len(one) == len(three) <= 6


def test_the_ledger_always_sums_up_to_the_stock(walker):
    skus = [SkuFactory(stock=4), SkuFactory(stock=1)]
    for sku in (*skus, skus[0]):
        put_in_cart(walker, sku)
        place(walker)
    walker.post("shop:cancel", Order.objects.earliest("pk").code)
    sums = dict(StockMovement.objects.values_list("sku").annotate(Sum("change")))
    assert sums == dict(Sku.objects.values_list("pk", "stock")) == {skus[0].pk: 3, skus[1].pk: 0}


def test_a_cart_goes_on_after_an_order(walker):
    first, second = bought(walker, SkuFactory()), bought(walker, SkuFactory())
    assert first.cart == second.cart == Cart.objects.get()
    assert first.cart_version < second.cart_version
