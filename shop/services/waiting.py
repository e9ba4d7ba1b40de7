"""What happens to a ticket when nobody does anything: it becomes late and urgent, and in a demo is greeted."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from shop.models import Message, Order, Ticket, Voice
from shop.promises import by_when
from shop.services.transactions import one_by_one

GREETED_AFTER = timedelta(seconds=20)
STORES_HAVE = timedelta(hours=48)  # after half of it their buyers may call the shop in themselves
KEY = "automatic"  # a ticket is greeted once


def escalate_late() -> int:
    """Make urgent what is late: at once what waits for the shop, and what waits for a store after two days."""
    now = timezone.now()
    due = Ticket.objects.late().filter(Q(store=None) | Q(waiting_since__lt=now - STORES_HAVE), escalated_at=None)
    return due.update(escalated_at=now, version=F("version") + 1)


def greet_new() -> int:
    """The demo's first words, marked as automatic. They are no answer: the ticket waits on for a person."""
    if not settings.AUTOMATIC_ANSWERS:
        return 0
    lately = timezone.now() - timedelta(hours=1)
    new = Ticket.objects.waiting().filter(
        first_answer_at=None, opened_at__range=(lately, timezone.now() - GREETED_AFTER)
    )
    return one_by_one(new.exclude(messages__key=KEY).select_related("order", "store", "product"), greet)


def greet(ticket: Ticket) -> bool:
    """Once, however often it is asked for."""
    ticket.lock()
    _, new = Message.objects.get_or_create(
        ticket=ticket, key=KEY, defaults={"voice": Voice.AUTOMATIC, "text": "\n\n".join(_greeting(ticket))}
    )
    if new:
        ticket.change()
    return new


def _greeting(ticket: Ticket) -> Iterable[str]:
    yield f"Hi! This is the automatic reply of {ticket.with_whom}: your message is here."
    if order := ticket.order:
        yield f"Your order {order.code}: {order.get_status_display().lower()}.{_arrival(order)}"
    yield f"A person reads it and answers {by_when(ticket.answer_due)}."


def _arrival(order: Order) -> str:
    if order.status not in (order.Status.PLACED, order.Status.SHIPPED):
        return ""
    return f" It should be with you between {order.arrives_from:%b %-d} and {order.arrives_to:%b %-d}."
