"""Orders: seen by who placed them, moved only along the allowed path."""

import itertools

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.utils import timezone

from journey.models import Event
from journey.steps import Step
from shop.errors import MoveRefused
from shop.models import Order
from shop.models.product import NO_PICTURE
from shop.services.orders import cancel_order
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db
Status = Order.Status


def test_a_buyer_without_orders_reads_what_will_stand_here(walker):
    page = walker.get("shop:orders")
    assert "You have not ordered anything yet." in page.content.decode()
    assert "buyer" not in page.cookies


def test_the_list_asks_as_little_for_three_orders_as_for_one(walker):
    bought(walker, SkuFactory())
    with queries() as one:
        walker.get("shop:orders")
    bought(walker, SkuFactory())
    bought(walker, SkuFactory())
    with queries() as three:
        page = walker.get("shop:orders")
    assert len(one) == len(three) <= 6
    assert list(page.context["orders"]) == list(Order.objects.order_by("-pk"))


def test_an_order_just_placed_says_thank_you_and_later_it_says_where_it_is(walker):
    order = bought(walker, SkuFactory())
    details = ["timeline", "lines", "sums", "address", "help"]
    assert drawn(walker.get("shop:order", order.code, placed="")) == ["thanks", "second_thoughts"]
    assert drawn(walker.get("shop:order", order.code)) == details
    Order.objects.update(placed_at=timezone.now() - timezone.timedelta(hours=1))
    assert drawn(walker.get("shop:order", order.code, placed="")) == details


def test_looking_at_orders_is_told_with_the_order(walker):
    order = bought(walker, SkuFactory())
    walker.get("shop:orders")
    walker.get("shop:order", order.code)
    looks = [event.props for event in walker.events if event.step == Step.VIEW_ORDER.letter]
    assert looks == [None, {"order": order.code}]


@pytest.mark.parametrize("code", ["", "none", "0" * 500])
def test_an_order_that_is_not_there_is_a_404(walker, code):
    assert walker.client.get(f"/orders/{code}x").status_code == 404


def test_somebody_elses_order_is_not_there(walker):
    order, other = bought(walker, SkuFactory()), Walker()
    assert other.get("shop:order", order.code).status_code == 404
    assert other.post("shop:cancel", order.code).status_code == 404
    assert list(other.get("shop:orders").context["orders"]) == []
    order.refresh_from_db()
    assert order.status == Status.PLACED


def test_cancelling_gives_the_stock_back_once_and_is_a_fact(walker):
    sku = SkuFactory(stock=10)
    order = bought(walker, sku, 3)
    for _ in range(2):
        assert walker.post("shop:cancel", order.code).status_code == 303
    sku.refresh_from_db()
    order.refresh_from_db()
    assert (sku.stock, order.status) == (10, Status.CANCELLED)
    assert [movement.change for movement in sku.movements.all()] == [3, -3, 10]
    assert walker.steps.count(Step.CANCEL) == 1
    assert Event.objects.get(step=Step.CANCEL.letter).props == {"order": order.code, "value": order.total_cents}
    assert "cannot be cancelled any more" in walker.get("shop:order", order.code).content.decode()


def test_cancelling_tried_again_after_a_deadlock_cancels(walker):
    order = bought(walker, SkuFactory(stock=10))
    with transaction.atomic():
        cancel_order(order)
        transaction.set_rollback(True)
    with transaction.atomic():
        cancel_order(order)
    order.refresh_from_db()
    assert order.status == Status.CANCELLED


def test_a_picture_that_got_lost_breaks_no_order(walker, settings):
    line = bought(walker, SkuFactory()).lines.get()
    line.picture = "demo/gone.webp"
    strict = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": strict}
    staticfiles_storage.hashed_files = {NO_PICTURE: "shop/no-picture.1.svg"}
    assert line.picture_url == "/static/shop/no-picture.1.svg"


def test_what_is_shipped_cannot_be_cancelled(walker):
    order = bought(walker, SkuFactory())
    order.move(Status.SHIPPED)
    walker.post("shop:cancel", order.code)
    order.refresh_from_db()
    assert order.status == Status.SHIPPED
    assert Event.objects.filter(step=Step.CANCEL.letter).count() == 0
    assert "Cancel this order" not in walker.get("shop:order", order.code).content.decode()


@pytest.mark.parametrize(("before", "after"), list(itertools.product(Status.values, repeat=2)))
def test_only_moves_of_the_table_are_allowed(walker, before, after):
    order = bought(walker, SkuFactory())
    Order.objects.update(status=before)
    order.refresh_from_db()
    allowed = after in Order.MOVES[before]
    if not allowed:
        with pytest.raises(MoveRefused):
            order.move(after)
    else:
        order.move(after)
    order.refresh_from_db()
    assert order.status == (after if allowed else before)
    assert order.moves.count() == 1 + allowed


def test_of_two_rivals_with_the_same_picture_of_an_order_one_moves_it(walker):
    order = bought(walker, SkuFactory())
    rival = Order.objects.get()
    order.move(Status.SHIPPED)
    with pytest.raises(MoveRefused), transaction.atomic():
        rival.move(Status.CANCELLED)
    assert Order.objects.get().status == Status.SHIPPED


def test_codes_are_short_readable_and_never_the_same(walker):
    codes = {bought(walker, SkuFactory()).code for _ in range(3)}
    assert len(codes) == 3
    assert {len(code) for code in codes} == {10}
    assert not set("01ilo") & set("".join(codes))
