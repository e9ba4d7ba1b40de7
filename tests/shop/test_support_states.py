"""Where a ticket stands: the sentence for each state, the rating at its end, and what happens when nobody answers."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone as now

from journey.steps import Step
from shop.models import Ticket
from shop.promises import by_when, day_of, promise
from shop.services.support import answer, assign, escalate
from shop.services.waiting import escalate_late, greet_new
from tests.factories import CreatorFactory, SkuFactory
from tests.shop.buying import bought, said
from tests.shop.writing import ago, conversation, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(django_user_model):
    return django_user_model.objects.create_user("seller", is_staff=True)


@pytest.fixture
def store():
    return CreatorFactory(slug="mira", store_name="Mira Glows")


def chat(walker, store) -> Ticket:
    walker.post("shop:chat", store.slug, key="c", text="Hello?")
    return Ticket.objects.latest("pk")


def waits(ticket: Ticket, **time: int) -> Ticket:
    Ticket.objects.filter(pk=ticket.pk).update(waiting_since=ago(**time))
    ticket.refresh_from_db()
    return ticket


def test_a_new_ticket_is_promised_an_answer_within_a_day(walker):
    ticket = opened(walker)
    assert promise(ticket) == f"We answer {by_when(ticket.answer_due)}."
    assert promise(ticket) in said(walker.get("shop:ticket", ticket.code))
    assert promise(ticket) in said(walker.get("shop:support"))


def test_each_state_has_its_sentence(walker, seller):
    ticket = opened(walker)
    answer(ticket, seller, "It is on its way.")
    assert promise(ticket) == "We have answered. Is it solved?"
    walker.post("shop:resolve", ticket.code)
    ticket.refresh_from_db()
    assert promise(ticket) == "Solved. Write again if it is not."
    walker.post("shop:reply", ticket.code, key="r", text="It is not.")
    ticket.refresh_from_db()
    assert promise(ticket) == f"Opened again. We answer {by_when(ticket.answer_due)}."
    assert promise(waits(ticket, hours=25)) == "Opened again. We are late with this one. It is first in line now."


def test_each_state_of_a_chat_with_a_store_has_its_sentence(walker, seller, store):
    ticket = chat(walker, store)
    assert promise(ticket) == f"Mira Glows answers {by_when(ticket.answer_due)}."
    assert promise(waits(ticket, hours=25)) == "Mira Glows has not answered within a day."
    escalate(ticket)
    assert promise(ticket) == f"Scrollshop has stepped in. We answer {by_when(ticket.answer_due)}."
    answer(ticket, seller, "Yes?")
    assert promise(ticket) == "Mira Glows has answered. Is it solved?"


def test_days_near_by_are_called_by_name(monkeypatch):
    monkeypatch.setattr(now, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    days = [datetime(2026, 11, day, 14, tzinfo=UTC) for day in (23, 24, 25, 26)]
    assert [day_of(day) for day in days] == ["yesterday", "today", "tomorrow", "Thu, Nov 26"]
    assert by_when(days[2]) == "by tomorrow 14:00"


def test_a_new_ticket_is_open_once_it_is_somebodys(walker, seller):
    ticket = opened(walker)
    assign(ticket, seller)
    assert (ticket.status, ticket.assigned_to, ticket.waiting_since is not None) == ("open", seller, True)


def test_a_rating_is_asked_for_once_it_is_solved_and_can_change_once(walker):
    ticket = opened(walker)
    rate(walker, ticket, 1)
    assert rating() == (None, "", 0)
    walker.post("shop:resolve", ticket.code)
    assert "How was it, with Scrollshop Support?" in said(walker.get("shop:ticket", ticket.code))
    rate(walker, ticket, 2, "Slow.")
    assert "You were <b>unhappy</b>." in said(walker.get("shop:ticket", ticket.code))
    rate(walker, ticket, 5, "Sorted after all.")
    rate(walker, ticket, 1, "No!")
    assert rating() == (5, "Sorted after all.", 2)
    assert "Change your rating" not in said(walker.get("shop:ticket", ticket.code))
    told = [event.props for event in walker.events if event.step == Step.SUPPORT_REPLY.letter]
    assert told == [{"ticket": ticket.code, "kind": "csat", "stars": stars} for stars in (2, 5)]


def rate(walker, ticket, stars, words=""):
    return walker.post("shop:rate", ticket.code, stars=stars, words=words)


def rating() -> tuple:
    return Ticket.objects.values_list("csat", "csat_text", "rated").get()


@pytest.mark.parametrize("stars", ["", "0", "6", "five"])
def test_a_rating_is_from_one_to_five(walker, stars):
    ticket = opened(walker)
    walker.post("shop:resolve", ticket.code)
    rate(walker, ticket, stars)
    assert rating() == (None, "", 0)
    assert "Please choose from 1 to 5." in said(walker.get("shop:ticket", ticket.code))


def test_what_is_solved_again_can_be_rated_again(walker):
    ticket = opened(walker)
    walker.post("shop:resolve", ticket.code)
    rate(walker, ticket, 2)
    rate(walker, ticket, 3)
    walker.post("shop:reply", ticket.code, key="r", text="Not solved.")
    walker.post("shop:resolve", ticket.code)
    rate(walker, ticket, 1)
    assert rating() == (1, "", 1)


def test_a_late_ticket_becomes_urgent_by_itself_and_once(walker):
    late, fresh = waits(opened(walker, key="a"), hours=25), opened(walker, key="b")
    assert (escalate_late(), escalate_late()) == (1, 0)
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert (late.escalated_at is not None, fresh.escalated_at) == (True, None)
    assert "We are late with this one." in said(walker.get("shop:support"))


def test_a_store_has_two_days_before_the_shop_steps_in_unasked(walker, store):
    ticket = waits(chat(walker, store), hours=25)
    assert escalate_late() == 0
    waits(ticket, hours=49)
    assert escalate_late() == 1


def test_a_buyer_calls_the_shop_in_when_a_store_is_silent_for_a_day(walker, store):
    ticket = chat(walker, store)
    walker.post("shop:call-in", ticket.code)
    assert (Ticket.objects.get().escalated_at, conversation()) == (None, [("buyer", "Hello?")])
    assert "Ask Scrollshop to step in" not in said(walker.get("shop:ticket", ticket.code))
    waits(ticket, hours=25)
    assert "Ask Scrollshop to step in" in said(walker.get("shop:ticket", ticket.code))
    for _ in range(2):
        walker.post("shop:call-in", ticket.code)
    ticket.refresh_from_db()
    assert (ticket.escalated_at is not None, ticket.is_late) == (True, False)
    assert conversation()[1:] == [("system", "You asked Scrollshop to step in.")]
    assert "Scrollshop has stepped in." in said(walker.get("shop:ticket", ticket.code))
    assert walker.events[-2].props == {"ticket": ticket.code, "kind": "escalate"}


@pytest.mark.parametrize("hours", [1, 25, 49])
@pytest.mark.parametrize("escalated", [None, 1, 25])
@pytest.mark.parametrize("with_store", [True, False])
def test_the_query_and_the_row_agree_on_who_is_late(walker, store, hours, escalated, with_store):
    ticket = waits(opened(walker), hours=hours)
    Ticket.objects.update(store=store if with_store else None, escalated_at=escalated and ago(hours=escalated))
    ticket.refresh_from_db()
    assert ticket.is_late == Ticket.objects.late().exists()


def test_a_demo_greets_who_writes_once_and_a_person_is_still_awaited(walker, settings):
    settings.AUTOMATIC_ANSWERS = True
    order = bought(walker, SkuFactory())
    ticket = opened(walker, order=order.code)
    assert greet_new() == 0
    Ticket.objects.update(opened_at=ago(seconds=21))
    assert (greet_new(), greet_new()) == (1, 0)
    voice, text = conversation()[1]
    assert (voice, order.code in text) == ("automatic", True)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.first_answer_at, ticket.waiting_since is not None) == ("new", None, True)
    assert "Automatic reply" in said(walker.get("shop:ticket", ticket.code))


def test_a_shop_with_real_buyers_greets_nobody(walker, settings):
    settings.AUTOMATIC_ANSWERS = False
    opened(walker)
    Ticket.objects.update(opened_at=ago(seconds=21))
    assert (greet_new(), len(conversation())) == (0, 1)


def test_a_page_asks_for_news_and_is_told_only_news(walker, seller):
    ticket = opened(walker)
    page = walker.get("shop:ticket", ticket.code)
    version = page.context["ticket"].version
    assert walker.get("shop:live", ticket.code, version=version).status_code == 204
    answer(ticket, seller, "It is on its way.")
    news = walker.get("shop:live", ticket.code, version=version)
    assert (news.status_code, "It is on its way." in said(news)) == (200, True)
    assert "We have answered." in said(news)
    assert walker.get("shop:live", ticket.code, version=version + 1).status_code == 204
    assert walker.get("shop:live", ticket.code, version="\0").status_code == 200
    assert walker.steps == [Step.SUPPORT_OPEN, Step.VIEW_SUPPORT]


def test_a_buyer_sees_that_it_was_seen(walker):
    ticket = opened(walker)
    assert "Seen" not in said(walker.get("shop:ticket", ticket.code))
    assert ticket.saw("shop", ticket.messages.get().pk)
    assert "Seen" in said(walker.get("shop:ticket", ticket.code))
    walker.post("shop:reply", ticket.code, key="r", text="And?")
    assert "Seen" not in said(walker.get("shop:ticket", ticket.code))


def test_an_answer_leaves_a_mark_on_every_page_until_it_is_read(walker, seller):
    ticket = opened(walker)
    pages = ["shop:feed", "shop:shop", "shop:orders", "shop:cart"]

    def marked() -> list[bool]:
        return ["new answer" in said(walker.get(page)) for page in pages]

    assert marked() == [False] * 4
    answer(ticket, seller, "It is on its way.")
    assert marked() == [True] * 4
    walker.get("shop:ticket", ticket.code)
    assert marked() == [False] * 4
