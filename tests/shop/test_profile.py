"""A creator's profile: who it is, what they filmed, what they sell."""

import re

import pytest

from journey.models import Experiment
from journey.steps import Step
from tests.factories import ArmFactory, CreatorFactory, ProductFactory, ReviewFactory, SkuFactory, VideoFactory
from tests.shop.buying import queries
from tests.walker import drawn

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


@pytest.mark.parametrize("tab", ["videos", "shop"])
def test_a_profile_asks_as_often_for_three_rows_as_for_one(walker, tab):
    creator = CreatorFactory(slug="mira")

    def stock_up():
        ReviewFactory(product=SkuFactory(product__creator=creator).product)
        VideoFactory(creator=creator)

    stock_up()
    walker.get("shop:profile", "mira")
    with queries() as one:
        walker.get("shop:profile", "mira", tab=tab)
    stock_up()
    stock_up()
    with queries() as three:
        walker.get("shop:profile", "mira", tab=tab)
    assert len(three) == len(one)
