"""The cart: what goes in, what it costs, what it says when things have changed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from journey.steps import Step
from shop.models import Cart, CartLine, Sku
from tests.factories import CreatorFactory, ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import put_in_cart, queries

pytestmark = pytest.mark.django_db


def lines():
    return list(CartLine.objects.order_by("pk").values_list("sku__code", "quantity"))


def test_a_product_is_put_in_and_the_buyer_returns_to_its_page(walker):
    sku = SkuFactory(code="ROSE-30", product__slug="rose-serum")
    answer = put_in_cart(walker, sku, 2)
    assert (answer.status_code, answer.url) == (303, "/p/rose-serum")
    assert lines() == [("ROSE-30", 2)]
    assert "In your cart." in walker.get("shop:cart").content.decode()


def test_buy_now_goes_to_the_checkout(walker):
    assert put_in_cart(walker, SkuFactory(code="A"), method="buy_now").url == "/checkout?only=A"


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [
        ("/?v=3", "/?v=3"),
        ("https://evil.example/", "/p/rose"),
        ("//evil.example", "/p/rose"),
        ("/\\evil.example", "/p/rose"),
    ],
)
def test_the_buyer_returns_where_they_came_from_but_never_to_another_site(walker, wanted, landed):
    assert put_in_cart(walker, SkuFactory(product__slug="rose"), next=wanted).url == landed


def test_the_same_sku_twice_is_one_line(walker):
    sku = SkuFactory(code="ROSE-30")
    put_in_cart(walker, sku, 2)
    put_in_cart(walker, sku, 3)
    assert lines() == [("ROSE-30", 5)]


def test_after_a_change_the_buyer_is_where_the_line_is(walker):
    put_in_cart(walker, SkuFactory(code="ROSE-30"))
    assert walker.post("shop:update-line", "ROSE-30", quantity=3).url == "/cart#line-ROSE-30"


def test_every_change_is_a_new_version(walker):
    sku = SkuFactory(code="A")
    put_in_cart(walker, sku)
    walker.post("shop:update-line", "A", quantity=3)
    walker.post("shop:update-line", "A", quantity=0)
    assert Cart.objects.get().version == 3


@pytest.mark.parametrize("quantity", ["0", "-1", "11", "1000000000000000000", "abc", "", "1.5", "\0", "9" * 16_000])
def test_impossible_quantities_are_refused_in_words(walker, quantity):
    sku = SkuFactory()
    put_in_cart(walker, sku, quantity)
    assert lines() == []
    assert "Please choose a quantity from 1 to 10." in walker.get("shop:cart").content.decode()


@pytest.mark.parametrize("code", ["", "\0", "none", "x" * 16_000])
def test_an_unknown_sku_is_refused(walker, code):
    product = SkuFactory().product
    assert walker.post("shop:add-to-cart", product.slug, sku=code, quantity=1).status_code == 303
    assert lines() == []


def test_a_sku_of_another_product_is_refused(walker):
    product, other = ProductFactory(), SkuFactory()
    walker.post("shop:add-to-cart", product.slug, sku=other.code, quantity=1)
    assert lines() == []


def test_nobody_puts_in_more_than_there_is_or_more_than_ten(walker):
    few, many = SkuFactory(product__title="Serum", option="30 ml", stock=2), SkuFactory(stock=100)
    put_in_cart(walker, few, 3)
    put_in_cart(walker, many, 6)
    put_in_cart(walker, many, 5)
    page = walker.get("shop:cart").content.decode()
    assert lines() == [(many.code, 6)]
    assert "Only 2 left of Serum, 30 ml." in page
    assert "You can buy at most 10 of one thing at a time." in page


def test_the_database_bounds_the_quantity_too():
    cart, sku = Cart.objects.create(buyer="b"), SkuFactory()
    for quantity in (0, 11):
        with pytest.raises(IntegrityError), transaction.atomic():
            CartLine.objects.create(cart=cart, sku=sku, quantity=quantity, seen_cents=1)


def test_the_cart_tells_its_steps_with_what_changed(walker):
    video = VideoFactory(slug="glow", products=[ProductFactory(slug="rose", category__slug="beauty")])
    SkuFactory(code="R", product=video.products.get(), price_cents=500)
    walker.post("shop:add-to-cart", "rose", sku="R", quantity=3, video="glow")
    walker.post("shop:update-line", "R", quantity=1)
    walker.get("shop:cart")
    told = [(Step.of_letter(event.step), event.props) for event in walker.events]
    line = {"product": "rose", "category": "beauty", "sku": "R", "method": "cart", "video": "glow"}
    assert told == [
        (Step.ADD_TO_CART, line | {"quantity": 3, "value": 1500}),
        (Step.REMOVE_FROM_CART, line | {"quantity": 2, "value": 1000}),
        (Step.VIEW_CART, {"quantity": 1, "value": 500}),
    ]


def test_a_video_that_does_not_show_the_product_is_not_credited(walker):
    VideoFactory(slug="other")
    sku = SkuFactory()
    for video in ("other", "no-such-video", "\0", "x" * 300):
        put_in_cart(walker, sku, video=video)
    assert list(CartLine.objects.values_list("video", "quantity")) == [("", 4)]


def test_an_empty_cart_says_so_and_leaves_no_cart_behind(walker):
    page = walker.get("shop:cart")
    assert "Your cart is empty." in page.content.decode()
    assert "buyer" not in page.cookies
    assert Cart.objects.count() == 0


def test_lines_are_grouped_by_store_and_each_store_ships_once(walker):
    mira, theo = CreatorFactory(store_name="Mira Glows"), CreatorFactory(store_name="Theo Cooks")
    for creator, shipping, price in [(mira, 300, 1000), (theo, 0, 2000), (mira, 499, 500)]:
        put_in_cart(walker, SkuFactory(product__creator=creator, product__shipping_cents=shipping, price_cents=price))
    quote = walker.get("shop:cart").context["quote"]
    assert [(parcel.store, len(parcel.lines), parcel.shipping_cents) for parcel in quote.parcels] == [
        (mira, 2, 499),
        (theo, 1, 0),
    ]
    assert (quote.subtotal_cents, quote.shipping_cents, quote.total_cents) == (3500, 499, 3999)


def test_what_cannot_be_bought_any_more_stands_apart_and_costs_nothing(walker):
    kept, gone, unlisted = SkuFactory(price_cents=700), SkuFactory(), SkuFactory()
    for sku in (kept, gone, unlisted):
        put_in_cart(walker, sku)
    Sku.objects.filter(pk=gone.pk).update(stock=0)
    type(unlisted.product).objects.filter(pk=unlisted.product.pk).update(is_listed=False)
    quote = walker.get("shop:cart").context["quote"]
    assert [line.sku for line in quote.lines] == [kept]
    assert [line.sku for line in quote.unavailable] == [gone, unlisted]
    assert quote.total_cents == 700


def test_a_line_with_more_than_is_left_offers_what_is_left(walker):
    sku = SkuFactory(code="A", stock=5)
    put_in_cart(walker, sku, 5)
    Sku.objects.update(stock=2)
    assert "Take 2" in walker.get("shop:cart").content.decode()
    assert walker.get("shop:checkout").url == reverse("shop:cart")
    walker.post("shop:update-line", "A", quantity=2)
    assert lines() == [("A", 2)]
    assert walker.get("shop:checkout").status_code == 200


def test_a_price_that_moved_is_said(walker):
    put_in_cart(walker, SkuFactory(price_cents=1690, product__title="Serum"))
    Sku.objects.update(price_cents=1790)
    assert "Serum costs $17.90 now. It was $16.90 when you put it in." in walker.get("shop:cart").content.decode()


def test_the_badge_counts_pieces_of_one_buyer(walker):
    put_in_cart(walker, SkuFactory(), 2)
    put_in_cart(walker, SkuFactory(), 3)
    assert Cart.count_for(Cart.objects.get().buyer) == 5
    assert (Cart.count_for("somebody-else"), Cart.count_for(None)) == (0, 0)


@pytest.mark.parametrize("sku", ["none", "%00", "x" * 500])
def test_changing_a_line_that_is_not_there_changes_nothing(walker, sku):
    put_in_cart(walker, SkuFactory(code="A"))
    answer = walker.client.post(f"/cart/{sku}", {"quantity": 4})
    assert (answer.status_code, lines()) == (303, [("A", 1)])


def test_a_cart_of_three_asks_no_more_of_the_database_than_a_cart_of_one(walker):
    put_in_cart(walker, SkuFactory())
    with queries() as one:
        walker.get("shop:cart")
    put_in_cart(walker, SkuFactory())
    put_in_cart(walker, SkuFactory())
    with queries() as three:
        walker.get("shop:cart")
    assert len(one) == len(three) <= 6
