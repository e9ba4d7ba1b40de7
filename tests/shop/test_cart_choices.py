"""What a buyer does in the cart beside counting: select, remove and put back, buy one thing now."""

import pytest
from django.urls import reverse

from journey.steps import Step
from shop.models import Cart, CartLine, Order, Product, Sku
from tests.factories import CouponFactory, CreatorFactory, ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import key_of, place, put_in_cart, said, told

pytestmark = pytest.mark.django_db


def selected() -> list[str]:
    return list(CartLine.objects.filter(is_selected=True).order_by("pk").values_list("sku__code", flat=True))


@pytest.fixture
def two_stores(walker):
    mira, theo = CreatorFactory(slug="mira"), CreatorFactory(slug="theo")
    for code, creator in {"A": mira, "B": mira, "C": theo}.items():
        put_in_cart(walker, SkuFactory(code=code, price_cents=1_000, product__creator=creator))
    return walker


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"off": "all"}, []),
        ({"off": "shop:mira"}, ["C"]),
        ({"off": "sku:A"}, ["B", "C"]),
        ({"off": "sku:none"}, ["A", "B", "C"]),
        ({"off": "sku:\0"}, ["A", "B", "C"]),
        ({"off": "evil"}, ["A", "B", "C"]),
        ({}, ["A", "B", "C"]),
    ],
)
def test_lines_are_taken_out_of_the_next_order_one_by_one_by_store_and_all(two_stores, said, left):
    assert two_stores.post("shop:select", **said).status_code == 303
    assert selected() == left
    two_stores.post("shop:select", on="all")
    assert selected() == ["A", "B", "C"]


def test_only_what_is_selected_is_summed_ordered_and_gone_from_the_cart(two_stores):
    two_stores.post("shop:select", off="shop:mira")
    page = two_stores.get("shop:cart")
    assert "Checkout (1)" in said(page)
    assert page.context["quote"].total_cents == 1_000
    place(two_stores)
    assert [line.sku_code for line in Order.objects.get().lines.all()] == ["C"]
    assert sorted(CartLine.objects.values_list("sku__code", flat=True)) == ["A", "B"]


def test_without_a_selection_there_is_no_checkout(two_stores):
    two_stores.post("shop:select", off="all")
    assert "Select something first" in said(two_stores.get("shop:cart"))
    assert two_stores.get("shop:checkout").url == reverse("shop:cart")


def test_a_selection_is_no_new_version_and_two_tabs_of_different_things_are_not_the_same_order(two_stores):
    two_stores.post("shop:select", off="shop:theo")
    mira = key_of(two_stores.get("shop:checkout"))
    two_stores.post("shop:select", off="shop:mira")
    two_stores.post("shop:select", on="shop:theo")
    theo = key_of(two_stores.get("shop:checkout"))
    assert place(two_stores, mira).status_code == 303
    page = place(two_stores, theo)
    assert page.status_code == 409
    assert "Your cart has changed" in said(page)
    assert place(two_stores, key_of(page)).status_code == 303
    assert [order.count for order in Order.objects.order_by("pk")] == [2, 1]


def test_what_was_removed_can_be_put_back_with_its_quantity_and_its_video(walker):
    product = ProductFactory(slug="rose", title="Rose Serum", category__slug="beauty")
    sku = SkuFactory(code="R", product=product, price_cents=500)
    VideoFactory(slug="glow", products=[sku.product])
    put_in_cart(walker, sku, 3, video="glow")
    answer = walker.post("shop:update-line", "R", quantity=0)
    assert answer.url == "/cart?removed=R&quantity=3&video=glow"
    page = walker.client.get(answer.url)
    assert "Removed: Rose Serum" in said(page)
    put_in_cart(walker, sku, 3, video="glow", next="/cart")
    assert list(CartLine.objects.values_list("sku__code", "quantity", "video")) == [("R", 3, "glow")]
    assert "Removed:" not in said(walker.client.get(answer.url))
    walker.steps  # noqa: B018 stores what waits
    line = {"product": "rose", "category": "beauty", "sku": "R", "method": "cart", "video": "glow", "quantity": 3}
    line |= {"value": 1_500}
    assert (told(Step.REMOVE_FROM_CART), told(Step.ADD_TO_CART)) == ([line], [line, line])


@pytest.mark.parametrize(
    "query", ["removed=none&quantity=1", "removed=R", "removed=R&quantity=99", "removed=%00&quantity=1"]
)
def test_an_address_that_was_made_up_offers_nothing(walker, query):
    SkuFactory(code="R")
    page = walker.client.get(f"/cart?{query}")
    assert page.status_code == 200
    assert "Removed:" not in said(page)


