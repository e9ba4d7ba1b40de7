"""The product page: its blocks, its prices and its stock; and what it says when there is none."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from journey.models import Experiment
from journey.steps import Step
from shop.models import Creator, Product
from shop.templatetags.shop import sold
from tests.factories import (
    ArmFactory,
    AssuranceFactory,
    CouponFactory,
    CreatorFactory,
    ProductFactory,
    ProductImageFactory,
    QuestionFactory,
    ReviewFactory,
    ReviewPhotoFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart, queries, said
from tests.walker import drawn

pytestmark = pytest.mark.django_db

CONTROL = [
    "gallery", "deal", "price", "coupons", "title", "options", "shipping", "assurances",
    "reviews", "creator_videos", "shop_card", "about", "questions", "related",
]  # fmt: skip


def deal(starts_in=timedelta(hours=-1), lasts=timedelta(hours=10), percent=30, **more) -> dict:
    """The columns of a flash deal."""
    start = timezone.now() + starts_in
    told = {"percent": percent, "starts_at": start, "ends_at": start + lasts} | more
    return {f"deal_{name}": value for name, value in told.items()}


@pytest.fixture
def rose():
    """A product with all that its page can show."""
    product = ProductFactory(slug="rose-serum", details=[["Volume", "30 ml"]], in_the_box=["Bottle"], **deal(pieces=40))
    SkuFactory(product=product, code="ROSE-30", option="30 ml", price_cents=1690, list_price_cents=2400)
    SkuFactory(product=product, code="ROSE-50", option="50 ml", price_cents=2490, stock=3)
    product.assurances.add(AssuranceFactory())
    ProductImageFactory(product=product)
    ReviewPhotoFactory(review__product=product)
    QuestionFactory(product=product)
    CouponFactory(creator=product.creator)
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
    costs = {"value": 1183, "currency": "USD", "video": "week-one"}
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.VIEW_ITEM.letter, {"product": "rose-serum", "category": rose.category.slug, **costs})
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
    assert page.count('type="radio" name="sku"') == 2
    assert 'type="hidden" name="sku"' not in page


def test_few_are_left(walker, rose):
    assert "Only 3 left" in walker.get("shop:product", "rose-serum").content.decode()


def test_a_sold_out_sku_cannot_be_chosen(walker, rose):
    SkuFactory(product=rose, code="ROSE-100", stock=0)
    page = walker.get("shop:product", "rose-serum").content.decode()
    chips = {code: "disabled" in chip for code, chip in re.findall(r'name="sku" value="([^"]+)"([^>]*)>', page)}
    assert chips == {"ROSE-30": False, "ROSE-50": False, "ROSE-100": True}


def test_a_sold_out_product_says_so_and_sells_nothing(walker):
    SkuFactory(product__slug="gone", stock=0)
    page = walker.get("shop:product", "gone").content.decode()
    assert ("This is sold out right now." in page, 'value="buy_now"' in page) == (True, False)


def test_a_product_without_a_sku_is_sold_out(walker):
    ProductFactory(slug="bare")
    assert "This is sold out right now." in walker.get("shop:product", "bare").content.decode()


def test_what_was_never_sold_is_not_found(walker):
    page = walker.get("shop:product", "nowhere")
    assert (page.status_code, "may have been taken off sale" in page.content.decode()) == (404, True)


def test_what_is_off_the_shelf_says_so_and_shows_what_is_like_it(walker, rose):
    hidden = ProductFactory(slug="hidden", title="Old serum", is_listed=False, creator=rose.creator)
    page = walker.get("shop:product", "hidden")
    assert (page.status_code, "This has been taken off sale." in said(page), walker.events) == (410, True, [])
    assert "/p/rose-serum" in said(page)
    assert f'action="/p/{hidden.slug}/add"' not in said(page)


def test_a_running_deal_shows_its_end_its_price_and_what_is_claimed(walker, rose):
    Product.objects.update(deal_claimed=10)
    page = said(walker.get("shop:product", "rose-serum"))
    ends = rose.deal_ends_at.isoformat()
    assert (f'data-ends="{ends}"' in page, "25% claimed" in page, "Deal price $11.83" in page) == (True, True, True)
    assert '<s class="price-was"><span class="only-read">was </span>$24.00</s>' in page


def test_a_coming_deal_says_when_it_starts_and_takes_nothing_off(walker):
    SkuFactory(product=ProductFactory(slug="lamp", **deal(starts_in=timedelta(hours=5))))
    page = said(walker.get("shop:product", "lamp"))
    assert ("Starts at" in page, "data-ends" in page, "Deal price" in page) == (True, False, False)
    assert walker.events[0].props["value"] == 1690


@pytest.mark.parametrize(
    "changed", [deal(starts_in=timedelta(hours=-20)), deal(pieces=5, claimed=5), {"deal_percent": None}]
)
def test_a_deal_that_is_over_draws_nothing(walker, rose, changed):
    Product.objects.filter(pk=rose.pk).update(**changed)
    assert "deal" not in drawn(walker.get("shop:product", "rose-serum"))


@pytest.mark.parametrize(
    ("number", "words"),
    [(99, ""), (100, "100 sold"), (18420, "18,420 sold"), (100_000, "100,000 sold"), (100_001, "100,000+ sold")],
)
def test_what_is_said_of_how_often_it_was_sold(number, words):
    assert sold(number) == words


def test_the_shipping_row_says_what_it_costs_and_from_when_on_nothing(walker, rose):
    Creator.objects.update(free_shipping_from_cents=2500, ships_from="Newark, NJ")
    Product.objects.update(shipping_cents=399, delivery_from_days=2, delivery_to_days=3)
    page = said(walker.get("shop:product", "rose-serum"))
    first, last = (timezone.localdate() + timedelta(days) for days in (2, 3))
    dates = f"{first:%b} {first.day}–{'' if first.month == last.month else f'{last:%b} '}{last.day}"
    for words in ("Shipping $3.99", "free from $25 at", f"Get it by <b>{dates}</b>", "Newark, NJ", "3-day shipping"):
        assert words in page, words


def test_open_questions_are_not_shown_and_answered_ones_are(walker, rose):
    QuestionFactory(product=rose, text="Nobody knows?", answer="")
    QuestionFactory(product=rose, text="Is it vegan?", answer="Yes, all of it.")
    page = said(walker.get("shop:product", "rose-serum"))
    assert ("Nobody knows?" in page, "Is it vegan?" in page, "Yes, all of it." in page) == (False, True, True)


def test_everything_a_sheet_holds_is_in_the_page_for_who_has_no_script(walker, rose):
    page = said(walker.get("shop:product", "rose-serum"))
    for opener in ("choose", "terms", "coupons", "ask"):
        assert f'href="#{opener}"' in page, opener
        assert "sheet-plain" in page.split(f'id="{opener}"')[0][-60:], opener


def test_the_coupons_of_the_store_and_of_the_shop_are_offered_while_they_run(walker, rose):
    CouponFactory(code="ALL5", kind="amount", amount_cents=500, percent=0)
    CouponFactory(code="OVER", ends_at=timezone.now())
    CouponFactory(code="GONE", limit=2, used=2)
    CouponFactory(code="OTHERS", creator=CreatorFactory())
    claims = re.findall(r"claim:(\w+)", walker.get("shop:product", "rose-serum").content.decode())
    assert sorted(claims) == ["ALL5", rose.creator.coupons.get().code]


def test_who_misses_what_is_sold_out_can_have_it_saved(walker):
    SkuFactory(product__slug="gone", stock=0)
    page = said(walker.get("shop:product", "gone"))
    assert ("Notify me" in page, 'action="/p/gone/wish"' in page, "Saved shows when it is back" in page) == (True,) * 3


def test_assurances_open_their_terms(walker, rose):
    page = walker.get("shop:product", "rose-serum").content.decode()
    assert ('href="#terms" data-open="terms"' in page, "You have 30 days from the day" in page) == (True, True)


def test_the_page_asks_as_often_for_much_as_for_little(walker, rose):
    put_in_cart(walker, rose.skus.first())

    def asked() -> tuple[int, int]:
        """Queries of a page nobody has seen yet, and of the one after it."""
        caches["drawings"].clear()
        with queries() as first:
            walker.get("shop:product", "rose-serum")
        with queries() as second:
            walker.get("shop:product", "rose-serum")
        return len(first), len(second)

    asked()
    little = asked()
    for n in range(3):
        ReviewFactory(product=rose)
        ProductImageFactory(product=rose)
        VideoFactory(products=[rose])
        SkuFactory(product=rose)
        rose.assurances.add(AssuranceFactory())
        SkuFactory(product__creator=rose.creator, product__sold=n)
        ReviewPhotoFactory(review__product=rose)
        QuestionFactory(product=rose)
        CouponFactory(creator=rose.creator)
    assert asked() == little
    assert little[1] <= 6
