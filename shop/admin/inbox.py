"""The parts of the ticket inbox: its queues, its clock in words, its numbers, and the badge in the sidebar."""

from datetime import timedelta

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from shop.admin.clocks import in_words
from shop.models import Ticket
from shop.services.inbox import counts, first_answer_time, satisfaction

SOON = timedelta(hours=4)


class QueueFilter(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"
    QUEUES = {
        "waiting": "Waiting for us",
        "late": "Late",
        "escalated": "Escalated",
        "mine": "Mine",
        "unassigned": "Unassigned",
        "resolved": "Resolved",
    }

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return list(self.QUEUES.items())

    def queryset(self, request: HttpRequest, tickets):
        unsolved = tickets.exclude(status=Ticket.Status.RESOLVED)
        queues = {
            "waiting": tickets.waiting,
            "late": tickets.late,
            "escalated": lambda: tickets.filter(escalated_at__isnull=False),
            "mine": lambda: unsolved.filter(assigned_to=request.user),
            "unassigned": lambda: unsolved.filter(assigned_to=None),
            "resolved": lambda: tickets.filter(status=Ticket.Status.RESOLVED),
        }
        return queues[self.value()]() if self.value() in queues else tickets


def clock(ticket: Ticket) -> tuple[str, str]:
    """(how urgent, in words): colour never says it alone."""
    if not ticket.answer_due:
        return "none", "Solved" if ticket.is_resolved else "Waits for the buyer"
    left = ticket.answer_due - timezone.now()
    urgent = "Urgent, " if ticket.escalated_at else ""
    if left < timedelta(0):
        return "late", f"{urgent}late by {in_words(-left)}"
    return ("soon" if left < SOON or urgent else "fine"), f"{urgent}{in_words(left)} left"


def numbers(request: HttpRequest) -> dict:
    """What the template above the list draws."""
    queue = request.GET.get("queue", "")
    many = counts(request.user)
    first = first_answer_time()
    return {
        "queues": [(name, title, many[name], name == queue) for name, title in QueueFilter.QUEUES.items()],
        "first_answer": in_words(first) if first is not None else "",
        "satisfaction": satisfaction(),
    }


def late_badge(request: HttpRequest) -> str:
    """Beside the inbox in the sidebar; empty when nobody waits too long."""
    late = Ticket.objects.late().count()
    return f"{late} late" if late else ""
