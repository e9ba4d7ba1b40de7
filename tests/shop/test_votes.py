"""Likes of comments and helpful reviews: once each, taken back, counted for everyone."""

import re

import pytest

from shop.models import Comment, Review
from tests.factories import CommentFactory, ReviewFactory, SkuFactory, VideoFactory
from tests.shop.buying import said
from tests.walker import Walker

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def vote(walker: Walker, address: str, on: bool) -> dict:
    return walker.client.post(address, {"on": "1" if on else "0"}, headers=JSON).json()


def test_a_comment_is_liked_once_by_each_and_the_like_taken_back_once(walker):
    comment = CommentFactory(video__slug="week-one", likes=999)
    address = f"/comments/{comment.pk}/like"
    assert [vote(walker, address, on) for on in (True, True)] == [{"on": True, "shown": "1K"}] * 2
    assert vote(Walker(), address, True) == {"on": True, "shown": "1K"}
    assert Comment.objects.get().likes == 1001
    assert [vote(walker, address, on) for on in (False, False)] == [{"on": False, "shown": "1K"}] * 2
    assert Comment.objects.get().likes == 1000


def test_the_sheet_shows_who_likes_it_the_heart_pressed(walker):
    comment = CommentFactory(video__slug="week-one")
    vote(walker, f"/comments/{comment.pk}/like", True)
    pressed = f'data-mine="comment:{comment.pk}" aria-pressed="true"'
    sheets = [said(buyer.get("shop:comments", "week-one")) for buyer in (walker, Walker())]
    assert [pressed in sheet for sheet in sheets] == [True, False]


def test_nobody_likes_below_a_video_that_was_taken_down(walker):
    comment = CommentFactory(video=VideoFactory(is_published=False))
    assert walker.client.post(f"/comments/{comment.pk}/like").status_code == 404
    assert Comment.objects.get().likes == 0


def test_a_helpful_review_shows_so_on_the_product_page_and_in_the_list(walker):
    product = SkuFactory(product__slug="serum").product
    review = ReviewFactory(product=product, helpful=2)
    walker.get("shop:product", "serum")
    assert vote(walker, f"/reviews/{review.pk}/helpful", True) == {"on": True, "shown": "3"}
    page, others = (buyer.get("shop:product", "serum") for buyer in (walker, Walker()))
    assert (page.context["mine"], others.context["mine"]) == ([f"helpful:{review.pk}"], [])
    assert ["<span data-count>3</span>" in said(one) for one in (page, others)] == [True, True]
    pressed = f'data-mine="helpful:{review.pk}" aria-pressed="true"'
    lists = [said(buyer.get("shop:reviews", "serum")) for buyer in (walker, Walker())]
    assert [pressed in one for one in lists] == [True, False]


def test_without_a_script_a_vote_leads_back_to_the_reviews(walker):
    review = ReviewFactory(product__slug="serum")
    answer = walker.client.post(f"/reviews/{review.pk}/helpful", {"on": "1"})
    assert (answer.status_code, answer["Location"]) == (303, "/p/serum/reviews")
    assert Review.objects.get().helpful == 1


def test_without_a_script_the_list_takes_a_vote_back(walker):
    review = ReviewFactory(product__slug="serum")
    for expected in (1, 0):
        page = said(walker.get("shop:reviews", "serum"))
        on = re.search(r'name="on" value="(\d)"', page)[1]
        walker.client.post(f"/reviews/{review.pk}/helpful", {"on": on})
        assert Review.objects.get().helpful == expected


def test_what_is_not_there_cannot_be_voted_for(walker):
    assert [walker.client.post(f"/{what}").status_code for what in ("comments/7/like", "reviews/7/helpful")] == [
        404
    ] * 2
