"""The feed: which videos, in which order, with which product; and what a buyer does with them."""

import re

import pytest
from django.urls import reverse

from journey.models import Experiment
from journey.steps import Step
from shop.models import Creator, Engagement, Video
from tests.factories import (
    ArmFactory,
    CommentFactory,
    CreatorFactory,
    ProductFactory,
    ProductImageFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart, queries
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db


def videos(page) -> list[str]:
    return re.findall(r'data-video="([\w-]+)"', page.content.decode())


def positions(page) -> list[int]:
    return [int(number) for number in re.findall(r'data-position="(\d+)"', page.content.decode())]


def full_video(**more) -> Video:
    sku = SkuFactory()
    ProductImageFactory(product=sku.product)
    video = VideoFactory(products=[sku.product], **more)
    CommentFactory(video=video)
    return video


def test_creators_take_turns_and_the_most_watched_goes_first(walker):
    mira, jun = CreatorFactory(slug="mira"), CreatorFactory(slug="jun")
    for slug, creator, views in [("m1", mira, 9), ("m2", mira, 2), ("m3", mira, 2), ("j1", jun, 1), ("j2", jun, 5)]:
        VideoFactory(slug=slug, creator=creator, views=views)
    assert videos(walker.get("shop:feed")) == ["j2", "m3", "m2", "j1", "m1"]


def test_a_shared_link_starts_at_its_video(walker):
    for slug in ["one", "two", "three"]:
        VideoFactory(slug=slug)
    assert videos(walker.get("shop:feed", video="one")) == ["one", "three", "two"]


def test_from_a_profile_the_feed_holds_that_creator_only(walker):
    VideoFactory()
    VideoFactory(slug="hers", creator__slug="mira")
    assert videos(walker.get("shop:feed", by="mira", video="hers")) == ["hers"]


def test_the_next_part_goes_on_where_the_first_ended(walker):
    VideoFactory.create_batch(8)
    first, second = walker.get("shop:feed"), walker.get("shop:feed-more", page=2)
    assert positions(first) + positions(second) == list(range(8))
    assert len(set(videos(first) + videos(second))) == 8
    assert "<html" not in second.content.decode()
    assert "That was everything for now." in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999", ""])
def test_a_page_nobody_printed_is_the_first(walker, page):
    VideoFactory(slug="only")
    assert videos(walker.get("shop:feed", page=page)) == ["only"]


def test_an_unpublished_video_is_not_shown(walker):
    VideoFactory(is_published=False)
    assert "There is nothing to watch yet." in walker.get("shop:feed").content.decode()


def test_the_first_product_is_the_anchor_and_brings_its_video_along(walker):
    sku = SkuFactory(price_cents=1690, product__slug="rose-serum", product__link_title="My rose serum")
    VideoFactory(slug="week-one", products=[sku.product])
    page = walker.get("shop:feed").content.decode()
    assert f'href="{reverse("shop:product", args=["rose-serum"])}?video=week-one"' in page
    assert ("My rose serum" in page, "$16.90" in page) == (True, True)


def test_several_products_open_a_sheet_that_is_filled_then(walker):
    VideoFactory(slug="three", products=[SkuFactory().product for _ in range(3)])
    page = walker.get("shop:feed").content.decode()
    assert f'data-open="products" data-fill="{reverse("shop:video-products", args=["three"])}"' in page
    assert page.count('<dialog class="sheet" id="products"') == 1


def test_a_sold_out_product_says_so_and_an_unlisted_one_says_nothing(walker):
    VideoFactory(products=[SkuFactory(stock=0).product])
    VideoFactory(products=[SkuFactory(product=ProductFactory(is_listed=False)).product])
    page = walker.get("shop:feed").content.decode()
    assert (page.count("data-anchor data-product"), page.count("Sold out"), page.count('class="popup"')) == (1, 1, 0)


def test_a_product_without_a_sku_does_not_break_the_feed(walker):
    VideoFactory(products=[ProductFactory()])
    assert "Sold out" in walker.get("shop:feed").content.decode()


def test_a_variant_moves_the_blocks_of_a_card(walker):
    full_video()
    assert drawn(walker.get("shop:feed")) == ["player", "rail", "anchor", "popup", "caption"]
    blocks = ["player", "caption", "anchor_card"]
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__slots={"feed/card": blocks})
    assert drawn(walker.get("shop:feed")) == blocks


def test_a_variant_brings_the_anchor_earlier(walker):
    assert 'data-anchor-delay="2500"' in walker.get("shop:feed").content.decode()
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__values={"anchor_delay_ms": 500})
    assert 'data-anchor-delay="500"' in walker.get("shop:feed").content.decode()


