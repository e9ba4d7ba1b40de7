"""What pages show is drawn once; what changes, by whoever and however, shows with the next request."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from journey.models import Experiment
from shop.models import (
    Assurance,
    Coupon,
    Creator,
    Product,
    ProductImage,
    Question,
    Review,
    ReviewPhoto,
    Sku,
    Video,
    VideoProduct,
)
from tests.factories import ArmFactory, AssuranceFactory, ProductImageFactory, ReviewFactory, VideoFactory
from tests.shop.showing import HOUR, rose_serum, shown

pytestmark = pytest.mark.django_db

FEED, PRODUCT, STORE = ["shop:feed"], ["shop:product", "rose-serum"], ["shop:profile", "mira"]
ROSE, BALM = {"slug": "rose-serum"}, {"slug": "lip-balm"}


OTHER_PROCESS = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    database.execute("UPDATE shop_sku SET price_cents = 1234")
"""


@pytest.fixture
def rose():
    return rose_serum()


def update(model, which, **change):
    return lambda rose: model.objects.filter(**which).update(**change)


def save(model, **change):
    def changed(rose):
        one = model.objects.first()
        for name, value in change.items():
            setattr(one, name, value)
        one.save()

    return changed


def deal(**more):
    now = timezone.now()
    return update(Product, ROSE, deal_percent=50, deal_starts_at=now - HOUR, deal_ends_at=now + HOUR, **more)


def _review_of_balm() -> None:
    ReviewFactory(product=Product.objects.get(**BALM), stars=3)


OF_ROSE, OF_BALM = {"product__slug": "rose-serum"}, {"product__slug": "lip-balm"}
# What changes, on which page, and what stands there then.
CHANGES = {
    "a price on its page": (PRODUCT, update(Sku, OF_ROSE, price_cents=1234), "$12.34"),
    "a price in the feed": (FEED, update(Sku, OF_ROSE, price_cents=1234), "$12.34"),
    "a list price": (PRODUCT, update(Sku, OF_ROSE, list_price_cents=9900), "$99.00"),
    "the price of a neighbour": (PRODUCT, update(Sku, OF_BALM, price_cents=1234), "$12.34"),
    "few left": (PRODUCT, update(Sku, OF_ROSE, stock=2), "Only 2 left"),
    "sold out on its page": (PRODUCT, update(Sku, OF_ROSE, stock=0), "This is sold out"),
    "sold out in the feed": (FEED, update(Sku, OF_ROSE, stock=0), "Sold out"),
    "a deal on its page": (PRODUCT, deal(), "$10.00"),
    "a deal in the feed": (FEED, deal(), "$10.00"),
    "a title": (PRODUCT, update(Product, ROSE, title="Serum of roses"), "Serum of roses"),
    "a description": (PRODUCT, update(Product, ROSE, description="Smells of June."), "Smells of June."),
    "what was sold": (PRODUCT, update(Product, ROSE, sold=4321), "4,321 sold"),
    "the title of a neighbour": (PRODUCT, update(Product, BALM, title="Balm of lips"), "Balm of lips"),
    "a link's words": (FEED, update(Product, ROSE, link_title="Get the serum"), "Get the serum"),
    "a store's name": (PRODUCT, update(Creator, {"slug": "mira"}, store_name="Mira and sons"), "Mira and sons"),
    "a handle": (FEED, update(Creator, {"slug": "mira"}, handle="mira.glows"), "@mira.glows"),
    "a promise": (PRODUCT, update(Assurance, {}, title="Money back"), "Money back"),
    "its terms": (PRODUCT, save(Assurance, terms="Ninety days."), "Ninety days."),
    "one promise more": (PRODUCT, lambda rose: rose.assurances.add(AssuranceFactory(title="Safe")), "Safe"),
    "a new review": (PRODUCT, lambda rose: ReviewFactory(product=rose, text="Smells odd."), "Smells odd."),
    "an edited review": (PRODUCT, save(Review, text="Fourth bottle."), "Fourth bottle."),
    "a reply": (PRODUCT, save(Review, reply="Thank you, Dana."), "Thank you, Dana."),
    "who found it helpful": (PRODUCT, update(Review, {}, helpful=77), "Helpful 77"),
    "an answer": (PRODUCT, save(Question, answer="Since May."), "Since May."),
    "a coupon's worth": (PRODUCT, update(Coupon, {}, percent=35), "35% off"),
    "a caption": (FEED, update(Video, {}, caption="Week two"), "Week two"),
    "the stars of a neighbour": (PRODUCT, lambda rose: _review_of_balm(), "3.0"),
    "likes": (FEED, update(Video, {}, likes=9900), "9.9K"),
    "comments": (FEED, update(Video, {}, comment_count=8800), "8.8K"),
    "a new video": (FEED, lambda rose: VideoFactory(caption="Brand new"), "Brand new"),
}
GONE = {
    "a review": (PRODUCT, lambda rose: Review.objects.all().delete(), "Third bottle."),
    "a coupon that is closed": (PRODUCT, update(Coupon, {}, is_active=False), "10% off"),
    "a coupon that is used up": (PRODUCT, update(Coupon, {}, limit=1, used=1), "10% off"),
    "a question": (PRODUCT, lambda rose: Question.objects.all().delete(), "Is it vegan?"),
    "a promise": (PRODUCT, lambda rose: rose.assurances.clear(), "Free returns"),
    "a neighbour": (PRODUCT, update(Product, BALM, is_listed=False), "Lip balm"),
    "a product that is not sold any more": (FEED, update(Product, ROSE, is_listed=False), "My serum"),
    "a product that is not on the video any more": (FEED, lambda rose: VideoProduct.objects.all().delete(), "My serum"),
    "a video": (FEED, update(Video, {}, is_published=False), "Week one"),
}


