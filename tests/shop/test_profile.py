"""A creator's profile: who it is, what they filmed, what they sell."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from journey.models import Experiment
from journey.steps import Step
from shop.models import Creator
from tests.factories import (
    ArmFactory,
    CouponFactory,
    CreatorFactory,
    ProductFactory,
    ReviewFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart, queries, said
from tests.walker import drawn

TOLD = re.compile(r"</svg> 4\.7")
pytestmark = pytest.mark.django_db


def test_a_profile_is_a_page_with_its_blocks_in_order(walker):
    CreatorFactory(slug="mira", bio="Skincare for people who forget skincare.")
    page = walker.get("shop:profile", "mira")
    assert drawn(page) == ["head", "bio", "store", "shelves"]
    assert [(event.step, event.props) for event in walker.events] == [(Step.VIEW_PROFILE.letter, {"creator": "mira"})]


def test_a_block_with_nothing_to_say_is_not_drawn(walker):
    CreatorFactory(slug="mira", bio="")
    assert drawn(walker.get("shop:profile", "mira")) == ["head", "store", "shelves"]


def test_a_video_opens_the_feed_at_it(walker):
    VideoFactory(slug="week-one", creator__slug="mira", views=486_000)
    page = walker.get("shop:profile", "mira").content.decode()
    assert ('href="/?by=mira&amp;video=week-one"' in page, "486K" in page) == (True, True)


def test_the_shop_shows_what_sells_best_first(walker):
    creator = CreatorFactory(slug="mira")
    for slug, sold in [("balm", 10), ("serum", 90)]:
        SkuFactory(product__slug=slug, product__creator=creator, product__sold=sold)
    page = walker.get("shop:profile", "mira", tab="shop").content.decode()
    assert 'data-list="profile:mira"' in page
    assert re.findall(r'data-item="(\w+)" data-index="(\d)"', page) == [("serum", "0"), ("balm", "1")]


def test_empty_shelves_say_so(walker):
    CreatorFactory(slug="mira")
    assert "No videos yet." in walker.get("shop:profile", "mira").content.decode()
    assert "nothing on its shelves" in walker.get("shop:profile", "mira", tab="shop").content.decode()


def test_a_product_without_a_sku_does_not_break_the_shelf(walker):
    ProductFactory(creator__slug="mira")
    assert "Sold out" in walker.get("shop:profile", "mira", tab="shop").content.decode()


def test_a_variant_puts_the_bestsellers_first(walker):
    SkuFactory(product__creator__slug="mira")
    blocks = ["featured", "head", "shelves"]
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__slots={"profile/body": blocks})
    assert drawn(walker.get("shop:profile", "mira")) == blocks


def test_nobody_is_not_found(walker):
    page = walker.get("shop:profile", "nobody")
    assert (page.status_code, "There is nothing at this address." in page.content.decode()) == (404, True)


@pytest.mark.parametrize("tab", ["videos", "shop", "liked"])
def test_a_profile_asks_as_often_for_three_rows_as_for_one(walker, tab):
    creator = CreatorFactory(slug="mira")
    put_in_cart(walker, SkuFactory())

    def stock_up():
        ReviewFactory(product=SkuFactory(product__creator=creator).product)
        creator.liked_videos.add(VideoFactory(creator=creator))

    def asked() -> int:
        walker.get("shop:profile", "mira", tab=tab)
        with queries() as counted:
            walker.get("shop:profile", "mira", tab=tab)
        return len(counted)

    stock_up()
    one = asked()
    stock_up()
    stock_up()
    assert (asked(), one) == (3, 3)


def titles(page) -> list[str]:
    return re.findall(r'data-item="([\w-]+)"', page.content.decode())


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["deal", "dear", "cheap", "gone"]),
        ("sales", ["gone", "dear", "cheap", "deal"]),
        ("new", ["gone", "cheap", "dear", "deal"]),
        ("low", ["deal", "cheap", "gone", "dear"]),
        ("high", ["dear", "gone", "cheap", "deal"]),
        ("boo", ["deal", "dear", "cheap", "gone"]),
    ],
)
def test_a_store_is_sorted_by_what_things_cost_and_sell_now(walker, sort, order):
    creator, soon = CreatorFactory(slug="mira"), timezone.now() + timedelta(hours=1)
    deal = {"deal_percent": 80, "deal_starts_at": timezone.now(), "deal_ends_at": soon}
    for slug, cents, sold, more in [("deal", 2000, 1, deal), ("dear", 3000, 9, {}), ("cheap", 500, 5, {})]:
        product = ProductFactory(slug=slug, creator=creator, sold=sold, **more)
        SkuFactory(product=product, price_cents=cents)
    SkuFactory(product__slug="gone", product__creator=creator, product__sold=99, price_cents=900, stock=0)
    assert titles(walker.get("shop:profile", "mira", tab="shop", sort=sort)) == order


def test_a_store_of_several_categories_is_narrowed_down_by_one(walker):
    creator = CreatorFactory(slug="mira")
    for slug in ("skin", "hair"):
        SkuFactory(product__slug=f"{slug}-thing", product__creator=creator, product__category__slug=slug)
    page = walker.get("shop:profile", "mira", tab="shop", category="hair")
    assert (titles(page), 'aria-label="Categories"' in said(page)) == (["hair-thing"], True)
    assert len(titles(walker.get("shop:profile", "mira", tab="shop", category="nowhere"))) == 2


def test_few_ratings_and_few_sales_are_not_told(walker):
    creator = CreatorFactory(slug="mira", store_rating="4.8", store_sold=99)
    product = SkuFactory(product__creator=creator).product
    ReviewFactory.create_batch(4, product=product)
    page = said(walker.get("shop:profile", "mira"))
    assert ("4.8 of 5" in page, "99 sold" in page) == (False, False)
    ReviewFactory(product=product)
    Creator.objects.update(store_sold=120_000)
    page = said(walker.get("shop:profile", "mira"))
    assert ("4.8 of 5" in page, "100,000+ sold" in page) == (True, True)


def test_what_a_store_is_not_rated_for_yet_no_other_page_tells_either(walker):
    product = SkuFactory(product__slug="serum", product__creator=CreatorFactory(store_rating="4.7")).product
    ReviewFactory.create_batch(4, product=product)
    assert [TOLD.search(page) for page in told_elsewhere(walker, product)] == [None, None]
    ReviewFactory(product=product)
    assert [bool(TOLD.search(page)) for page in told_elsewhere(walker, product)] == [True, True]


def told_elsewhere(walker, product) -> list[str]:
    """The product's page and a search for its store; what a search remembers for some seconds is forgotten."""
    cache.clear()
    pages = [walker.get("shop:product", product.slug), walker.get("shop:search", q=product.creator.store_name)]
    return [said(page) for page in pages]