def test_a_variant_sends_the_card_later_or_never(walker):
    assert 'data-card-delay="6000"' in walker.get("shop:feed").content.decode()
    ArmFactory(experiment__state=Experiment.State.RUNNING, variant__values={"anchor_card_delay_ms": 0})
    assert 'data-card-delay="0"' in walker.get("shop:feed").content.decode()


def test_a_tag_leads_to_a_search_for_it(walker):
    VideoFactory(caption="Four drops <b> on #dry_skin. #1")
    page = walker.get("shop:feed").content.decode()
    search = reverse("shop:search")
    assert (
        f'Four drops &lt;b&gt; on <a href="{search}?q=%23dry_skin">#dry_skin</a>. <a href="{search}?q=%231">#1</a>'
        in page
    )


def test_the_feed_asks_as_often_for_six_videos_as_for_one(walker):
    full_video()
    put_in_cart(walker, SkuFactory())

    def asked() -> int:
        walker.get("shop:feed")
        with queries() as counted:
            walker.get("shop:feed")
        return len(counted)

    one = asked()
    for _ in range(5):
        full_video()
    assert (len(videos(walker.get("shop:feed"))), asked()) == (6, one)
    assert one <= 6


def test_what_does_not_interest_is_gone_for_this_buyer_and_no_step_of_interest(walker):
    VideoFactory(slug="dull")
    VideoFactory(slug="bright")
    assert walker.post("shop:engage", kind="hide", video="dull", on=1).json()["on"] is True
    assert videos(walker.get("shop:feed")) == ["bright"]
    assert set(videos(Walker().get("shop:feed"))) == {"dull", "bright"}
    assert Step.VIDEO_ENGAGE not in walker.steps


def test_liking_counts_once_and_can_be_taken_back(walker):
    VideoFactory(slug="week-one", likes=999)
    answers = [walker.post("shop:engage", kind="like", video="week-one", on=on).json() for on in (1, 1, 0, 0)]
    assert [(answer["on"], answer["count"], answer["shown"]) for answer in answers] == [
        (True, 1000, "1K"),
        (True, 1000, "1K"),
        (False, 999, "999"),
        (False, 999, "999"),
    ]
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.VIDEO_ENGAGE.letter, {"kind": "like", "video": "week-one", "creator": Creator.objects.get().slug})
    ]


@pytest.mark.parametrize(("kind", "counter"), [("like", "likes"), ("save", "saves"), ("share", "shares")])
def test_every_kind_has_its_counter(walker, kind, counter):
    VideoFactory(slug="week-one")
    walker.post("shop:engage", kind=kind, video="week-one", on=1)
    assert Video.objects.values("likes", "saves", "shares").get() == {"likes": 0, "saves": 0, "shares": 0, counter: 1}


def test_who_is_followed_stays_followed_and_fills_the_following_feed(walker):
    VideoFactory()
    VideoFactory(slug="hers", creator__slug="mira")
    assert "You follow nobody yet." in walker.get("shop:feed", tab="following").content.decode()
    assert walker.post("shop:engage", kind="follow", creator="mira", on=1).json()["count"] == 1
    assert videos(walker.get("shop:feed", tab="following")) == ["hers"]
    page = walker.get("shop:profile", "mira").content.decode()
    assert '<script id="mine" type="application/json">["follow:mira"]</script>' in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "boo", "video": "week-one"}, 400),
        ({"kind": "like", "video": "nowhere"}, 404),
        ({"kind": "like"}, 404),
        ({"kind": "follow", "creator": "nobody"}, 404),
    ],
)
def test_what_cannot_be_engaged_with_is_refused(walker, form, status):
    VideoFactory(slug="week-one")
    assert walker.post("shop:engage", on=1, **form).status_code == status
    assert not Engagement.objects.exists()


@pytest.mark.both
@pytest.mark.parametrize("query", ["video=%00", "by=%00", "tab=%00", "by=not%20a%20slug", "by=nobody"])
def test_a_feed_nobody_linked_to_is_still_a_feed(walker, query):
    VideoFactory()
    assert walker.client.get(f"/?{query}").status_code == 200


@pytest.mark.both
def test_what_cannot_be_a_video_or_a_creator_is_not_there(walker):
    for about in ({"kind": "like", "video": "a\0b"}, {"kind": "follow", "creator": "a\0b"}, {"kind": "like"}):
        assert walker.post("shop:engage", on="1", **about).status_code == 404
