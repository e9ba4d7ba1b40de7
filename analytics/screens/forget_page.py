"""Forgetting participants in the admin: first it is said what goes and what stays, then it goes."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from analytics.forwarding.models import Outgoing
from journey import privacy
from journey.models import Participant
from journey.models.participant import code_of
from journey.privacy import Person
from journey.remembered import days

MOST = 100  # at once: each is looked for in every table


def forget_page(request: HttpRequest, numbers: list[int]) -> HttpResponse | None:
    """The question, or nothing once it is done: the caller goes back to the list."""
    if len(numbers) > MOST:
        messages.error(request, f"Choose {MOST} participants at most: each is looked for everywhere.")
        return None
    if request.POST.get("sure") == "yes":
        _forget(request, numbers)
        return None
    return render(request, "admin/analytics/forget.html", admin.site.each_context(request) | _question(numbers))


def _forget(request: HttpRequest, numbers: list[int]) -> None:
    for number in numbers:
        privacy.forget(Person(frozenset({number})))
        _note(request)
    one = len(numbers) == 1
    messages.success(request, f"{'One participant is' if one else f'{len(numbers)} participants are'} forgotten.")


def _note(request: HttpRequest) -> None:
    """That somebody of the staff has forgotten somebody, and when; not whom."""
    kind = ContentType.objects.get_for_model(Participant)
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=kind,
        object_id="",
        object_repr="forgotten",
        action_flag=DELETION,
    )


def _question(numbers: list[int]) -> dict[str, Any]:
    person = privacy.recognised(Person(frozenset(numbers)))
    sent = Outgoing.objects.filter(participant__in=person.participants).exclude(sent_at=None)
    labels = dict(Participant.objects.filter(pk__in=numbers).values_list("pk", "label"))
    return {
        "title": "Forget a participant" if len(numbers) == 1 else f"Forget {len(numbers)} participants",
        "chosen": [(number, code_of(number), labels.get(number, "")) for number in numbers],
        "others": len(person.participants - {*numbers}),
        "goes": [kept for kept in privacy.kept_about(person) if kept.count],
        "told_to": sorted(set(sent.values_list("destination", flat=True))),
        "marked": days(settings.RETENTION_PARTICIPANT_DAYS),
    }
