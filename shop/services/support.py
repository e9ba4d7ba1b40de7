"""Verbs of support. A form sent twice is one ticket, one message; each verb wants to be in a transaction.

Every verb locks the ticket first, so that nobody decides on what somebody else has just changed.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from shop.errors import TooManyMessages, TooManyTickets
from shop.models import Attachment, Message, Ticket, Voice
from shop.models.codes import new_code
from shop.services.limits import refuse_more

TICKETS_AN_HOUR = 5
MESSAGES_AN_HOUR = 30
HOUR = timedelta(hours=1)
Status = Ticket.Status


def open_ticket(
    buyer: str, participant: int, key: str, text: str, attachments: Sequence[Attachment] = (), **about: object
) -> Ticket:
    """`about` is the topic, and the order, line, store or product if there is one. Raises TooManyTickets."""
    if earlier := Ticket.objects.filter(buyer=buyer, key=key).first():
        return earlier
    refuse_more(TICKETS_AN_HOUR, HOUR, Ticket.objects.of(buyer), "opened_at", TooManyTickets)
    ticket, new = Ticket.objects.get_or_create(buyer=buyer, key=key, defaults={"participant": participant, **about})
    if new:
        _say(ticket, key, text, attachments)
    return ticket


def reply(ticket: Ticket, key: str, text: str, attachments: Sequence[Attachment] = ()) -> Message | None:
    """The buyer writes: now someone has to answer, also when it was resolved. None when it was said before."""
    ticket.lock()
    if ticket.messages.filter(key=key).exists():
        return None
    theirs = Message.objects.filter(ticket__buyer=ticket.buyer, voice=Voice.BUYER)
    refuse_more(MESSAGES_AN_HOUR, HOUR, theirs, "at", TooManyMessages)
    message = _say(ticket, key, text, attachments)
    ticket.change(waiting_since=ticket.waiting_since or message.at, **_waking(ticket))
    return message


def _waking(ticket: Ticket) -> dict[str, object]:
    if ticket.is_resolved:
        return {"status": Status.REOPENED, "reopened": ticket.reopened + 1, "rated": 0}
    return {"status": Status.OPEN} if ticket.status == Status.ANSWERED else {}


def answer(ticket: Ticket, author: AbstractBaseUser, text: str, key: str = "", seen: int | None = None) -> Message:
    """Staff writes. The buyer still waits if they have written something after `seen`, the last message staff saw."""
    ticket.lock()
    if key and (earlier := ticket.messages.filter(key=key).first()):
        return earlier
    still_waits = ticket.waiting_since and not _has_read(ticket, seen)
    message = _say(ticket, key or new_code(), text, voice=Voice.SHOP, author=author)
    told = {} if still_waits or ticket.is_resolved else {"status": Status.ANSWERED, "waiting_since": None}
    ticket.change(
        first_answer_at=ticket.first_answer_at or message.at, assigned_to=ticket.assigned_to or author, **told
    )
    return message


def note(ticket: Ticket, author: AbstractBaseUser, text: str, key: str = "") -> Message:
    """For colleagues. The buyer neither reads it nor stops waiting."""
    ticket.lock()
    earlier = key and ticket.messages.filter(key=key).first()
    return earlier or _say(ticket, key or new_code(), text, voice=Voice.NOTE, author=author)


def resolve(ticket: Ticket, seen: int | None = None) -> bool:
    """False when it was resolved before, or when the buyer has written something after `seen`."""
    ticket.lock()
    if ticket.is_resolved or not _has_read(ticket, seen):
        return False
    _say(ticket, new_code(), "Marked as solved.", voice=Voice.SYSTEM)
    ticket.change(status=Status.RESOLVED, waiting_since=None, escalated_at=None)
    return True


def call_in(ticket: Ticket) -> bool:
    """The buyer asks the shop to step in for a store that does not answer. False when there is no reason to."""
    ticket.lock()
    if not ticket.can_call_in:
        return False
    _say(ticket, new_code(), "You asked Scrollshop to step in.", voice=Voice.SYSTEM)
    ticket.change(escalated_at=timezone.now())
    return True


def escalate(ticket: Ticket) -> bool:
    ticket.lock()
    if ticket.escalated_at or ticket.is_resolved:
        return False
    ticket.change(escalated_at=timezone.now())
    return True


def assign(ticket: Ticket, to: AbstractBaseUser | None) -> None:
    ticket.lock()
    ticket.change(assigned_to=to, status=Status.OPEN if to and ticket.status == Status.NEW else ticket.status)


def rate(ticket: Ticket, stars: int, words: str = "") -> bool:
    """False when it is not resolved, or was rated and changed already."""
    ticket.lock()
    if not ticket.can_rate:
        return False
    ticket.change(csat=stars, csat_text=words, rated=ticket.rated + 1)
    return True


def _has_read(ticket: Ticket, seen: int | None) -> bool:
    return seen is None or not ticket.messages.filter(voice=Voice.BUYER, pk__gt=seen).exists()


def _say(ticket: Ticket, key: str, text: str, attachments: Sequence[Attachment] = (), **how: object) -> Message:
    message = ticket.messages.create(key=key, text=text, **how)
    for attachment in attachments:
        attachment.message = message
        attachment.save()
    return message
