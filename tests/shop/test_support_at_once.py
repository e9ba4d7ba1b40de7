"""Two write in one ticket at once: nothing that was said is lost, and who waits goes on waiting."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from shop.models import Message, Ticket
from shop.services import support as verbs
from shop.services.transactions import in_one_transaction
from tests.shop.writing import conversation, opened


@pytest.fixture
def seller(django_user_model):
    return django_user_model.objects.create_user("seller", is_staff=True)


def twice(ticket: Ticket) -> list[Ticket]:
    """The same ticket as two people have it before them."""
    return [Ticket.objects.get(pk=ticket.pk) for _ in range(2)]


@pytest.mark.django_db
def test_an_answer_to_what_stood_there_leaves_who_wrote_meanwhile_waiting(walker, seller):
    before, now = twice(opened(walker))
    seen = before.messages.get().pk
    verbs.reply(now, "r", "And it is broken.")
    verbs.answer(before, seller, "It is on its way.", seen=seen)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.waiting_since is not None) == ("new", True)
    assert [text for _, text in conversation()] == ["Where is it?", "And it is broken.", "It is on its way."]


@pytest.mark.django_db
def test_a_ticket_is_not_solved_over_what_was_written_meanwhile(walker):
    before, now = twice(opened(walker))
    seen = before.messages.get().pk
    verbs.reply(now, "r", "And it is broken.")
    assert verbs.resolve(before, seen) is False
    assert Ticket.objects.get().status == "new"


@pytest.mark.django_db
def test_what_is_written_to_a_ticket_solved_meanwhile_opens_it_again(walker):
    one, other = twice(opened(walker))
    assert verbs.resolve(one) is True
    verbs.reply(other, "r", "No, it is not.")
    assert (Ticket.objects.get().status, Ticket.objects.get().reopened) == ("reopened", 1)


@pytest.mark.django_db
def test_two_of_staff_answer_and_both_are_read(walker, django_user_model, seller):
    one, other = twice(opened(walker))
    colleague = django_user_model.objects.create_user("colleague")
    verbs.answer(one, seller, "It is on its way.")
    verbs.answer(other, colleague, "Tomorrow.")
    ticket = Ticket.objects.get()
    assert [voice for voice, _ in conversation()] == ["buyer", "shop", "shop"]
    assert (ticket.status, ticket.assigned_to, ticket.version) == ("answered", seller, 3)


@pytest.mark.django_db
def test_an_answer_sent_twice_is_said_once(walker, seller):
    one, other = twice(opened(walker))
    assert verbs.answer(one, seller, "Tomorrow.", key="a") == verbs.answer(other, seller, "Tomorrow.", key="a")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_twenty_write_at_once_and_every_change_is_counted(walker, seller):
    ticket = opened(walker)

    def one(number: int) -> None:
        with closing(connection):
            mine = Ticket.objects.get(pk=ticket.pk)
            if number % 2:
                in_one_transaction(lambda: verbs.reply(mine, f"r{number}", f"Buyer {number}"))
            else:
                in_one_transaction(lambda: verbs.answer(mine, seller, f"Shop {number}", f"a{number}"))

    with ThreadPoolExecutor(8) as people:
        list(people.map(one, range(20)))
    ticket.refresh_from_db()
    assert (Message.objects.count(), ticket.version) == (21, 21)
    last = Message.objects.latest("pk").voice
    assert ticket.status == ("open" if last == "buyer" else "answered")
