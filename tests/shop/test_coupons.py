"""Coupons in the cart and the checkout: the best one by itself, one an order, as often as there are, given back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from journey.steps import Step
from shop.models import Cart, CodeGuess, Coupon, CouponClaim, Order
from tests.factories import CouponFactory, CreatorFactory, SkuFactory
from tests.shop.buying import bought, key_of, place, put_in_cart, said, told
from tests.walker import Walker

pytestmark = pytest.mark.django_db


def typed(walker, code: str):
    answer = walker.post("shop:coupon", code=code)
    assert answer.status_code == 303
    return said(walker.get("shop:cart"))


def test_a_code_is_claimed_and_comes_off_the_cart(walker):
    CouponFactory(code="ROSE10", kind="percent", percent=10)
    put_in_cart(walker, SkuFactory(price_cents=2_000))
    page = typed(walker, "rose10")
    assert "ROSE10 takes $2.00 off." in page
    assert "<dt>Total</dt><dd>$18.00</dd>" in page
    walker.steps  # noqa: B018 stores what waits
    assert told(Step.CLAIM_COUPON) == [{"code": "ROSE10"}]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Please type a code first."),
        ("NOPE", "We do not know the code NOPE."),
        ("x" * 21, "No code of ours is that long."),
        ("ENDED", "This coupon ended on"),
        ("GONE", "All of these coupons are gone."),
    ],
)
def test_a_code_that_cannot_be_had_is_said_in_a_sentence(walker, code, sentence):
    CouponFactory(code="ENDED", ends_at=timezone.now() - timedelta(days=1))
    CouponFactory(code="GONE", limit=1, used=1)
    put_in_cart(walker, SkuFactory())
    assert sentence in typed(walker, code)
    assert CouponClaim.objects.count() == 0


def test_ten_wrong_codes_a_minute_are_enough(walker):
    CouponFactory(code="RIGHT")
    put_in_cart(walker, SkuFactory())
    for n in range(10):
        assert f"We do not know the code N{n}." in typed(walker, f"N{n}")
    answer = walker.client.post(reverse("shop:coupon"), {"code": "RIGHT"}, headers={"accept": "application/json"})
    assert answer.status_code == 429
    assert "Please wait a minute" in answer.json()["error"]
    CodeGuess.objects.update(guessed_at=timezone.now() - timedelta(seconds=61))
    assert "RIGHT takes" in typed(walker, "RIGHT")


def test_the_best_coupon_counts_by_itself_and_never_two(walker):
    store = CreatorFactory()
    sku = SkuFactory(price_cents=3_000, product__creator=store)
    put_in_cart(walker, sku)
    for code, more in {"ALL10": {"percent": 10}, "STORE20": {"percent": 20, "creator": store}}.items():
        CouponFactory(code=code, **more)
        CouponClaim.objects.create(coupon=Coupon.objects.get(code=code), buyer=buyer())
    place(walker)
    order = Order.objects.get()
    assert (order.coupon, order.discount_cents, order.total_cents) == ("STORE20", 600, 2_400)
    assert list(Coupon.objects.order_by("code").values_list("code", "used")) == [("ALL10", 0), ("STORE20", 1)]


def buyer() -> str:
    return Cart.objects.latest("pk").buyer


def claimed(walker, **more) -> Coupon:
    """A coupon this buyer has; they have a cart already."""
    coupon = CouponFactory(**more)
    CouponClaim.objects.create(coupon=coupon, buyer=buyer())
    return coupon


def test_another_coupon_or_none_can_be_chosen_and_its_total_is_what_was_shown(walker):
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    claimed(walker, code="BIG", percent=50)
    claimed(walker, code="SMALL", percent=10)
    page = walker.get("shop:checkout")
    assert [(choice["delivery"], choice["total_cents"]) for choice in page.context["sums"]] == [
        ("standard", 1_500),
        ("standard", 2_700),
        ("standard", 3_000),
        ("express", 1_999),
        ("express", 3_199),
        ("express", 3_499),
    ]
    place(walker, key_of(page), coupon="SMALL", delivery="express")
    assert Order.objects.get().total_cents == 3_199
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    place(walker, coupon="none")
    assert Order.objects.latest("pk").total_cents == 3_000


def test_a_store_coupon_is_spread_over_the_lines_of_its_store(walker):
    store = CreatorFactory()
    for cents, creator in [(1_000, store), (999, store), (5_000, CreatorFactory())]:
        put_in_cart(walker, SkuFactory(price_cents=cents, product__creator=creator))
    claimed(walker, code="STORE", kind="amount", amount_cents=500, creator=store)
    place(walker)
    assert [line.discount_cents for line in Order.objects.get().lines.all()] == [250, 250, 0]


def test_a_shipping_coupon_takes_the_shipping_but_not_the_express_fee(walker):
    put_in_cart(walker, SkuFactory(price_cents=3_000, product__shipping_cents=399))
    claimed(walker, code="SHIP", kind="shipping")
    place(walker, delivery="express")
    order = Order.objects.get()
    assert (order.shipping_cents, order.discount_cents, order.total_cents) == (898, 399, 3_499)
    assert order.lines.get().discount_cents == 0


@pytest.mark.parametrize("gone", [{"limit": 1, "used": 1}, {"is_active": False}, {"ends_at": timezone.now()}])
def test_a_coupon_that_is_gone_meanwhile_leaves_the_new_total_to_accept(walker, gone):
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    claimed(walker, code="HALF", percent=50)
    key = key_of(walker.get("shop:checkout"))
    Coupon.objects.update(**gone)
    page = place(walker, key, coupon="HALF")
    assert page.status_code == 409
    assert "The coupon HALF cannot be used any more. The total was $15.00 and is $30.00 now." in said(page)
    assert Order.objects.count() == 0
    assert place(walker, key_of(page)).status_code == 303
    assert Order.objects.get().total_cents == 3_000


def test_a_coupon_of_somebody_else_is_not_used(walker):
    put_in_cart(walker, SkuFactory())
    CouponClaim.objects.create(coupon=CouponFactory(code="THEIRS"), buyer="somebody-else")
    assert place(walker, coupon="THEIRS").status_code == 409
    assert Order.objects.count() == 0


def test_a_coupon_is_for_one_order_and_comes_back_when_that_is_cancelled(walker):
    sku = SkuFactory(price_cents=3_000)
    put_in_cart(walker, sku)
    coupon = claimed(walker, code="ONCE", percent=50, limit=1)
    place(walker)
    order = Order.objects.get()
    assert CouponClaim.objects.get().order == order.code
    assert bought(walker, sku).coupon == ""
    for _ in range(2):
        walker.post("shop:cancel", order.code)
    coupon.refresh_from_db()
    assert (coupon.used, CouponClaim.objects.get().order) == (0, "")
    assert bought(walker, sku).coupon == "ONCE"


def test_a_coupon_for_a_first_order_is_not_for_a_second_one(walker):
    sku = SkuFactory(price_cents=3_000)
    put_in_cart(walker, sku)
    claimed(walker, code="HELLO", percent=10, audience="new")
    place(walker, coupon="none")
    assert bought(walker, sku).coupon == ""


def test_a_coupon_says_how_much_is_missing(walker):
    store = CreatorFactory()
    put_in_cart(walker, SkuFactory(price_cents=1_590, product__creator=store))
    claimed(walker, code="FROM20", percent=10, creator=store, least_cents=2_000)
    assert "$4.10 more here to use FROM20" in said(walker.get("shop:cart"))


def test_nobody_sees_the_coupons_of_others(walker):
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    claimed(walker, code="MINE", percent=10)
    other = Walker()
    put_in_cart(other, SkuFactory(price_cents=3_000))
    assert "MINE" not in said(other.get("shop:cart"))


def test_staff_see_how_often_a_coupon_was_used_and_whether_it_can_be_had(admin_client):
    CouponFactory(code="MANY", used=3)
    CouponFactory(code="FULL", limit=2, used=2)
    CouponFactory(code="LATE", ends_at=timezone.now() - timedelta(seconds=1))
    page = " ".join(admin_client.get(reverse("admin:shop_coupon_changelist")).content.decode().split())
    for text in ("running", "2 of 2", "used up", "ended", "10 %", "every store"):
        assert text in page


def test_a_coupon_made_in_the_admin_is_spelled_in_capitals_and_checked(admin_client):
    ends = timezone.now() + timedelta(days=3)
    form = {
        "code": "glow20", "kind": "percent", "percent": 95, "amount_cents": 0, "least_cents": 0, "audience": "all",
        "limit": 5, "is_active": "on", "starts_at_0": "2026-01-01", "starts_at_1": "00:00:00",
        "ends_at_0": f"{ends:%Y-%m-%d}", "ends_at_1": "00:00:00",
    }  # fmt: skip
    refused = admin_client.post(reverse("admin:shop_coupon_add"), form)
    assert "Percent off is 5 to 90." in refused.content.decode()
    admin_client.post(reverse("admin:shop_coupon_add"), form | {"percent": 20})
    assert Coupon.objects.values_list("code", "percent", "limit").get() == ("GLOW20", 20, 5)


def test_a_code_that_was_typed_does_not_count_before_a_better_one(walker):
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    claimed(walker, code="HALF", percent=50)
    CouponFactory(code="TENTH", percent=10)
    page = typed(walker, "TENTH")
    assert "TENTH is yours. Your HALF takes $15.00 off: the best one counts." in page
    assert bought(walker, SkuFactory()).coupon == "HALF"


def test_of_two_coupons_that_are_as_good_the_one_that_ends_first_counts(walker):
    put_in_cart(walker, SkuFactory(price_cents=3_000))
    for code, days in {"LATER": 3, "SOON": 1, "LATEST": 9}.items():
        claimed(walker, code=code, percent=10, ends_at=timezone.now() + timedelta(days=days))
    place(walker)
    assert Order.objects.get().coupon == "SOON"


def test_who_cancelled_their_first_order_can_still_have_a_coupon_for_it(walker):
    CouponFactory(code="HELLO", audience="new")
    walker.post("shop:cancel", bought(walker, SkuFactory()).code)
    put_in_cart(walker, SkuFactory())
    assert "HELLO takes" in typed(walker, "HELLO")


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [("code", "10 % OFF", "A code is letters, digits, - and _"), ("limit", 2, "3 orders have used it already.")],
)
def test_a_coupon_that_would_break_its_address_or_its_count_is_refused(admin_client, field, text, sentence):
    coupon = CouponFactory(used=3, limit=5)
    page = reverse("admin:shop_coupon_change", args=[coupon.pk])
    form = admin_client.get(page).context["adminform"].form
    day = {"starts_at_0": "2026-01-01", "starts_at_1": "00:00:00", "ends_at_0": "2099-01-01", "ends_at_1": "00:00:00"}
    answer = admin_client.post(page, {k: v for k, v in form.initial.items() if v is not None} | day | {field: text})
    assert sentence in answer.content.decode()
