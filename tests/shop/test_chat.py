"""A chat with a store: a ticket that waits for the store, with what it is about in sight."""

import pytest

from journey.models import Event
from journey.steps import Step
from shop.models import Ticket
from tests.factories import CreatorFactory, ProductFactory, SkuFactory
from tests.shop.buying import bought, said
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    store = CreatorFactory(slug="mira", store_name="Mira Glows", response_rate=96)
    return SkuFactory(product__creator=store, product__slug="rose-serum", product__title="Rose Serum").product


def test_a_chat_begins_with_the_product_in_sight_and_what_the_store_promises(walker, product):
    page = walker.get("shop:chat", "mira", product="rose-serum")
    assert drawn(page) == ["store", "asked"]
    assert "Rose Serum" in said(page)
    assert "Answers 96% of messages within a day." in said(page)
    assert walker.steps == [Step.VIEW_SUPPORT]


def test_the_first_message_is_a_ticket_with_the_store_and_a_fact(walker, product):
    sent = walker.post("shop:chat", "mira", key="k", text="When would it ship?", product="rose-serum")
    ticket = Ticket.objects.get()
    assert (sent.status_code, sent.url) == (303, f"/support/{ticket.code}")
    assert (ticket.store, ticket.product, ticket.topic) == (product.creator, product, "product")
    told = Event.objects.get(step=Step.SUPPORT_OPEN.letter).props
    assert told == {"ticket": ticket.code, "kind": "product", "product": "rose-serum", "creator": "mira"}
    assert "Rose Serum" in said(walker.get("shop:ticket", ticket.code))


def test_a_chat_about_the_same_goes_on_where_it_was_until_it_is_solved(walker, product):
    walker.post("shop:chat", "mira", key="k", text="When would it ship?", product="rose-serum")
    code = Ticket.objects.get().code
    assert walker.get("shop:chat", "mira", product="rose-serum").url == f"/support/{code}"
    assert walker.get("shop:chat", "mira").status_code == 200
    walker.post("shop:resolve", code)
    assert walker.get("shop:chat", "mira", product="rose-serum").status_code == 200


def test_an_order_stays_in_sight_of_its_store_and_its_buyer_only(walker, product):
    order = bought(walker, product.skus.get())
    other = CreatorFactory()
    sight = f"Order {order.code}"
    assert sight in said(walker.get("shop:chat", "mira", order=order.code))
    assert sight not in said(walker.get("shop:chat", other.slug, order=order.code))
    assert sight not in said(Walker().get("shop:chat", "mira", order=order.code))
    walker.post("shop:chat", "mira", key="k", text="Hello?", order=order.code, line=product.skus.get().code)
    ticket = Ticket.objects.get()
    assert (ticket.order, ticket.line.title, ticket.topic) == (order, "Rose Serum", "other")


@pytest.mark.parametrize("slug", ["", "\0", "none", "a product of another store"])
def test_what_is_not_of_this_store_is_not_in_sight(walker, product, slug):
    slug = ProductFactory().slug if " " in slug else slug
    walker.post("shop:chat", "mira", key="k", text="Hello?", product=slug, order=slug, line=slug)
    ticket = Ticket.objects.get()
    assert (ticket.product, ticket.order, ticket.line, ticket.topic) == (None, None, None, "other")


def test_an_empty_message_is_no_chat_and_keeps_the_product_in_sight(walker, product):
    sent = walker.post("shop:chat", "mira", key="k", text=" ", product="rose-serum")
    assert (sent.status_code, Ticket.objects.count()) == (422, 0)
    assert 'name="product" value="rose-serum"' in said(sent)


def test_there_is_no_chat_with_nobody(walker):
    assert walker.get("shop:chat", "nobody").status_code == 404


def test_chats_and_tickets_share_their_limit(walker, product):
    for n in range(5):
        walker.post("shop:open-ticket", key=f"k{n}", topic="other", text="Hello?")
    sent = walker.post("shop:chat", "mira", key="k", text="Hello?")
    assert (sent.status_code, "You have opened five conversations" in said(sent)) == (429, True)
