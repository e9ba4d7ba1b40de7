"""Reviews by who bought it: after delivery, one a thing, changed and taken back any time, and seen at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journey.steps import Step
from shop.models import OrderMove, Review
from shop.services.writing import signed
from tests.factories import SkuFactory
from tests.shop.buying import bought, said
from tests.shop.later import delivered, photo
from tests.walker import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def sku():
    return SkuFactory(option="30 ml")


@pytest.fixture
def order(walker, sku):
    return delivered(walker, sku, full_name="Dana Maria Kim")


def write(walker, order, sku, **changed):
    return walker.post("shop:review", order.code, sku.code, **{"stars": 4, "text": "Light and quick."} | changed)


def test_a_review_stands_on_the_product_page_at_once_signed_by_first_name_and_initial(walker, order, sku):
    assert "Light and quick." not in said(walker.get("shop:product", sku.product.slug))
    assert write(walker, order, sku, photos=[photo()]).status_code == 303
    page = said(walker.get("shop:product", sku.product.slug))
    assert ("Light and quick." in page, "Dana K." in page, "30 ml" in page) == (True, True, True)
    review = Review.objects.get()
    assert (review.stars, review.photos.count(), review.line.order) == (4, 1, order)
    written = [event.props for event in walker.events if event.step == Step.SUBMIT_REVIEW.letter]
    assert written == [{"product": sku.product.slug, "order": order.code, "stars": 4}]


def test_written_again_it_is_changed_and_told_once(walker, order, sku):
    write(walker, order, sku, photos=[photo()])
    kept = str(Review.objects.get().photos.get().pk)
    assert "Light and quick." in said(walker.get("shop:review", order.code, sku.code))
    write(walker, order, sku, stars=1, text="It leaks.", keep=[kept], photos=[photo()])
    review = Review.objects.get()
    assert (review.stars, review.text, review.photos.count()) == (1, "It leaks.", 2)
    assert "It leaks." in said(walker.get("shop:product", sku.product.slug))
    write(walker, order, sku)
    assert review.photos.count() == 0
    assert walker.steps.count(Step.SUBMIT_REVIEW) == 1


def test_taken_back_it_is_gone_everywhere(walker, order, sku):
    write(walker, order, sku)
    walker.post("shop:delete-review", order.code, sku.code)
    assert Review.objects.count() == 0
    assert "Light and quick." not in said(walker.get("shop:product", sku.product.slug))


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"stars": ""}, "Please choose how many stars you give."),
        ({"stars": "6"}, "One to five stars."),
        ({"text": "x" * 2_001}, "at most 2000 characters"),
    ],
)
def test_what_is_missing_or_wrong_is_said(walker, order, sku, answers, complaint):
    page = write(walker, order, sku, **answers)
    assert (page.status_code, complaint in said(page), Review.objects.count()) == (422, True, 0)


def test_only_who_bought_it_and_has_it_may_write(walker, order, sku):
    assert write(Walker(), order, sku).status_code == 404
    assert write(walker, order, SkuFactory()).status_code == 404
    fresh = bought(walker, sku)
    write(walker, fresh, sku)
    assert Review.objects.count() == 0


def test_after_sixty_days_nothing_new_is_written_but_the_old_may_change(walker, order, sku):
    write(walker, order, sku)
    OrderMove.objects.filter(after="delivered").update(at=timezone.now() - timedelta(days=61))
    write(walker, order, sku, stars=2)
    assert Review.objects.get().stars == 2
    walker.post("shop:delete-review", order.code, sku.code)
    write(walker, order, sku)
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "short"), [("Dana Kim", "Dana K."), ("dana", "dana"), ("Ana de la Cruz", "Ana C."), ("  ", "A buyer")]
)
def test_a_signature_says_no_more_than_it_has_to(name, short):
    assert signed(name) == short