@pytest.mark.both
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_shows_at_once(walker, rose, change):
    page, make, words = CHANGES[change]
    assert words not in shown(walker, *page)
    make(rose)
    assert words in shown(walker, *page)


@pytest.mark.both
@pytest.mark.parametrize("change", GONE)
def test_what_is_taken_away_is_gone_at_once(walker, rose, change):
    page, make, words = GONE[change]
    assert words in shown(walker, *page)
    make(rose)
    assert words not in shown(walker, *page)


@pytest.mark.both
@pytest.mark.parametrize(
    ("page", "change", "mark"),
    [
        (PRODUCT, lambda rose: ProductImageFactory(product=rose, path="shop/mark.svg"), "mark.svg"),
        (
            PRODUCT,
            lambda rose: ReviewPhoto.objects.create(review=Review.objects.get(), path="shop/mark.svg"),
            "mark.svg",
        ),
        (PRODUCT, lambda rose: VideoFactory(slug="week-two", products=[rose]), "week-two"),
    ],
    ids=["a picture", "a photo of a review", "a video"],
)
def test_new_pictures_show_at_once(walker, rose, page, change, mark):
    def drawn() -> int:
        blocks = walker.get(*page).content.decode().partition('class="blocks"')[2]
        return blocks.count(mark)

    before = drawn()
    change(rose)
    assert drawn() > before


def test_a_new_picture_shows_in_the_feed_at_once(walker, rose):
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__slots={"feed/card": ["player", "anchor_card"]})
    picture = ProductImage.objects.filter(product=rose)
    assert "shop/avatar.svg" not in walker.get(*FEED).content.decode()
    picture.update(path="shop/avatar.svg")
    assert "shop/avatar.svg" in walker.get(*FEED).content.decode()


def test_a_product_that_is_not_sold_any_more_is_gone(walker, rose):
    assert walker.get(*PRODUCT).status_code == 200
    Product.objects.filter(**ROSE).update(is_listed=False)
    assert walker.get(*PRODUCT).status_code == 410


@pytest.mark.parametrize("page", [PRODUCT, FEED])
def test_a_deal_begins_and_ends_by_the_clock_alone(walker, rose, page):
    soon = timezone.now() + timedelta(seconds=2)
    ends = soon + timedelta(seconds=2)
    Product.objects.filter(**ROSE).update(deal_percent=50, deal_starts_at=soon, deal_ends_at=ends)
    seen = []
    while not seen or timezone.now() < ends + timedelta(seconds=0.2):
        price = "$10.00" in shown(walker, *page)
        if not seen or price != seen[-1]:
            seen.append(price)
        time.sleep(0.02)
    assert seen == [False, True, False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the other process opens the file")
def test_what_another_process_changes_shows_at_once(walker, rose):
    assert "$12.34" not in shown(walker, *PRODUCT) + shown(walker, *FEED)
    subprocess.run([sys.executable, "-c", OTHER_PROCESS, connection.settings_dict["NAME"]], check=True)
    assert ["$12.34" in shown(walker, *page) for page in (PRODUCT, FEED)] == [True, True]
