"""The shop tab, its categories, and what a buyer saved."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journey.steps import Step
from shop.models import Coupon, Engagement, Product, Sku, Wish
from shop.views import shelves
from tests.factories import CategoryFactory, CouponFactory, CreatorFactory, ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import queries, said
from tests.walker import drawn

pytestmark = pytest.mark.django_db


def listed(page) -> dict[str, list[str]]:
    """The products of each list on a page."""
    parts = re.split(r'data-list="([\w:-]+)"', page.content.decode())[1:]
    return {name: re.findall(r'data-item="([\w-]+)"', text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def dealt(slug: str, starts: int, ends: int):
    """A product with a deal from `starts` to `ends`, hours from now."""
    now = timezone.now()
    times = {"deal_starts_at": now + timedelta(hours=starts), "deal_ends_at": now + timedelta(hours=ends)}
    return SkuFactory(product=ProductFactory(slug=slug, deal_percent=20, **times))


def test_the_shop_tab_shows_running_deals_first_then_those_to_come(walker):
    for slug, starts, ends in [("later", -1, 9), ("soon", -1, 2), ("coming", 3, 5), ("over", -5, -1)]:
        dealt(slug, starts, ends)
    page = walker.get("shop:shop")
    assert listed(page)["deals"] == ["soon", "later", "coming"]
    assert (said(page).count("data-ends="), said(page).count("Starts at")) == (2, 1)


def test_what_sells_best_stands_first_and_the_order_can_be_another(walker):
    for slug, sold, cents in [("some", 5, 900), ("most", 9, 500), ("none", 0, 700)]:
        SkuFactory(product=ProductFactory(slug=slug, sold=sold), price_cents=cents)
    assert listed(walker.get("shop:shop"))["shop"] == ["most", "some", "none"]
    assert listed(walker.get("shop:shop", sort="low"))["shop"] == ["most", "none", "some"]
    assert listed(walker.get("shop:shop", sort="new"))["shop"] == ["none", "most", "some"]


def test_only_open_coupons_for_everyone_are_offered(walker):
    CouponFactory(code="OPEN")
    CouponFactory(code="STORE", creator=CreatorFactory())
    CouponFactory(code="NEW", audience=Coupon.Audience.NEW)
    CouponFactory(code="OVER", ends_at=timezone.now() - timedelta(minutes=1))
    assert re.findall(r'data-mine="claim:(\w+)"', said(walker.get("shop:shop"))) == ["OPEN"]


def test_an_empty_shop_draws_nothing_that_is_empty(walker):
    assert drawn(walker.get("shop:shop")) == ["popular"]


def test_a_category_holds_its_products_alone_and_an_unknown_one_is_not_there(walker):
    beauty = CategoryFactory(slug="beauty")
    SkuFactory(product=ProductFactory(slug="serum", category=beauty))
    SkuFactory(product=ProductFactory(slug="lamp"))
    assert listed(walker.get("shop:category", "beauty"))["category:beauty"] == ["serum"]
    assert walker.get("shop:category", "none").status_code == 404


def test_a_shelf_goes_on_without_a_script_and_with_one(walker, monkeypatch):
    monkeypatch.setattr(shelves, "CARDS", 2)
    for n in range(3):
        SkuFactory(product=ProductFactory(slug=f"lamp-{n}", sold=9 - n))
    page = said(walker.get("shop:shop"))
    assert re.findall(r'class="btn btn-quiet more" href="([^"]+)" data-more="([^"]+)"', page) == [
        ("?page=2", "/shelf?page=2")
    ]
    assert listed(walker.get("shop:shop", page=2))["shop"] == ["lamp-2"]
    more = walker.get("shop:shelf", page=2).content.decode()
    assert (re.findall(r'data-item="([\w-]+)" data-index="(\d+)"', more), "more" in more) == ([("lamp-2", "2")], False)


def test_a_new_price_shows_at_once(walker):
    sku = SkuFactory(price_cents=1_234)
    walker.get("shop:shop")
    Sku.objects.filter(pk=sku.pk).update(price_cents=4_321)
    page = said(walker.get("shop:shop"))
    assert ("43</span><small>.21" in page, "12</span><small>.34" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_shop_tab_and_a_category_cost_few_queries_whatever_they_show(walker, count):
    category = CategoryFactory(slug="beauty")
    for n in range(count):
        dealt(f"lamp-{n}", -1, 5)
        CouponFactory()
    Product.objects.update(category=category)
    walker.get("shop:shop")
    walker.get("shop:category", "beauty")
    with queries() as tab:
        walker.get("shop:shop")
    with queries() as shelf:
        walker.get("shop:category", "beauty")
    assert (len(tab), len(shelf)) == (3, 2)


def test_places_of_the_shop_are_recorded(walker):
    CategoryFactory(slug="beauty")
    walker.get("shop:shop")
    walker.get("shop:category", "beauty")
    walker.get("shop:shelf")
    walker.get("shop:saved")
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.VIEW_SHOP.letter, None),
        (Step.VIEW_SHOP.letter, {"category": "beauty"}),
        (Step.VIEW_SHOP.letter, None),
    ]


def test_the_tab_bar_says_where_one_is(walker):
    for name, current in [("shop:shop", ["page"]), ("shop:search", ["true"]), ("shop:saved", ["true"])]:
        nav = said(walker.get(name)).split('aria-label="Main"')[1].split("</nav>")[0]
        assert re.findall(r'href="/shop" aria-current="(\w+)"', nav) == current
        assert nav.count("aria-current") == 1


def test_a_saved_product_says_that_it_is_back_and_cheaper(walker):
    cheaper, back = SkuFactory(price_cents=2_000), SkuFactory(stock=0)
    for sku in [cheaper, back]:
        walker.post("shop:wish", sku.product.slug)
    Sku.objects.filter(pk=cheaper.pk).update(price_cents=1_500)
    Sku.objects.filter(pk=back.pk).update(stock=3)
    page = said(walker.get("shop:saved"))
    assert (page.count("Back in stock"), page.count("$5.00 less than when you saved it")) == (1, 1)


def test_a_saved_product_is_taken_off_the_list_and_put_into_the_cart(walker):
    sku = SkuFactory()
    walker.post("shop:wish", sku.product.slug)
    page = said(walker.get("shop:saved"))
    assert re.findall(r'name="sku" value="([^"]+)"', page) == [sku.code]
    answer = walker.post("shop:wish", sku.product.slug, on=0, next="/saved")
    assert (answer["Location"], Wish.objects.count()) == ("/saved", 0)
    assert "Nothing saved yet" in said(walker.get("shop:saved"))


def test_nobody_sees_what_somebody_else_saved(walker):
    Wish.objects.create(buyer="somebody", product=SkuFactory().product)
    Engagement.objects.create(buyer="somebody", kind="save", video=(video := VideoFactory()), creator=video.creator)
    assert "Nothing saved yet" in said(walker.get("shop:saved"))
    assert "Videos you save are kept here." in said(walker.get("shop:saved", tab="videos"))


def test_saved_and_liked_videos_have_their_tabs(walker):
    for slug, kind in [("kept", "save"), ("loved", "like")]:
        walker.post("shop:engage", kind=kind, on=1, video=VideoFactory(slug=slug).slug)
    for tab, slug in [("videos", "kept"), ("liked", "loved")]:
        assert re.findall(r"\?video=([\w-]+)", said(walker.get("shop:saved", tab=tab))) == [slug]


@pytest.mark.parametrize("count", [1, 3])
def test_saved_products_cost_few_queries_however_many_they_are(walker, count):
    for _ in range(count):
        walker.post("shop:wish", SkuFactory().product.slug)
    with queries() as asked:
        walker.get("shop:saved")
    assert len(asked) <= 6
