"""Short words for buying something in a test."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journey.models import Event
from journey.steps import Step
from shop.models import Order

ADDRESS = {
    "full_name": "Ada Buyer",
    "street": "1 Analytical Way",
    "city": "New York",
    "state": "NY",
    "zip": "10001",
}
ANSWERS = ADDRESS | {"delivery": "standard", "payment": "card"}


def queries() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def put_in_cart(walker, sku, quantity=1, **more):
    return walker.post("shop:add-to-cart", sku.product.slug, sku=sku.code, quantity=quantity, **more)


def key_of(page) -> str:
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def place(walker, key=None, **changed):
    """Place an order with the key given, or that of a checkout page opened now."""
    key = key or key_of(walker.get("shop:checkout"))
    return walker.post("shop:place", key=key, **ANSWERS | changed)


def bought(walker, sku, quantity=1, **changed) -> Order:
    put_in_cart(walker, sku, quantity)
    answer = place(walker, **changed)
    assert answer.status_code == 303, answer.content.decode()
    return Order.objects.latest("pk")


def said(page) -> str:
    """The page on one line."""
    return " ".join(page.content.decode().split())


def told(step: Step) -> list[dict]:
    """The properties of every event of a step that was stored."""
    return [event.props for event in Event.objects.filter(step=step.letter).order_by("at", "trail", "n")]
