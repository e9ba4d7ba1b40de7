"""Staff at work in the admin: orders are moved, tickets are answered, stock is corrected; buyers' walks hear of it."""

import pytest
from django.urls import reverse

from journey.models import Event
from journey.steps import Step
from shop.models import Order, Sku, StockMovement, Ticket
from tests.factories import SkuFactory
from tests.shop.buying import bought, put_in_cart, queries

pytestmark = pytest.mark.django_db


def run(admin_client, name: str, model, *rows):
    form = {"action": name, "_selected_action": [row.pk for row in rows]}
    return admin_client.post(reverse(f"admin:shop_{model}_changelist"), form, follow=True).content.decode()


def ticket_of(walker) -> Ticket:
    walker.post("shop:open-ticket", key="k", topic="where", text="Where is it?")
    return Ticket.objects.get()


def test_orders_are_shipped_and_delivered_by_actions(walker, admin_client):
    first, second = bought(walker, SkuFactory()), bought(walker, SkuFactory())
    assert "2 orders handed to the carrier." in run(admin_client, "ship", "order", first, second)
    assert "1 order marked as delivered." in run(admin_client, "deliver", "order", first)
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == ["delivered", "shipped"]
    assert "cannot be shipped any more" in run(admin_client, "ship", "order", first)


def test_staff_who_cancels_gives_the_stock_back_and_it_stands_in_the_buyers_walk(walker, admin_client):
    sku = SkuFactory(stock=10)
    order = bought(walker, sku, 4)
    run(admin_client, "cancel", "order", order)
    sku.refresh_from_db()
    assert sku.stock == 10
    event = Event.objects.get(step=Step.CANCEL.letter)
    assert (event.participant_id, event.props) == (
        walker.participant,
        {"order": order.code, "value": order.total_cents},
    )


def test_an_order_is_looked_at_but_never_edited(walker, admin_client):
    order = bought(walker, SkuFactory())
    page = reverse("admin:shop_order_change", args=[order.pk])
    assert admin_client.get(page).status_code == 200
    admin_client.post(page, {"status": "delivered", "total_cents": 1})
    order.refresh_from_db()
    assert order.status == "placed"


def test_the_lists_of_the_admin_ask_as_little_for_three_as_for_one(walker, admin_client):
    lists = [reverse(f"admin:shop_{model}_changelist") for model in ("order", "ticket", "cart", "stockmovement")]

    def asked() -> list[int]:
        counts = []
        for page in lists:
            with queries() as counted:
                assert admin_client.get(page).status_code == 200
            counts.append(len(counted))
        return counts

    bought(walker, SkuFactory())
    ticket_of(walker)
    asked()
    one = asked()
    for key in "xy":
        walker.post("shop:open-ticket", key=key, topic="where", text=key)
        bought(walker, SkuFactory())
    assert asked() == one


def test_stock_is_corrected_by_a_movement(admin_client):
    sku = SkuFactory(stock=10)
    add = reverse("admin:shop_stockmovement_add")
    admin_client.post(add, {"sku": sku.pk, "change": 5})
    admin_client.post(add, {"sku": sku.pk, "change": -16})
    admin_client.post(add, {"sku": sku.pk, "change": 0})
    admin_client.post(add, {"sku": sku.pk, "change": 10**18})
    assert Sku.objects.get().stock == 15
    assert list(StockMovement.objects.values_list("change", "reason")) == [(5, "correction"), (10, "opening")]


def test_a_cart_can_be_looked_into(walker, admin_client):
    put_in_cart(walker, SkuFactory(code="ROSE-30"))
    cart = admin_client.get(reverse("admin:shop_cart_changelist")).context["cl"].queryset.get()
    assert admin_client.get(reverse("admin:shop_cart_change", args=[cart.pk])).status_code == 200
