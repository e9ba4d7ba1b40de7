"""The tabs of the orders, what can be done with an order, and money that goes back."""

import pytest
from django.urls import reverse

from journey.steps import Step
from shop.models import Cart, Order, Product, Sku
from shop.services.shelves import TABS
from tests.factories import ReviewFactory, SkuFactory
from tests.shop.buying import bought, queries, said, told
from tests.shop.later import delivered, pass_days

pytestmark = pytest.mark.django_db


def on(walker, tab: str) -> list:
    return list(walker.get("shop:orders", tab=tab).context["orders"])


def counts(walker) -> list[int]:
    return [count for _, count in walker.get("shop:orders").context["tabs"]]


def test_each_order_lies_on_the_tabs_it_belongs_to(walker):
    cash = bought(walker, SkuFactory(), payment="cash")
    on_its_way = pass_days(bought(walker, SkuFactory()), 2)
    done = delivered(walker, SkuFactory())
    assert {tab.slug: on(walker, tab.slug) for tab in TABS} == {
        "all": [cash, on_its_way, done],
        "to-pay": [cash],
        "to-ship": [cash],
        "shipped": [on_its_way],
        "to-review": [done],
        "returns": [],
    }
    assert counts(walker) == [0, 1, 1, 1, 1, 0]


def test_what_is_reviewed_or_paid_for_is_done(walker):
    order = delivered(walker, SkuFactory(), payment="cash")
    ReviewFactory(line=order.lines.get())
    assert counts(walker) == [0] * 6


@pytest.mark.parametrize("tab", [tab.slug for tab in TABS])
def test_an_empty_tab_says_what_will_stand_there(walker, tab):
    page = walker.get("shop:orders", tab=tab)
    assert page.context["tab"].empty in said(page)


@pytest.mark.parametrize("tab", [tab.slug for tab in TABS])
def test_a_tab_asks_as_little_for_three_orders_as_for_one(walker, tab):
    delivered(walker, SkuFactory())
    with queries() as one:
        walker.get("shop:orders", tab=tab)
    for _ in range(2):
        delivered(walker, SkuFactory())
    with queries() as three:
        walker.get("shop:orders", tab=tab)
    assert len(one) == len(three) <= 6


def test_an_order_asks_as_little_for_three_stores_as_for_one(walker):
    small, large = delivered(walker, SkuFactory()), delivered(walker, SkuFactory(), SkuFactory(), SkuFactory())
    with queries() as one:
        walker.get("shop:order", small.code)
    with queries() as three:
        page = walker.get("shop:order", large.code)
    assert len(one) == len(three) <= 7
    stores = Product.objects.filter(slug__in=[line.product for line in large.lines.all()])
    links = [reverse("shop:profile", args=[product.creator.slug]) + "?tab=shop" for product in stores]
    assert [link in page.content.decode() for link in links] == [True] * 3


def test_old_orders_are_a_page_further(walker):
    sku = SkuFactory(stock=100)
    for _ in range(21):
        bought(walker, sku)
    assert [len(walker.get("shop:orders", page=page).context["orders"]) for page in ("1", "2", "x")] == [20, 1, 20]


def test_cancelling_asks_once_without_script_and_gives_back_what_was_paid(walker):
    order = bought(walker, SkuFactory())
    page = said(walker.get("shop:cancel", order.code))
    assert "Yes, cancel it" in page
    walker.post("shop:cancel", order.code)
    order = Order.objects.get()
    assert (order.refunded_cents, order.due_at) == (order.total_cents, None)
    assert told(Step.REFUND) == [{"order": order.code, "value": order.total_cents, "currency": "USD"}]
    assert "Yes, cancel it" not in said(walker.get("shop:cancel", order.code))


def test_what_was_to_be_paid_at_the_door_is_not_given_back(walker):
    order = bought(walker, SkuFactory(), payment="cash")
    walker.post("shop:cancel", order.code)
    assert (Order.objects.get().refunded_cents, told(Step.REFUND)) == (0, [])


def test_buying_again_takes_what_there_is_and_says_what_there_is_not(walker):
    there, few, gone = SkuFactory(code="A"), SkuFactory(code="B", stock=5), SkuFactory(code="C")
    order = delivered(walker, (there, 2), (few, 4), gone)
    Product.objects.filter(pk=gone.product_id).update(is_listed=False)
    assert walker.post("shop:buy-again", order.code).url == reverse("shop:cart")
    lines = Cart.objects.get().lines.order_by("sku__code").values_list("sku__code", "quantity")
    assert list(lines) == [("A", 2), ("B", 1)]
    assert f"{gone.product.title} is not sold any more." in said(walker.get("shop:cart"))
    added = [event.props for event in walker.events if event.step == Step.ADD_TO_CART.letter]
    assert [(props["sku"], props["quantity"]) for props in added if props["method"] == "again"] == [("A", 2), ("B", 1)]


def test_when_nothing_of_it_is_sold_any_more_the_order_says_so(walker):
    order = delivered(walker, SkuFactory())
    Sku.objects.update(stock=0)
    assert walker.post("shop:buy-again", order.code).url == reverse("shop:order", args=[order.code])
    assert "is sold out." in said(walker.get("shop:order", order.code))


def test_the_demo_says_how_long_a_day_is_and_a_real_shop_does_not(walker, settings):
    order = bought(walker, SkuFactory())
    assert "a day takes a minute" in said(walker.get("shop:order", order.code))
    settings.ORDER_DAY_SECONDS = 86_400
    assert "In this demo" not in said(walker.get("shop:order", order.code))