def test_a_poor_rating_is_not_told_either(walker):
    creator = CreatorFactory(slug="mira", store_rating="3.5")
    ReviewFactory.create_batch(5, product=SkuFactory(product__creator=creator).product)
    assert "3.5 of 5" not in said(walker.get("shop:profile", "mira"))


def test_the_seller_is_told_with_a_contact_that_cannot_be_written_to(walker):
    CreatorFactory(slug="mira", business_name="Glows LLC", contact="hello@glows.example", is_official=True)
    page = said(walker.get("shop:profile", "mira"))
    assert ("Glows LLC" in page, "h…@glows.example" in page, "hello@" in page) == (True, True, False)
    assert "Official store: the brand itself sells here." in page


def test_pinned_videos_stand_first_and_liked_ones_have_their_tab(walker):
    mira = CreatorFactory(slug="mira")
    VideoFactory(slug="pinned", creator=mira, is_pinned=True)
    VideoFactory(slug="newest", creator=mira)
    mira.liked_videos.add(VideoFactory(slug="of-jun"), VideoFactory(slug="hidden", is_published=False))
    tiles = re.compile(r'class="tile" href="/\?([^"]+)"')
    assert tiles.findall(walker.get("shop:profile", "mira").content.decode()) == [
        "by=mira&amp;video=pinned",
        "by=mira&amp;video=newest",
    ]
    assert tiles.findall(walker.get("shop:profile", "mira", tab="liked").content.decode()) == ["video=of-jun"]


def test_a_store_offers_its_open_coupons_and_its_free_shipping(walker):
    mira = CreatorFactory(slug="mira", free_shipping_from_cents=2500)
    CouponFactory(code="GLOW15", creator=mira)
    CouponFactory(code="OVER", creator=mira, is_active=False)
    CouponFactory(code="THEIRS", creator=CreatorFactory())
    page = said(walker.get("shop:profile", "mira", tab="shop"))
    assert re.findall(r'data-mine="claim:(\w+)"', page) == ["GLOW15"]
    assert "Free shipping from $25 in this store" in page


def test_a_price_that_changes_shows_at_once(walker):
    sku = SkuFactory(product__creator__slug="mira", price_cents=1000)
    walker.get("shop:profile", "mira", tab="shop")
    type(sku).objects.update(price_cents=1234)
    assert ".34" in walker.get("shop:profile", "mira", tab="shop").content.decode()
