"""Staff after the sale: goodwill, returns answered in time, a reply to a review; the buyer's walk hears of money."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from journey.models import Event
from journey.steps import Step
from shop.admin.returns import clock
from shop.models import Order, Return, Review
from shop.services import returns
from tests.factories import ReviewFactory, SkuFactory
from tests.shop.buying import bought, queries, told
from tests.shop.later import delivered, wish

pytestmark = pytest.mark.django_db


def press(admin_client, row, button: str, **form) -> str:
    name = row._meta.model_name
    page = reverse(f"admin:shop_{name}_change", args=[row.pk])
    return admin_client.post(page, {**form, f"shop_{name}_{button}": "1"}, follow=True).content.decode()


def asked(walker, **changed) -> Return:
    order = delivered(walker, SkuFactory(price_cents=1_000))
    items = {order.lines.get().sku_code: 1}
    with transaction.atomic():
        return returns.ask(order, order.buyer, order.participant, wish(items=items, **changed))


def test_goodwill_is_paid_once_for_a_form_and_never_beyond_the_total(walker, admin_client):
    order = bought(walker, SkuFactory(price_cents=1_000))
    for _ in range(2):
        press(admin_client, order, "pay_back", refund="4.50", key="k")
    assert "That is more than was paid" in press(admin_client, order, "pay_back", refund="999", key="l")
    assert "Say how much" in press(admin_client, order, "pay_back", refund="", key="m")
    order.refresh_from_db()
    assert order.refunded_cents == 450
    assert told(Step.REFUND) == [{"order": order.code, "value": 450, "currency": "USD"}]
    assert Event.objects.get(step=Step.REFUND.letter).participant_id == walker.participant


def test_an_order_offers_the_moves_its_state_allows(walker, admin_client):
    order = bought(walker, SkuFactory())
    page = reverse("admin:shop_order_change", args=[order.pk])

    def offered() -> list[bool]:
        text = admin_client.get(page).content.decode()
        return [f"shop_order_{name}" in text for name in ("ship_it", "deliver_it", "cancel_it", "pay_back")]

    assert offered() == [True, False, True, True]
    press(admin_client, order, "ship_it", key="k")
    assert offered() == [False, True, False, True]
    press(admin_client, order, "deliver_it", key="k")
    order.refresh_from_db()
    assert (order.status, order.due_at, order.trackings.count()) == ("delivered", None, 6)
    press(admin_client, order, "cancel_it", key="k")
    order.refresh_from_db()
    assert order.status == "delivered"


def test_a_return_is_accepted_and_refunded_when_it_is_back(walker, admin_client):
    parent = asked(walker)
    press(admin_client, parent, "accept")
    parent.refresh_from_db()
    assert parent.status == "accepted"
    with transaction.atomic():
        returns.hand_in(parent)
    press(admin_client, parent, "received")
    assert (Return.objects.get().status, Order.objects.get().refunded_cents) == ("refunded", 1_000)
    assert Event.objects.get(step=Step.REFUND.letter).participant_id == walker.participant


def test_a_no_needs_words_and_the_buyer_reads_them(walker, admin_client):
    parent = asked(walker)
    assert "Say why" in press(admin_client, parent, "decline", words=" ")
    press(admin_client, parent, "decline", words="It shows signs of <wear>.")
    assert Return.objects.get().status == "declined"
    assert "It shows signs of &lt;wear&gt;." in walker.get("shop:return", parent.code).content.decode()


def test_the_clock_of_a_return_says_in_words_and_colour_how_long_is_left(walker, settings):
    parent = asked(walker)
    settings.ORDER_DAY_SECONDS = 86_400
    parent.due_at = timezone.now() + returns.days(2)
    assert clock(parent) == ("success", "1 d 23 h left")
    parent.due_at -= returns.days(1) * 1.6
    assert clock(parent) == ("warning", "9 h 35 min left")
    parent.due_at -= returns.days(1)
    assert clock(parent) == ("danger", "Settles itself now")


def test_the_inbox_asks_as_little_for_three_returns_as_for_one(walker, admin_client):
    page = reverse("admin:shop_return_changelist")

    def counted() -> int:
        with queries() as asked_for:
            assert admin_client.get(page, {"queue": "ours"}).status_code == 200
        return len(asked_for)

    asked(walker)
    counted()
    one = counted()
    asked(walker, key="b")
    asked(walker, key="c")
    assert counted() == one


def test_a_review_gets_one_reply_and_keeps_its_words(admin_client):
    review = ReviewFactory(text="It leaks.")
    page = reverse("admin:shop_review_change", args=[review.pk])
    inline = {"photos-TOTAL_FORMS": 0, "photos-INITIAL_FORMS": 0}
    admin_client.post(page, {"reply": "We send you a new one.", "text": "Wonderful!", "stars": 5, **inline})
    assert Review.objects.values_list("text", "reply").get() == ("It leaks.", "We send you a new one.")
    shop = reverse("shop:product", args=[review.product.slug])
    assert "We send you a new one." in admin_client.get(shop).content.decode()
