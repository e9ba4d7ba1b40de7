"""Claiming a coupon: who may have it, once, and what the others are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journey.steps import Step
from shop.models import CouponClaim
from tests.factories import CouponFactory, CreatorFactory, SkuFactory
from tests.shop.buying import bought

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def claim(walker, code: str) -> tuple[int, dict]:
    answer = walker.client.post(f"/coupons/{code.lower()}/claim", headers=JSON)
    return answer.status_code, answer.json()


def test_a_coupon_is_claimed_once_and_recorded_once(walker):
    coupon = CouponFactory(code="ROSE10", creator=CreatorFactory(slug="mira"))
    assert claim(walker, "ROSE10") == (200, {"message": "It is yours. It comes off at the checkout.", "on": True})
    assert claim(walker, "ROSE10") == (200, {"message": "You have this coupon already.", "on": True})
    assert [row.coupon for row in CouponClaim.objects.all()] == [coupon]
    assert [(event.step, event.props) for event in walker.events] == [
        (Step.CLAIM_COUPON.letter, {"code": "ROSE10", "creator": "mira"})
    ]


def test_without_a_script_the_buyer_comes_back_with_a_sentence(walker):
    CouponFactory(code="ROSE10")
    answer = walker.post("shop:claim", "rose10", next="/cart")
    assert (answer.status_code, answer["Location"]) == (303, "/cart")
    assert "It is yours." in walker.get("shop:cart").content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": timezone.now() - timedelta(days=1)}, "This coupon ended on "),
        ({"starts_at": timezone.now() + timedelta(hours=12)}, "This coupon can be claimed from "),
        ({"limit": 3, "used": 3}, "All of these coupons are gone."),
        ({"is_active": False}, "This coupon is no longer offered."),
        ({"audience": "followers", "creator": True}, "This coupon is for followers. Follow Mira Glows, then claim it."),
    ],
)
def test_who_cannot_have_it_is_told_why(walker, changed, sentence):
    if "creator" in changed:
        changed = changed | {"creator": CreatorFactory(store_name="Mira Glows")}
    CouponFactory(code="ROSE10", **changed)
    status, told = claim(walker, "ROSE10")
    assert (status, list(told), told["error"].startswith(sentence)) == (409, ["error"], True), told
    assert (CouponClaim.objects.count(), walker.client.cookies.get("participant")) == (0, None)


def test_followers_get_what_is_for_followers(walker):
    store = CreatorFactory(slug="mira")
    CouponFactory(code="FANS", audience="followers", creator=store)
    walker.post("shop:engage", kind="follow", creator="mira", on="1")
    assert claim(walker, "FANS")[0] == 200


def test_a_first_order_coupon_is_not_for_the_second(walker):
    CouponFactory(code="HELLO", audience="new")
    assert claim(walker, "HELLO")[0] == 200
    CouponFactory(code="AGAIN", audience="new")
    bought(walker, SkuFactory())
    assert claim(walker, "AGAIN") == (
        409,
        {"error": "This coupon is for a first order, and you have ordered before."},
    )


def test_a_coupon_nobody_made_is_not_found(walker):
    assert walker.post("shop:claim", "nothing").status_code == 404
