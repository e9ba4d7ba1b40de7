"""Who is shopping, and for how long the shop knows them."""

import pytest

from journey.identity import COOKIE as PARTICIPANT
from shop.buyers import COOKIE as BUYER
from tests.factories import SkuFactory
from tests.shop.buying import bought, key_of, place, put_in_cart

pytestmark = pytest.mark.django_db


def test_looking_makes_nobody_a_buyer(walker):
    assert BUYER not in walker.get("shop:product", SkuFactory().product.slug).cookies


def test_thirty_days_count_from_the_last_act(walker):
    sku = SkuFactory()
    put_in_cart(walker, sku)
    page = walker.get("shop:checkout")
    assert [BUYER in answer.cookies for answer in (page, place(walker, key_of(page)))] == [False, True]


@pytest.mark.parametrize("secure", [True, False])
def test_one_setting_keeps_every_cookie_of_ours_to_tls(walker, settings, secure):
    settings.SESSION_COOKIE_SECURE = secure
    cookies = put_in_cart(walker, SkuFactory()).cookies
    assert [bool(cookies[name]["secure"]) for name in (BUYER, PARTICIPANT)] == [secure, secure]


def test_a_forged_buyer_sees_nobodys_orders(walker):
    order = bought(walker, SkuFactory())
    for forged in ("x", "a:b:c", f"{order.buyer}:a:b", walker.client.cookies[BUYER].value[1:]):
        walker.client.cookies[BUYER] = forged
        assert walker.get("shop:order", order.code).status_code == 404
