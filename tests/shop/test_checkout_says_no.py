"""A checkout that cannot go on: nothing is sold, nothing is charged, what was typed stays, and a sentence says why."""

import pytest
from django.core import signing

from journey.steps import Step
from shop.models import CartLine, Order, Product, Sku
from shop.services.checkout import SALT
from tests.factories import SkuFactory
from tests.shop.buying import ADDRESS, key_of, place, put_in_cart, said, told
from tests.walker import Walker

pytestmark = pytest.mark.django_db


def nothing_was_sold(sku: Sku) -> bool:
    sku.refresh_from_db()
    return (Order.objects.count(), sku.stock, sku.movements.count()) == (0, 10, 1)


def test_a_price_that_moved_since_the_page_was_drawn_is_shown_before_it_is_charged(walker):
    sku = SkuFactory(price_cents=1690)
    put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    Sku.objects.update(price_cents=1790)
    page = place(walker, key)
    assert page.status_code == 409
    assert "The total was $16.90 and is $17.90 now." in said(page)
    assert 'value="1 Analytical Way"' in said(page)
    assert nothing_was_sold(sku)
    assert place(walker, key_of(page)).status_code == 303
    assert Order.objects.get().total_cents == 1790


def test_a_cart_that_changed_in_another_tab_is_looked_at_again(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    put_in_cart(walker, SkuFactory())
    page = place(walker, key)
    assert page.status_code == 409
    assert "Your cart has changed since this page was drawn." in said(page)
    assert nothing_was_sold(sku)


def test_a_line_that_sold_out_meanwhile_is_named(walker):
    kept, gone = SkuFactory(stock=10), SkuFactory(product__title="Serum", option="30 ml")
    put_in_cart(walker, kept)
    put_in_cart(walker, gone)
    key = key_of(walker.get("shop:checkout"))
    Sku.objects.filter(pk=gone.pk).update(stock=0)
    page = place(walker, key)
    assert page.status_code == 409
    assert "Serum, 30 ml is sold out." in said(page)
    assert nothing_was_sold(kept)
    assert place(walker, key_of(page)).status_code == 303
    assert [line.sku for line in Order.objects.get().lines.all()] == [kept]


def test_the_last_line_that_sold_out_brings_the_buyer_back_to_the_cart(walker):
    put_in_cart(walker, SkuFactory(product__title="Serum", option="30 ml"), 2)
    key = key_of(walker.get("shop:checkout"))
    Sku.objects.update(stock=1)
    page = place(walker, key)
    assert page.status_code == 409
    assert "Only 1 left of Serum, 30 ml." in said(page)
    assert "Take 1" in said(page)


def test_a_product_that_was_taken_off_the_shelf_is_not_sold(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    Product.objects.update(is_listed=False)
    assert place(walker, key).status_code == 409
    assert nothing_was_sold(sku)


@pytest.mark.parametrize(
    ("payment", "code", "sentence"),
    [
        ("card_declined", "declined", "Your bank declined this card. You were not charged; try another way to pay."),
        ("card_silent", "timeout", "We heard nothing from the bank. You were not charged;"),
    ],
)
def test_a_payment_that_fails_leaves_nothing_behind_but_a_sentence(walker, payment, code, sentence):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    page = place(walker, payment=payment)
    assert page.status_code == 402
    assert sentence in said(page)
    assert 'value="1 Analytical Way"' in said(page)
    assert nothing_was_sold(sku)
    assert CartLine.objects.count() == 1
    assert walker.steps[-1] == Step.CHECKOUT_ERROR
    assert told(Step.CHECKOUT_ERROR) == [{"code": code, "field": "payment"}]
    assert place(walker, key_of(page)).status_code == 303


def test_missing_fields_are_said_beside_each_and_told_by_name(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    page = place(walker, street=" ", zip="123")
    assert page.status_code == 422
    assert "Please enter your street and house number." in said(page)
    assert "A ZIP code has five digits, like 10001." in said(page)
    assert nothing_was_sold(sku)
    assert walker.steps[-1] == Step.CHECKOUT_ERROR
    assert told(Step.CHECKOUT_ERROR) == [{"code": "fields", "field": "street,zip"}]


@pytest.mark.parametrize("field", [*ADDRESS, "unit", "delivery", "payment"])
@pytest.mark.parametrize("text", ["\0", "a\0b", "x" * 16_000, "\x1b[31m"])
def test_no_answer_is_too_strange_for_a_sentence(walker, field, text):
    put_in_cart(walker, SkuFactory())
    assert place(walker, **{field: text}).status_code == 422
    assert Order.objects.count() == 0


# Named, because the last one is another at every start, and xdist wants the same names from every worker.
@pytest.mark.parametrize(
    "key",
    ["", "\0", "x" * 16_000, "forged", signing.dumps([1, 1, 1, [], "x"], salt="other")],
    ids=["empty", "null", "long", "forged", "other salt"],
)
def test_a_key_that_is_not_ours_orders_nothing(walker, key):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    walker.get("shop:checkout")
    assert walker.post("shop:place", key=key, **ADDRESS).status_code == 409
    assert nothing_was_sold(sku)


def test_a_key_is_good_for_a_day(walker, monkeypatch):
    put_in_cart(walker, SkuFactory())
    key = key_of(walker.get("shop:checkout"))
    signing.loads(key, salt=SALT, max_age=24 * 3600)
    monkeypatch.setattr("shop.services.checkout.PAGE_SECONDS", -1)
    assert place(walker, key).status_code == 409


def test_the_key_of_another_buyer_orders_nothing(walker):
    sku, other = SkuFactory(), Walker()
    put_in_cart(walker, sku)
    key = key_of(walker.get("shop:checkout"))
    assert place(other, key).status_code == 409
    put_in_cart(other, sku)
    assert place(other, key).status_code == 409
    assert nothing_was_sold(sku)
