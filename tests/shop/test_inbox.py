"""The ticket inbox: who is due first, what stands on top, and what staff does with a ticket."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from journey.models import Event
from journey.steps import Step
from shop.admin.clocks import in_words
from shop.admin.inbox import clock, late_badge
from shop.models import CannedReply, Ticket
from shop.services.canned import filled
from shop.services.inbox import counts, first_answer_time, satisfaction
from shop.services.support import answer, assign, escalate, reply
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries, said
from tests.shop.writing import ago, conversation, opened

pytestmark = pytest.mark.django_db
INBOX = reverse("admin:shop_ticket_changelist")


def page_of(ticket: Ticket) -> str:
    return reverse("admin:shop_ticket_change", args=[ticket.pk])


def send(admin_client, ticket: Ticket, text="", button="_send", **more):
    """Press a button under a ticket as it stands now."""
    seen = ticket.messages.latest("pk").pk
    form = {"answer": text, "canned": "", "once": "once", "seen": seen, button: "1"} | more
    return admin_client.post(page_of(ticket), form)


def run(admin_client, name: str, *tickets: Ticket):
    return admin_client.post(INBOX, {"action": name, "_selected_action": [ticket.pk for ticket in tickets]})


def test_an_answer_reaches_the_buyer_and_ends_the_waiting(walker, admin_client, admin_user):
    ticket = opened(walker)
    assert "Where is it?" in said(admin_client.get(page_of(ticket)))
    assert send(admin_client, ticket, "It arrives tomorrow.").url == INBOX
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since, ticket.assigned_to) == ("answered", None, admin_user)
    assert "It arrives tomorrow." in said(walker.get("shop:ticket", ticket.code))


def test_answering_and_solving_at_once_is_a_fact_of_the_buyer(walker, admin_client):
    ticket = opened(walker)
    send(admin_client, ticket, "Sent again.", "_resolve")
    assert conversation() == [("buyer", "Where is it?"), ("shop", "Sent again."), ("system", "Marked as solved.")]
    event = Event.objects.get(step=Step.SUPPORT_RESOLVED.letter)
    assert (event.participant_id, event.props) == (
        walker.participant,
        {"ticket": ticket.code, "seconds": pytest.approx(0, abs=60)},
    )


@pytest.mark.parametrize("button", ["_send", "_note"])
def test_nothing_written_changes_nothing(walker, admin_client, button):
    ticket = opened(walker)
    assert "Write something first" in said(send(admin_client, ticket, "", button))
    assert (Ticket.objects.get().status, ticket.messages.count()) == ("new", 1)


def test_a_note_is_read_by_staff_and_by_nobody_else(walker, admin_client):
    ticket = opened(walker)
    assert send(admin_client, ticket, "Third time this month.", "_note").url == page_of(ticket)
    assert "Third time this month." in said(admin_client.get(page_of(ticket)))
    for page in (
        walker.get("shop:ticket", ticket.code),
        walker.get("shop:live", ticket.code),
        walker.get("shop:support"),
    ):
        assert "Third time" not in said(page)
    assert Ticket.objects.get().waiting_since is not None


def test_an_answer_to_a_thread_that_went_on_is_not_sent_and_not_lost(walker, admin_client):
    ticket = opened(walker)
    seen = ticket.messages.get().pk
    reply(ticket, "r", "Never mind, it is here!")
    page = said(send(admin_client, ticket, "We are looking for it.", seen=seen))
    assert "Somebody wrote meanwhile" in page
    assert "Never mind, it is here!" in page
    assert "We are looking for it." in page
    assert [voice for voice, _ in conversation()] == ["buyer", "buyer"]
    assert send(admin_client, ticket, "Good to hear.").status_code == 302


def test_an_answer_sent_twice_is_said_once(walker, admin_client):
    ticket = opened(walker)
    seen = ticket.messages.get().pk
    for _ in range(2):
        assert send(admin_client, ticket, "Tomorrow.", seen=seen).status_code == 302
    assert conversation()[1:] == [("shop", "Tomorrow.")]


def test_a_canned_reply_is_filled_in_and_sent_without_a_script_too(walker, admin_client):
    order = bought(walker, SkuFactory(product__title="Rose Serum"))
    ticket = opened(walker, order=order.code)
    canned = CannedReply.objects.create(title="On its way", text="Hi {name}, {product} of {order} comes. {0.pk}")
    text = f"Hi Ada, Rose Serum of {order.code} comes. {{0.pk}}"
    assert text in said(admin_client.get(page_of(ticket)))
    send(admin_client, ticket, canned=canned.pk)
    assert conversation()[1:] == [("shop", text)]


def test_a_canned_reply_says_something_to_who_bought_nothing_yet(walker):
    assert filled("Hi {name}, about {product}, {order}", opened(walker)) == "Hi there, about it, your order"


def test_the_inbox_lets_who_is_due_first_stand_first(walker, admin_client):
    first, second, third = (opened(walker, key=key) for key in "abc")
    Ticket.objects.filter(pk=third.pk).update(waiting_since=ago(hours=30))
    run(admin_client, "resolve_tickets", first)
    assert list(admin_client.get(INBOX).context["cl"].queryset) == [third, second, first]


def test_every_queue_holds_its_tickets(walker, admin_client, admin_user):
    mine, late, urgent, fresh = (opened(walker, key=key) for key in "abcd")
    assign(mine, admin_user)
    Ticket.objects.filter(pk=late.pk).update(waiting_since=ago(hours=25))
    escalate(urgent)
    run(admin_client, "resolve_tickets", fresh)
    queues = {
        "waiting": {mine, late, urgent},
        "late": {late},
        "escalated": {urgent},
        "mine": {mine},
        "unassigned": {late, urgent},
        "resolved": {fresh},
    }
    for queue, tickets in queues.items():
        assert set(admin_client.get(INBOX, {"queue": queue}).context["cl"].queryset) == tickets
    assert counts(admin_user) == {queue: len(tickets) for queue, tickets in queues.items()}


def test_several_become_mine_or_solved_at_once(walker, admin_client, admin_user):
    tickets = [opened(walker, key=key) for key in "ab"]
    run(admin_client, "assign_to_me", *tickets)
    assert set(Ticket.objects.values_list("assigned_to", "status")) == {(admin_user.pk, "open")}
    run(admin_client, "resolve_tickets", *tickets)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"resolved"}


@pytest.mark.parametrize(("button", "field"), [("_assign", "assigned_to"), ("_escalate", "escalated_at")])
def test_a_ticket_becomes_mine_or_urgent_without_a_word(walker, admin_client, button, field):
    ticket = opened(walker)
    assert send(admin_client, ticket, button=button).url == page_of(ticket)
    assert getattr(Ticket.objects.get(), field) is not None
    assert len(conversation()) == 1


def test_the_clock_says_in_words_what_its_colour_shows(walker, admin_user):
    ticket = opened(walker)
    seen = {}
    for hours in (1, 21, 27, 100):
        ticket.waiting_since = ago(hours=hours) - timedelta(seconds=30)
        seen[hours] = clock(ticket)
    assert seen == {
        1: ("fine", "22 h 59 min left"),
        21: ("soon", "2 h 59 min left"),
        27: ("late", "late by 3 h 0 min"),
        100: ("late", "late by 3 d 4 h"),
    }
    escalate(ticket)
    assert clock(ticket) == ("soon", "Urgent, 23 h 59 min left")
    answer(ticket, admin_user, "Yes?")
    assert clock(ticket) == ("none", "Waits for the buyer")
    assert in_words(timedelta(minutes=25)) == "25 min"


def test_the_sidebar_tells_of_late_tickets_and_only_of_those(walker, admin_client):
    opened(walker)
    assert late_badge(None) == ""
    assert "1 late" not in said(admin_client.get(INBOX))
    Ticket.objects.update(waiting_since=ago(hours=25))
    assert "1 late" in said(admin_client.get(INBOX))


def test_the_first_answer_is_measured_by_what_a_person_wrote_first(walker, admin_user):
    assert first_answer_time() is None
    for minutes in (10, 20, 60):
        ticket = opened(walker, key=str(minutes))
        now = timezone.now()
        Ticket.objects.filter(pk=ticket.pk).update(opened_at=now - timedelta(minutes=minutes), first_answer_at=now)
    answer(ticket, admin_user, "Again.")
    assert first_answer_time() == timedelta(minutes=20)


def test_satisfaction_has_an_interval_once_there_are_enough_ratings(walker):
    assert satisfaction() == (0, None, None, None)
    opened(walker)
    Ticket.objects.update(csat=4)
    assert satisfaction() == (1, 4.0, None, None)
    one = Ticket.objects.get()
    Ticket.objects.bulk_create(
        Ticket(buyer="b", key=str(n), participant=1, topic=one.topic, csat=n % 2 + 4) for n in range(9)
    )
    told = satisfaction()
    assert (told.n, round(told.mean, 2), round(told.low, 2), round(told.high, 2)) == (10, 4.4, 4.08, 4.72)


def test_a_ticket_asks_as_little_for_three_orders_and_tickets_as_for_one(walker, admin_client):
    def asked(ticket: Ticket) -> int:
        admin_client.get(page_of(ticket))
        with queries() as counted:
            assert admin_client.get(page_of(ticket)).status_code == 200
        return len(counted)

    ticket = opened(walker, order=bought(walker, SkuFactory()).code)
    opened(walker, key="other")
    one = asked(ticket)
    for key in "xy":
        opened(walker, key=key, order=bought(walker, SkuFactory()).code)
    assert asked(ticket) == one


def test_staff_without_the_right_to_change_reads_and_sends_nothing(walker, client, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    client.force_login(reader)
    ticket = opened(walker)
    assert "Where is it?" in said(client.get(page_of(ticket)))
    assert send(client, ticket, "Hello").status_code == 403
    assert len(conversation()) == 1
