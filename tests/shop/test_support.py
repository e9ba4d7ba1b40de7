"""Support: a buyer writes, the shop answers, one of them says it is solved."""

import pytest
from django.utils import timezone

from journey.models import Event
from journey.steps import Step
from shop.models import Message, Ticket
from shop.services.support import answer
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries, said
from tests.shop.writing import ago, conversation, opened, write
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(django_user_model):
    return django_user_model.objects.create_user("seller", first_name="Noor", is_staff=True)


def status() -> str:
    return Ticket.objects.get().status


def test_a_ticket_is_opened_about_an_order_and_is_a_fact(walker):
    sku = SkuFactory()
    order = bought(walker, sku)
    sent = write(walker, order=order.code)
    ticket = Ticket.objects.get()
    assert (sent.status_code, sent.url) == (303, f"/support/{ticket.code}")
    assert (ticket.order, ticket.topic, ticket.participant) == (order, "where", walker.participant)
    assert [message.text for message in ticket.messages.all()] == ["Where is it?"]
    told = Event.objects.get(step=Step.SUPPORT_OPEN.letter).props
    assert told == {"ticket": ticket.code, "kind": "where", "order": order.code, "product": sku.product.slug}


@pytest.mark.parametrize("topic", Ticket.Topic.values)
def test_every_topic_can_be_written_about(walker, topic):
    assert write(walker, topic=topic).status_code == 303


def test_the_form_knows_the_topic_the_order_and_the_line_one_came_from(walker):
    order, skus = ordered_two(walker)
    page = said(walker.get("shop:open-ticket", topic="damaged", order=order.code, line=skus[1].code))
    assert 'value="damaged" required checked' in page
    assert f'name="order" value="{order.code}" checked' in page
    assert f'name="line" value="{skus[1].code}" checked' in page
    assert f'name="line" value="{skus[0].code}" checked' not in page
    assert f"/@{skus[1].product.creator.slug}/chat?order={order.code}&amp;line={skus[1].code}" in page


def ordered_two(walker):
    skus = [SkuFactory(), SkuFactory()]
    walker.post("shop:add-to-cart", skus[0].product.slug, sku=skus[0].code, quantity=1)
    return bought(walker, skus[1]), skus


def test_a_line_of_the_order_is_what_it_is_about(walker):
    order, skus = ordered_two(walker)
    write(walker, order=order.code, line=skus[1].code)
    ticket = Ticket.objects.get()
    assert (ticket.line.sku_code, ticket.lines) == (skus[1].code, [ticket.line])


def test_the_only_line_of_an_order_need_not_be_chosen(walker):
    sku = SkuFactory()
    write(walker, order=bought(walker, sku).code)
    assert Ticket.objects.get().line.sku_code == sku.code


@pytest.mark.parametrize("line", ["", "SKU-NONE"])
def test_without_a_line_it_is_about_all_of_the_order(walker, line):
    order, skus = ordered_two(walker)
    write(walker, order=order.code, line=line)
    assert [line.sku_code for line in Ticket.objects.get().lines] == [skus[0].code, skus[1].code]


def test_somebody_elses_order_cannot_be_written_about(walker):
    order, other = bought(walker, SkuFactory()), Walker()
    sent = write(other, order=order.code)
    assert (sent.status_code, Ticket.objects.count()) == (422, 0)
    assert "This is not one of your orders." in said(sent)


def test_a_form_sent_twice_is_one_ticket(walker):
    assert write(walker).url == write(walker).url
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)
    assert walker.steps == [Step.SUPPORT_OPEN]


@pytest.mark.parametrize(
    ("field", "text"),
    [("text", ""), ("text", " "), ("text", "a\0b"), ("text", "x" * 2_001), ("topic", "none"), ("order", "\0")],
)
def test_what_cannot_be_understood_is_said_and_opens_nothing(walker, field, text):
    assert write(walker, **{field: text}).status_code == 422
    assert Ticket.objects.count() == 0


def test_the_sixth_ticket_of_an_hour_waits(walker):
    answers = [write(walker, key=f"k{n}").status_code for n in range(6)]
    assert answers == [303] * 5 + [429]
    Ticket.objects.update(opened_at=ago(hours=1))
    assert write(walker, key="later").status_code == 303


def test_the_thirty_first_message_of_an_hour_waits_and_is_still_in_its_field(walker):
    ticket = opened(walker)
    for n in range(29):
        ticket.messages.create(key=f"m{n}", text="Hello?")
    sent = walker.post("shop:reply", ticket.code, key="r", text="One more.")
    assert (sent.status_code, Message.objects.count()) == (429, 30)
    assert "That was thirty messages within an hour." in said(sent)
    assert "One more.</textarea>" in said(sent)
    Message.objects.update(at=ago(hours=1))
    assert walker.post("shop:reply", ticket.code, key="r", text="One more.").status_code == 303


