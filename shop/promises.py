"""What a ticket's buyer is told about it, in sentences."""

from datetime import datetime, timedelta

from django.utils import timezone

from shop.models import Ticket

Status = Ticket.Status
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def day_of(moment: datetime) -> str:
    """yesterday, today, tomorrow, or Thu, Nov 26"""
    ahead = (timezone.localdate(moment) - timezone.localdate()) // timedelta(days=1)
    return NEAR.get(ahead) or f"{timezone.localtime(moment):%a, %b %-d}"


def by_when(moment: datetime) -> str:
    """by tomorrow 14:00"""
    return f"by {day_of(moment)} {timezone.localtime(moment):%H:%M}"


def promise(ticket: Ticket) -> str:
    """Where a ticket stands, in one sentence or two."""
    if ticket.is_resolved:
        return "Solved. Write again if it is not."
    if ticket.status == Status.ANSWERED:
        return f"{_they(ticket)} answered. Is it solved?"
    if ticket.store and ticket.escalated_at:
        return f"Scrollshop has stepped in. {_late_or(ticket, 'We answer')}"
    again = "Opened again. " if ticket.status == Status.REOPENED else ""
    return again + _late_or(ticket, f"{ticket.store.store_name} answers" if ticket.store else "We answer")


def _they(ticket: Ticket) -> str:
    return f"{ticket.store.store_name} has" if ticket.store else "We have"


def _late_or(ticket: Ticket, who: str) -> str:
    if not ticket.is_late:
        return f"{who} {by_when(ticket.answer_due)}."
    if ticket.can_call_in:
        return f"{ticket.store.store_name} has not answered within a day."
    return "We are late with this one. It is first in line now."
