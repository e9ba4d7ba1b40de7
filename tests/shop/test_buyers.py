"""Who is shopping, and for how long the shop knows them."""

import pytest

from shop.buyers import COOKIE
from tests.factories import SkuFactory
from tests.shop.buying import bought, key_of, place, put_in_cart

pytestmark = pytest.mark.django_db


def test_looking_makes_nobody_a_buyer(walker):
    assert COOKIE not in walker.get("shop:product", SkuFactory().product.slug).cookies


def test_thirty_days_count_from_the_last_act(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    page = walker.get("shop:checkout")
    assert [COOKIE in answer.cookies for answer in (page, place(walker, key_of(page)))] == [False, True]


def test_a_forged_buyer_sees_nobodys_orders(walker):
    order = bought(walker, SkuFactory())
    for forged in ("x", "a:b:c", f"{order.buyer}:a:b", walker.client.cookies[COOKIE].value[1:]):
        walker.client.cookies[COOKIE] = forged
        assert walker.get("shop:order", order.code).status_code == 404