def test_a_conversation_goes_back_and_forth_until_it_is_solved(walker, seller):
    ticket = opened(walker)
    assert (ticket.status, ticket.waiting_since is not None) == ("new", True)
    answer(ticket, seller, "It is on its way.")
    assert (ticket.status, ticket.waiting_since, ticket.assigned_to) == ("answered", None, seller)
    walker.post("shop:reply", ticket.code, key="r1", text="It still is not here.")
    assert status() == "open"
    walker.post("shop:resolve", ticket.code)
    assert status() == "resolved"
    walker.post("shop:reply", ticket.code, key="r2", text="Broken after all.")
    assert (status(), Ticket.objects.get().reopened) == ("reopened", 1)
    assert conversation() == [
        ("buyer", "Where is it?"),
        ("shop", "It is on its way."),
        ("buyer", "It still is not here."),
        ("system", "Marked as solved."),
        ("buyer", "Broken after all."),
    ]
    assert walker.steps == [Step.SUPPORT_OPEN, Step.SUPPORT_REPLY, Step.SUPPORT_RESOLVED, Step.SUPPORT_REPLY]
    assert walker.events[-1].props == {"ticket": ticket.code, "kind": "reopen"}


def test_a_reply_sent_twice_is_said_once(walker):
    ticket = opened(walker)
    for _ in range(2):
        assert walker.post("shop:reply", ticket.code, key="r1", text="Hello?").status_code == 303
    assert Message.objects.count() == 2
    assert walker.steps.count(Step.SUPPORT_REPLY) == 1


def test_solving_twice_is_one_fact(walker):
    ticket = opened(walker)
    for _ in range(2):
        walker.post("shop:resolve", ticket.code)
    assert walker.steps.count(Step.SUPPORT_RESOLVED) == 1
    assert conversation()[1:] == [("system", "Marked as solved.")]


def test_who_writes_twice_keeps_the_place_in_the_queue(walker):
    ticket = opened(walker)
    walker.post("shop:reply", ticket.code, key="r1", text="Hello?")
    assert Ticket.objects.get().waiting_since == ticket.waiting_since


@pytest.mark.parametrize("name", ["ticket", "live"])
def test_somebody_elses_ticket_is_not_there(walker, name):
    assert Walker().get(f"shop:{name}", opened(walker).code).status_code == 404


@pytest.mark.parametrize("name", ["reply", "resolve", "rate", "call-in"])
def test_nothing_can_be_done_with_somebody_elses_ticket(walker, name):
    ticket = opened(walker)
    assert Walker().post(f"shop:{name}", ticket.code, key="x", text="Hi", stars=1).status_code == 404
    assert (conversation(), status()) == ([("buyer", "Where is it?")], "new")


@pytest.mark.parametrize("text", ["", " ", "\0", "x" * 2_001])
def test_a_reply_that_cannot_be_understood_is_said(walker, text):
    sent = walker.post("shop:reply", opened(walker).code, key="r1", text=text)
    assert (sent.status_code, Message.objects.count()) == (422, 1)


def test_the_thread_keeps_the_order_in_sight(walker):
    order = bought(walker, SkuFactory(product__title="Rose Serum"))
    write(walker, order=order.code)
    page = walker.get("shop:ticket", Ticket.objects.get().code)
    assert drawn(page) == ["thread", "solved"]
    assert "Rose Serum" in said(page)
    assert f"Order {order.code} · Being packed" in said(page)


def test_what_a_buyer_writes_stays_text(walker):
    ticket = opened(walker, text="<script>alert(1)</script>\nsecond line")
    text = said(walker.get("shop:ticket", ticket.code))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in text


def test_an_empty_support_room_says_what_will_stand_here(walker):
    page = walker.get("shop:support")
    assert "You have not written to us yet." in said(page)
    assert drawn(page) == ["hello", "tickets", "topics"]


def test_an_answer_is_marked_as_unread_until_it_is_read(walker, seller):
    ticket = opened(walker)
    answer(ticket, seller, "It is on its way.")
    assert "New answer" in said(walker.get("shop:support"))
    assert "Noor · Scrollshop Support" in said(walker.get("shop:ticket", ticket.code))
    assert "New answer" not in said(walker.get("shop:support"))


def test_the_list_asks_as_little_for_three_tickets_as_for_one(walker):
    skus = [SkuFactory(), SkuFactory(), SkuFactory()]
    write(walker, key="k0", order=bought(walker, skus[0]).code)
    with queries() as one:
        walker.get("shop:support")
    for n in (1, 2):
        write(walker, key=f"k{n}", order=bought(walker, skus[n]).code)
    with queries() as three:
        page = walker.get("shop:support")
    assert len(one) == len(three) <= 6
    assert len(page.context["tickets"]) == 3


def test_a_thread_asks_as_little_for_three_answers_as_for_one(walker, seller):
    ticket = opened(walker)
    answer(ticket, seller, "One.")
    walker.get("shop:ticket", ticket.code)
    with queries() as one:
        walker.get("shop:ticket", ticket.code)
    for text in ("Two.", "Three."):
        answer(ticket, seller, text)
    walker.get("shop:ticket", ticket.code)
    with queries() as three:
        walker.get("shop:ticket", ticket.code)
    assert len(one) == len(three) <= 6


def test_messages_keep_the_day_they_were_written_on(walker):
    ticket = opened(walker)
    Message.objects.update(at=ago(days=1))
    walker.post("shop:reply", ticket.code, key="r", text="Still nothing.")
    page = said(walker.get("shop:ticket", ticket.code))
    assert page.index(">Yesterday<") < page.index("Where is it?") < page.index(">Today<") < page.index("Still nothing.")
    assert timezone.localtime(Message.objects.latest("pk").at).strftime("%H:%M") in page
