"""Saving a product for later."""

import pytest

from journey.steps import Step
from shop.models import Product, Wish
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def lamp():
    return ProductFactory(slug="lamp")


def wish(walker, on: int) -> dict:
    return walker.client.post("/p/lamp/wish", {"on": on}, headers=JSON).json()


def test_saving_and_taking_back(walker):
    assert wish(walker, 1) == {"message": "Saved. You find it under Saved in the shop.", "on": True}
    assert wish(walker, 1)["on"] is True
    assert list(Wish.objects.values_list("product__slug", flat=True)) == ["lamp"]
    assert wish(walker, 0) == {"message": "No longer saved.", "on": False}
    assert not Wish.objects.exists()
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.ADD_TO_WISHLIST.letter, {"product": "lamp", "category": Product.objects.get().category.slug})
    ]


def test_without_a_script_a_tap_saves_and_stays(walker):
    answer = walker.post("shop:wish", "lamp")
    assert (answer.status_code, answer["Location"], Wish.objects.count()) == (303, "/p/lamp", 1)
