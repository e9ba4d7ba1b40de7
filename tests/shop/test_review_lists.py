"""All reviews of a product: filtered, sorted, twenty a page; and what they talk about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import ProductFactory, ReviewFactory, ReviewPhotoFactory
from tests.shop.buying import queries, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    product = ProductFactory(slug="lamp")
    now = timezone.now()
    ReviewFactory(product=product, author="first", stars=5, text="Smells of nothing.", helpful=3, posted_at=now)
    ReviewFactory(
        product=product, author="second", stars=2, text="A strange scent.", helpful=9, posted_at=now - timedelta(2)
    )
    third = ReviewFactory(product=product, author="third", stars=4, text="", posted_at=now - timedelta(1))
    ReviewPhotoFactory(review=third)
    ReviewFactory(author="elsewhere", text="What a smell!")
    return product


def authors(walker, **wanted) -> list[str]:
    return [review.author for review in walker.get("shop:reviews", "lamp", **wanted).context["page"]]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["second", "first", "third"]),
        ({"sort": "newest"}, ["first", "third", "second"]),
        ({"sort": "lowest"}, ["second", "third", "first"]),
        ({"stars": "2"}, ["second"]),
        ({"photos": "1"}, ["third"]),
        ({"topic": "smell"}, ["second", "first"]),
        ({"topic": "smell", "stars": "5"}, ["first"]),
        ({"stars": "1"}, []),
        ({"stars": "9", "sort": "odd", "topic": "\x00", "page": "x"}, ["second", "first", "third"]),
    ],
)
def test_which_reviews_and_in_which_order(walker, lamp, wanted, expected):
    assert authors(walker, **wanted) == expected


def test_a_chip_says_how_many_the_filter_shows(walker, lamp):
    assert walker.get("shop:reviews", "lamp").context["topics"] == [("smell", "Smell", 2)]
    assert len(authors(walker, topic="smell")) == 2


def test_twenty_a_page(walker, lamp):
    for n in range(21):
        ReviewFactory(product=lamp, author=f"more {n}")
    assert (len(authors(walker)), len(authors(walker, page=2))) == (20, 4)
    assert "page=2" in said(walker.get("shop:reviews", "lamp"))


def test_nothing_found_says_so(walker, lamp):
    assert "No review is like that." in said(walker.get("shop:reviews", "lamp", stars=1))


def test_a_sheet_gets_the_list_alone_and_its_links_lead_to_whole_pages(walker, lamp):
    part = said(walker.get("shop:reviews", "lamp", part=1, stars=5))
    assert ("<html" in part, "first" in part, "part=1" in part) == (False, True, False)


def test_the_list_asks_as_often_for_three_as_for_one(walker, lamp):
    walker.get("shop:reviews", "lamp")
    with queries() as three:
        walker.get("shop:reviews", "lamp")
    lamp.reviews.exclude(author="third").delete()
    with queries() as one:
        walker.get("shop:reviews", "lamp")
    assert len(one) == len(three) <= 9


def test_reading_reviews_is_no_step(walker, lamp):
    walker.get("shop:reviews", "lamp")
    assert "participant" not in walker.client.cookies or walker.events == []


def test_a_product_without_a_picture_shows_the_one_that_says_so(walker, lamp):
    assert 'src="/static/shop/no-picture' in said(walker.get("shop:reviews", "lamp"))
