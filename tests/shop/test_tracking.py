"""Parcels move on by themselves: on time, in order, once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from shop import tasks
from shop.models import Order
from shop.services import tracking
from shop.services.days import days
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries
from tests.shop.later import pass_days
from tests.walker import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Status = Order.Status


def told(order: Order) -> list[tuple[str, str]]:
    return [(seen.text, seen.place) for seen in reversed(order.trackings.all())]


def test_a_parcel_is_delivered_on_its_first_day_and_the_log_tells_the_way(walker):
    order = bought(walker, SkuFactory(product__creator__ships_from="Newark, NJ"))
    order = pass_days(order, 3)
    assert (order.status, order.due_at) == (Status.DELIVERED, None)
    assert told(order) == [
        ("The store has made the label", "Newark, NJ"),
        ("Picked up by the carrier", "Newark, NJ"),
        ("At the sorting center", "Newark, NJ"),
        ("At the sorting center", "New York, NY"),
        ("Out for delivery", "New York, NY"),
        ("Delivered", "New York, NY"),
    ]
    assert [move.after for move in order.moves.all()] == [Status.PLACED, Status.SHIPPED, Status.DELIVERED]


def test_a_task_that_comes_late_tells_when_things_happened_not_when_it_came(walker):
    order = pass_days(bought(walker, SkuFactory()), 10)
    arrived = order.moves.get(after=Status.DELIVERED).at
    assert arrived == order.trackings.first().at == order.placed_at + days(3) < timezone.now() - days(6)


def test_each_step_waits_for_its_time(walker):
    order = bought(walker, SkuFactory())
    tasks.move_parcels()
    assert told(order) == []
    assert [pass_days(order, 1).trackings.count(), pass_days(Order.objects.get(), 1).trackings.count()] == [1, 3]
    assert Order.objects.get().status == Status.SHIPPED


def test_a_day_is_as_long_as_the_setting_says(walker, settings):
    settings.ORDER_DAY_SECONDS = 10
    order = bought(walker, SkuFactory())
    assert order.due_at - order.placed_at < timedelta(seconds=10)


def test_of_two_tasks_that_saw_the_same_step_due_one_takes_it(walker):
    order = bought(walker, SkuFactory())
    Order.objects.update(due_at=timezone.now())
    first, second = Order.objects.get(), Order.objects.get()
    with transaction.atomic():
        assert tracking._take(first)
    with transaction.atomic():
        assert not tracking._take(second)
    assert len(told(order)) == 1


def test_a_cancelled_order_goes_nowhere(walker):
    order = bought(walker, SkuFactory())
    walker.post("shop:cancel", order.code)
    assert pass_days(order, 30).status == Status.CANCELLED
    assert told(order) == []


def test_nothing_due_costs_one_query(walker, django_assert_num_queries):
    bought(walker, SkuFactory())
    with django_assert_num_queries(1):
        tasks.move_parcels()


def test_staff_moves_it_and_the_log_is_filled_up_to_there(walker):
    order = bought(walker, SkuFactory())
    with transaction.atomic():
        tracking.carry(order, Status.SHIPPED)
    assert [text for text, _ in told(order)] == ["The store has made the label", "Picked up by the carrier"]
    order = pass_days(Order.objects.get(), 3)
    assert (order.status, len(told(order))) == (Status.DELIVERED, 6)


def test_the_log_is_a_page_of_who_ordered(walker):
    order = pass_days(bought(walker, SkuFactory()), 2)
    with queries() as asked:
        page = walker.get("shop:track", order.code)
    assert "Picked up by the carrier" in page.content.decode()
    assert len(asked) <= 7
    assert Walker().get("shop:track", order.code).status_code == 404


def test_an_open_page_can_ask_whether_it_moved(walker):
    order = bought(walker, SkuFactory())
    before = walker.get("shop:order-live", order.code).content.decode()
    pass_days(order, 2)
    after = walker.get("shop:order-live", order.code).content.decode()
    assert ('data-version="placed 0"' in before, 'data-version="shipped 3"' in after) == (True, True)
    assert len([event for event in walker.events if event.step == "O"]) == 0