def test_buying_now_orders_that_product_alone_in_the_quantity_chosen(walker):
    kept, now = SkuFactory(code="KEPT"), SkuFactory(code="NOW", price_cents=700)
    put_in_cart(walker, kept)
    put_in_cart(walker, now, 3)
    answer = put_in_cart(walker, now, 2, method="buy_now")
    page = walker.client.get(answer.url)
    assert [(line.sku, line.quantity) for line in page.context["quote"].lines] == [(now, 2)]
    refused = place(walker, key_of(page), only="NOW", payment="card_declined")
    assert refused.context["quote"].lines[0].sku == now
    assert place(walker, key_of(refused), only="NOW").status_code == 303
    assert [line.sku for line in Order.objects.get().lines.all()] == [now]
    assert list(CartLine.objects.values_list("sku__code", "is_selected")) == [("KEPT", True)]


def test_a_script_is_answered_with_the_count_or_with_the_reason(walker):
    sku = SkuFactory(stock=2)
    add = reverse("shop:add-to-cart", args=[sku.product.slug])
    json = {"accept": "application/json"}
    answers = [walker.client.post(add, {"sku": sku.code, "quantity": n}, headers=json) for n in (2, 1, 0)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"message": "In your cart.", "count": 2}),
        (409, {"error": f"Only 2 left of {sku}."}),
        (422, {"error": "Please choose a quantity from 1 to 10."}),
    ]


def test_a_store_says_how_much_is_missing_until_it_ships_for_nothing(walker):
    store = CreatorFactory(free_shipping_from_cents=2_000)
    sku = SkuFactory(price_cents=1_590, product__creator=store, product__shipping_cents=399)
    put_in_cart(walker, sku)
    page = walker.get("shop:cart")
    assert "Add $4.10 for free shipping" in said(page)
    assert page.context["quote"].total_cents == 1_989
    put_in_cart(walker, sku)
    page = walker.get("shop:cart")
    assert "Free shipping reached: $3.99 saved" in said(page)
    place(walker)
    assert (Order.objects.get().shipping_cents, Order.objects.get().total_cents) == (0, 3_180)


def test_a_sold_out_line_can_be_watched_for(walker):
    sku = SkuFactory(product__slug="rose")
    put_in_cart(walker, sku)
    Sku.objects.update(stock=0)
    assert 'action="/p/rose/wish"' in said(walker.get("shop:cart"))
    Product.objects.update(is_listed=False)
    assert 'action="/p/rose/wish"' not in said(walker.get("shop:cart"))


def test_what_was_typed_is_still_there_after_the_cart_had_to_be_changed(walker):
    put_in_cart(walker, SkuFactory(code="A"), 2)
    key = key_of(walker.get("shop:checkout"))
    Sku.objects.update(stock=1)
    assert place(walker, key, delivery="express", street="7 Lost Lane").status_code == 409
    walker.post("shop:update-line", "A", quantity=1)
    page = walker.get("shop:checkout")
    assert 'value="7 Lost Lane"' in said(page)
    assert page.context["form"].chosen_delivery == "express"
    place(walker)
    assert Cart.objects.get().typed == {}


def test_whoever_comes_back_to_the_checkout_after_ordering_is_told_so(walker):
    put_in_cart(walker, SkuFactory())
    place(walker)
    steps = len(walker.steps)
    page = walker.get("shop:checkout")
    assert "You have ordered this already." in said(page)
    assert f'href="/orders/{Order.objects.get().code}"' in said(page)
    assert len(walker.steps) == steps


@pytest.mark.parametrize(("answers", "status"), [({"state": "AK"}, 422), ({"street": "P.O. Box 12"}, 422), ({}, 303)])
def test_express_goes_where_it_can(walker, answers, status):
    put_in_cart(walker, SkuFactory())
    page = place(walker, delivery="express", **answers)
    assert page.status_code == status
    assert ("Express does not reach Alaska, Hawaii or P.O. boxes." in said(page)) == (status == 422)


def test_who_wants_another_thing_that_is_gone_is_not_told_they_have_ordered_it(walker):
    put_in_cart(walker, SkuFactory())
    place(walker)
    put_in_cart(walker, SkuFactory(code="GONE"))
    Sku.objects.filter(code="GONE").update(stock=0)
    assert [walker.client.get(f"/checkout{query}").url for query in ("", "?only=GONE")] == ["/cart", "/cart"]


@pytest.mark.parametrize(("code", "is_wrong"), [("NOPE", True), ("RIGHT", False)])
def test_what_is_said_of_a_code_stands_beside_its_field_and_nowhere_else(walker, code, is_wrong):
    CouponFactory(code="RIGHT")
    put_in_cart(walker, SkuFactory())
    walker.get("shop:cart")  # says what was put in
    answer = walker.post("shop:coupon", code=code)
    assert answer.url == reverse("shop:cart") + "#code"
    page = said(walker.get("shop:cart"))
    beside = page.partition('id="code-said"')[2].partition("</p>")[0]
    assert (code in beside, 'class="note ' in page, 'aria-invalid="true"' in page) == (True, False, is_wrong)
