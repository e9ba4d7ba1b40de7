"""The first page of the admin: which panels it has, and those that need more than the counts."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from analytics.dashboard import readings
from analytics.dashboard.moment import Moment
from analytics.dashboard.panels import Panel, shown
from config.buffers import Buffers
from shop.models import Ticket

LATE = timedelta(seconds=30)
REPORTS, TICKETS, HEALTH = "analytics.view_journey", "shop.view_ticket", "journey.view_deadevent"


def tickets(moment: Moment) -> dict[str, Any]:
    """Who waits for an answer, and for whom it is too late."""
    waiting = Ticket.objects.waiting()
    oldest = waiting.order_by("waiting_since").values_list("waiting_since", flat=True).first()
    return {
        "late": Ticket.objects.late().count(),
        "waiting": waiting.count(),
        "oldest": timesince(oldest, moment.now, depth=1) if oldest else "",
        "url": reverse("admin:shop_ticket_changelist"),
    }


def instrument(moment: Moment) -> dict[str, Any]:
    """As analytics has it, with what only the whole house knows: how long events wait."""
    lag = timedelta(seconds=Buffers().lag)
    now = timezone.now()
    return readings.instrument(moment) | {"lag": timesince(now - lag, now, depth=1), "is_late": lag > LATE}


PANELS = (
    Panel("alerts", "Alerts", REPORTS, readings.alerts, is_wide=True),
    Panel("answer", "Where did today’s buyers stop?", REPORTS, readings.answer, is_wide=True),
    Panel("figures", "Today and a week ago", REPORTS, readings.figures, is_wide=True),
    Panel("leak", "What does it cost?", REPORTS, readings.leak),
    Panel("videos", "Why do popular videos not sell?", REPORTS, readings.videos),
    Panel("verdicts", "Which verdicts have changed?", REPORTS, readings.verdicts),
    Panel("experiments", "Running experiments", REPORTS, readings.experiments),
    Panel("tickets", "Who waits for an answer?", TICKETS, tickets),
    Panel("instrument", "Can the numbers be trusted?", HEALTH, instrument),
)


def with_panels(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What Unfold calls before it draws the index of the admin."""
    moment = Moment()
    is_new = request.user.has_perm(REPORTS) and moment.is_new
    page = {"moment": moment, "is_new": is_new, "is_demo": settings.DEMO, "title": "Dashboard"}
    return context | page | {"panels": [] if is_new else shown(PANELS, moment, request)}
