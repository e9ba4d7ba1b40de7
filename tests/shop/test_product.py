"""The product page: its blocks, its prices and its stock; and what it says when there is none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journey.models import Experiment
from journey.steps import Step
from tests.factories import (
    ArmFactory,
    AssuranceFactory,
    ProductFactory,
    ProductImageFactory,
    ReviewFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart, queries
from tests.walker import drawn

pytestmark = pytest.mark.django_db

CONTROL = [
    "gallery", "price", "title", "options", "shipping", "assurances",
    "reviews", "creator_videos", "shop_card", "about", "related",
]  # fmt: skip


@pytest.fixture
def rose():
    """A product with all that its page can show."""
    product = ProductFactory(slug="rose-serum", details=[["Volume", "30 ml"]], in_the_box=["Bottle"])
    SkuFactory(product=product, code="ROSE-30", option="30 ml", price_cents=1690, list_price_cents=2400)
    SkuFactory(product=product, code="ROSE-50", option="50 ml", price_cents=2490, stock=3)
    product.assurances.add(AssuranceFactory())
    ProductImageFactory(product=product)
    ReviewFactory(product=product)
    VideoFactory(slug="week-one", products=[product])
    SkuFactory(product__creator=product.creator)
    return product


def test_the_page_draws_its_blocks_in_order(walker, rose):
    assert drawn(walker.get("shop:product", "rose-serum")) == CONTROL


@pytest.mark.parametrize(
    "blocks", [["assurances_badges", "price"], ["price_urgency", "reviews_short", "gallery"], ["title"]]
)
def test_a_variant_decides_what_goes_where(walker, rose, blocks):
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__slots={"product/body": blocks})
    assert drawn(walker.get("shop:product", "rose-serum")) == blocks


def test_the_gallery_begins_with_the_video_made_for_the_product(walker, rose):
    VideoFactory(slug="three-bottles", products=[ProductFactory(), rose], posted_at=timezone.now() + timedelta(1))
    page = walker.get("shop:product", "rose-serum")
    assert page.context["clip"].slug == "week-one"


def test_looking_at_a_product_says_what_it_costs_and_which_video_led_here(walker, rose):
    page = walker.get("shop:product", "rose-serum", video="week-one")
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.VIEW_ITEM.letter, {"product": "rose-serum", "value": 1690, "currency": "USD", "video": "week-one"})
    ]
    assert '<input type="hidden" name="video" value="week-one">' in page.content.decode()


def test_a_video_without_this_product_led_nowhere(walker, rose):
    VideoFactory(slug="other")
    page = walker.get("shop:product", "rose-serum", video="other")
    assert "video" not in walker.events[0].props
    assert 'name="video"' not in page.content.decode()


def test_one_sku_is_chosen_already_and_two_are_asked_for(walker, rose):
    sku = SkuFactory(code="LIP-1", product__slug="lip-butter")
    assert 'type="hidden" name="sku" value="LIP-1"' in walker.get("shop:product", sku.product.slug).content.decode()
    page = walker.get("shop:product", "rose-serum").content.decode()
    assert page.count('type="radio" name="sku"') == 4  # in the page, and in the sheet
    assert 'type="hidden" name="sku"' not in page


def test_few_are_left(walker, rose):
    assert "Only 3 left" in walker.get("shop:product", "rose-serum").content.decode()


def test_a_sold_out_sku_cannot_be_chosen(walker, rose):
    SkuFactory(product=rose, code="ROSE-100", stock=0)
    page = walker.get("shop:product", "rose-serum").content.decode()
    assert 'value="ROSE-100" disabled' in page


def test_a_sold_out_product_says_so_and_sells_nothing(walker):
    SkuFactory(product__slug="gone", stock=0)
    page = walker.get("shop:product", "gone").content.decode()
    assert ("This is sold out right now." in page, 'value="buy_now"' in page) == (True, False)


def test_a_product_without_a_sku_is_sold_out(walker):
    ProductFactory(slug="bare")
    assert "This is sold out right now." in walker.get("shop:product", "bare").content.decode()


@pytest.mark.parametrize("slug", ["nowhere", "hidden"])
def test_what_is_not_for_sale_is_not_found(walker, slug):
    ProductFactory(slug="hidden", is_listed=False)
    page = walker.get("shop:product", slug)
    assert (page.status_code, "may have been taken off sale" in page.content.decode()) == (404, True)


def test_assurances_open_their_terms(walker, rose):
    page = walker.get("shop:product", "rose-serum").content.decode()
    assert ('data-open="terms"' in page, "You have 30 days from the day" in page) == (True, True)


def test_the_page_asks_as_often_for_much_as_for_little(walker, rose):
    put_in_cart(walker, rose.skus.first())
    walker.get("shop:product", "rose-serum")
    with queries() as little:
        walker.get("shop:product", "rose-serum")
    for n in range(3):
        ReviewFactory(product=rose)
        ProductImageFactory(product=rose)
        VideoFactory(products=[rose])
        SkuFactory(product=rose)
        rose.assurances.add(AssuranceFactory())
        SkuFactory(product__creator=rose.creator, product__sold=n)
    with queries() as much:
        walker.get("shop:product", "rose-serum")
    assert len(much) == len(little)
    assert len(much) <= 8
