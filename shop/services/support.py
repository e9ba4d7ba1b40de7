"""Verbs of support: open a ticket, write in it, answer it, resolve it. A form sent twice is one ticket, one message."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from shop.errors import TooManyTickets
from shop.models import Message, Order, Ticket
from shop.models.codes import new_code

TICKETS_AN_HOUR = 10
Status = Ticket.Status


def open_ticket(buyer: str, participant: int, key: str, topic: str, order: Order | None, text: str) -> Ticket:
    """Raises TooManyTickets for the eleventh within an hour. Wants to be in a transaction."""
    if earlier := Ticket.objects.filter(buyer=buyer, key=key).first():
        return earlier
    if Ticket.objects.of(buyer).filter(opened_at__gt=timezone.now() - timedelta(hours=1)).count() >= TICKETS_AN_HOUR:
        raise TooManyTickets
    ticket, new = Ticket.objects.get_or_create(
        buyer=buyer, key=key, defaults={"participant": participant, "topic": topic, "order": order}
    )
    if new:
        ticket.messages.create(key=key, text=text)
    return ticket


def reply(ticket: Ticket, key: str, text: str) -> bool:
    """The buyer writes: the shop has to answer, also when the ticket was resolved. False when it was said before."""
    _, new = ticket.messages.get_or_create(key=key, defaults={"text": text})
    if new:
        ticket.become(Status.OPEN)
    return new


def answer(ticket: Ticket, author: AbstractBaseUser, text: str) -> Message:
    message = ticket.messages.create(key=new_code(), author=author, text=text)
    ticket.become(Status.ANSWERED)
    return message


def resolve(ticket: Ticket) -> None:
    ticket.become(Status.RESOLVED)
