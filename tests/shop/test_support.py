"""Support: a buyer writes, the shop answers, one of them says it is solved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journey.models import Event
from journey.steps import Step
from shop.models import Message, Ticket
from shop.services.support import answer
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(django_user_model):
    return django_user_model.objects.create_user("seller", is_staff=True)


def write(walker, key="k1", **changed):
    form = {"key": key, "topic": "where", "order": "", "text": "Where is it?"} | changed
    return walker.post("shop:open-ticket", **form)


def status() -> str:
    return Ticket.objects.get().status


def test_a_ticket_is_opened_about_an_order_and_is_a_fact(walker):
    order = bought(walker, SkuFactory())
    sent = write(walker, order=order.code)
    ticket = Ticket.objects.get()
    assert (sent.status_code, sent.url) == (303, f"/support/{ticket.code}")
    assert (ticket.order, ticket.topic, ticket.participant) == (order, "where", walker.participant)
    assert [message.text for message in ticket.messages.all()] == ["Where is it?"]
    told = Event.objects.get(step=Step.SUPPORT_OPEN.letter).props
    assert told == {"ticket": ticket.code, "kind": "where", "order": order.code}


def test_the_form_knows_the_order_one_came_from(walker):
    order = bought(walker, SkuFactory())
    page = walker.get("shop:open-ticket", order=order.code)
    assert f'<option value="{order.code}" selected>' in page.content.decode()


def test_somebody_elses_order_cannot_be_written_about(walker):
    order, other = bought(walker, SkuFactory()), Walker()
    sent = write(other, order=order.code)
    assert (sent.status_code, Ticket.objects.count()) == (422, 0)
    assert "This is not one of your orders." in sent.content.decode()


def test_a_form_sent_twice_is_one_ticket(walker):
    assert write(walker).url == write(walker).url
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)
    assert walker.steps == [Step.SUPPORT_OPEN]


@pytest.mark.parametrize(
    ("field", "text"),
    [("text", ""), ("text", " "), ("text", "a\0b"), ("text", "x" * 16_000), ("topic", "none"), ("order", "\0")],
)
def test_what_cannot_be_understood_is_said_and_opens_nothing(walker, field, text):
    assert write(walker, **{field: text}).status_code == 422
    assert Ticket.objects.count() == 0


def test_the_eleventh_ticket_of_an_hour_waits(walker):
    answers = [write(walker, key=f"k{n}").status_code for n in range(11)]
    assert answers == [303] * 10 + [429]
    Ticket.objects.update(opened_at=timezone.now() - timedelta(hours=1))
    assert write(walker, key="later").status_code == 303


def test_a_conversation_goes_back_and_forth_until_it_is_solved(walker, seller):
    write(walker)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.waiting_since is not None) == ("open", True)
    answer(ticket, seller, "It is on its way.")
    assert (ticket.status, ticket.waiting_since) == ("answered", None)
    walker.post("shop:reply", ticket.code, key="r1", text="It still is not here.")
    assert status() == "open"
    walker.post("shop:resolve", ticket.code)
    assert status() == "resolved"
    walker.post("shop:reply", ticket.code, key="r2", text="Broken after all.")
    assert status() == "open"
    assert [(m.is_from_buyer, m.text) for m in Message.objects.all()] == [
        (True, "Where is it?"),
        (False, "It is on its way."),
        (True, "It still is not here."),
        (True, "Broken after all."),
    ]
    assert walker.steps == [Step.SUPPORT_OPEN, Step.SUPPORT_REPLY, Step.SUPPORT_RESOLVED, Step.SUPPORT_REPLY]


def test_a_reply_sent_twice_is_said_once(walker):
    write(walker)
    code = Ticket.objects.get().code
    for _ in range(2):
        assert walker.post("shop:reply", code, key="r1", text="Hello?").status_code == 303
    assert Message.objects.count() == 2
    assert walker.steps.count(Step.SUPPORT_REPLY) == 1


def test_solving_twice_is_one_fact(walker):
    write(walker)
    code = Ticket.objects.get().code
    for _ in range(2):
        walker.post("shop:resolve", code)
    assert walker.steps.count(Step.SUPPORT_RESOLVED) == 1


def test_who_writes_twice_keeps_the_place_in_the_queue(walker):
    write(walker)
    since = Ticket.objects.get().waiting_since
    walker.post("shop:reply", Ticket.objects.get().code, key="r1", text="Hello?")
    assert Ticket.objects.get().waiting_since == since


def test_somebody_elses_ticket_is_not_there(walker):
    write(walker)
    code, other = Ticket.objects.get().code, Walker()
    assert other.get("shop:ticket", code).status_code == 404
    assert other.post("shop:reply", code, key="x", text="Hi").status_code == 404
    assert other.post("shop:resolve", code).status_code == 404
    assert (Message.objects.count(), status()) == (1, "open")


@pytest.mark.parametrize("text", ["", "\0", "x" * 16_000])
def test_a_reply_that_cannot_be_understood_is_said(walker, text):
    write(walker)
    sent = walker.post("shop:reply", Ticket.objects.get().code, key="r1", text=text)
    assert (sent.status_code, Message.objects.count()) == (422, 1)


def test_the_thread_keeps_the_order_in_sight_and_promises_an_answer(walker):
    order = bought(walker, SkuFactory(product__title="Rose Serum"))
    write(walker, order=order.code)
    page = walker.get("shop:ticket", Ticket.objects.get().code)
    text = page.content.decode()
    assert drawn(page) == ["thread", "solved"]
    assert "Rose Serum" in text
    assert f"We answer by {Ticket.objects.get().answer_due:%a, %b %-d, %H:%M}." in text


def test_a_late_answer_is_owned_up_to(walker):
    write(walker)
    Ticket.objects.update(waiting_since=timezone.now() - timedelta(hours=25))
    assert "We are late with this one." in walker.get("shop:support").content.decode()


def test_what_a_buyer_writes_stays_text(walker):
    write(walker, text="<script>alert(1)</script>\nsecond line")
    text = walker.get("shop:ticket", Ticket.objects.get().code).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in text


def test_an_empty_support_room_says_what_will_stand_here(walker):
    assert "You have not written to us yet." in walker.get("shop:support").content.decode()


def test_the_list_asks_as_little_for_three_tickets_as_for_one(walker):
    write(walker, key="k1")
    with queries() as one:
        walker.get("shop:support")
    write(walker, key="k2")
    write(walker, key="k3")
    with queries() as three:
        page = walker.get("shop:support")
    assert len(one) == len(three) <= 6
    assert len(page.context["tickets"]) == 3
