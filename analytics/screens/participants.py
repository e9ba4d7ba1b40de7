"""Participants in the admin: who they are, how often they came, and what staff says of them."""

from datetime import UTC, datetime
from typing import Any

import segno
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import BigIntegerField, Count, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from unfold.admin import ModelAdmin
from unfold.decorators import action

from analytics.models import Journey
from analytics.screens.forget_page import MOST, forget_page
from journey import kinds, testers
from journey.models import Participant
from journey.models.participant import number_of
from journey.store import touch

Kind = Participant.Kind


class ByHand(admin.SimpleListFilter):
    title, parameter_name = "who decided the kind", "pinned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "staff, by hand"), ("0", "nobody")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Participant]) -> QuerySet[Participant]:
        return queryset.filter(pinned=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(Participant)
class ParticipantAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ("code", "label", "kind", "why", "first", "journeys", "last")
    list_filter = ("kind", ByHand, "study")
    list_per_page = 50
    ordering = ("-first_seen",)
    search_fields = ("label",)
    search_help_text = "A participant's code, or part of their label"
    show_full_result_count = False
    actions = ("as_visitor", "as_tester", "as_staff", "as_bot", "forget")
    fields = ("code", "label", "study", "counted", "first", "journeys", "last")
    readonly_fields = ("code", "study", "counted", "first", "journeys", "last")
    actions_list = ("invite",)
    actions_detail = ("forget_one",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participant]:
        walks = Journey.objects.filter(participant=OuterRef("pk")).order_by().values("participant")
        everyone: QuerySet[Participant] = super().get_queryset(request)
        return everyone.annotate(
            walks=Subquery(walks.annotate(n=Count("pk")).values("n")),
            stop=Subquery(walks.annotate(at=Max("stop")).values("at"), output_field=BigIntegerField()),
            judged=Subquery(walks.annotate(kind_=Max("kind")).values("kind_")),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Participant], search_term: str
    ) -> tuple[QuerySet[Participant], bool]:
        found, duplicates = super().get_search_results(request, queryset, search_term)
        try:
            number = number_of(search_term.strip())
        except ValueError:
            return found, duplicates
        return (found | queryset.filter(pk=number) if search_term and number < 2**63 else found), duplicates

    @action(description="Invite a tester", url_path="invite", permissions=["change"])  # type: ignore[untyped-decorator]
    def invite(self, request: HttpRequest) -> HttpResponse:
        """A link for one tester, as text and as a picture for a phone's camera. Nothing is kept until they come."""
        label, study = (request.GET.get(name, "").strip()[: testers.LABEL] for name in ("label", "study"))
        link = testers.link(request, label, study) if label else ""
        page = {
            "title": "Invite a tester",
            "label": label,
            "study": study,
            "link": link,
            "longest": testers.LABEL,
            "days": testers.GOOD_FOR // 86_400,
            # Drawn by us from our own link: nothing of it was written by anybody else.
            "picture": mark_safe(segno.make(link, micro=False).svg_inline(scale=5, border=4)) if link else "",  # noqa: S308
        }
        return render(request, "admin/analytics/invite.html", self.admin_site.each_context(request) | page)

    @admin.display(description="participant")
    def code(self, participant: Participant) -> str:
        return participant.code

    @admin.display(description="counted as")
    def why(self, participant: Any) -> str | None:
        """What staff has decided, or what their behaviour makes of a visitor."""
        if participant.pinned:
            return f"{participant.kind}, by hand"
        return f"{participant.judged}, by behaviour" if participant.judged not in (None, participant.kind) else None

    @admin.display(description="counted as")
    def counted(self, participant: Any) -> str:
        return self.why(participant) or participant.get_kind_display()

    @admin.display(description="first seen (UTC)", ordering="first_seen")
    def first(self, participant: Participant) -> str:
        return _moment(participant.first_seen)

    @admin.display(description="last seen (UTC)")
    def last(self, participant: Any) -> str:
        return _moment(participant.stop) if participant.stop else ""

    @admin.display(description="journeys")
    def journeys(self, participant: Any) -> str:
        if not participant.walks:
            return "0"
        address = f"{reverse('admin:analytics_journey_changelist')}?participant__exact={participant.pk}"
        look = "text-primary-600 dark:text-primary-500 underline"
        return format_html('<a class="{}" href="{}">{}</a>', look, address, participant.walks)

    @admin.action(description="Count as visitors", permissions=["change"])
    def as_visitor(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        self._pin(request, queryset, Kind.VISITOR)

    @admin.action(description="Count as testers", permissions=["change"])
    def as_tester(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        self._pin(request, queryset, Kind.TESTER)

    @admin.action(description="Count as staff", permissions=["change"])
    def as_staff(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        self._pin(request, queryset, Kind.STAFF)

    @admin.action(description="Count as bots", permissions=["change"])
    def as_bot(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        self._pin(request, queryset, Kind.BOT)

    def _pin(self, request: HttpRequest, queryset: QuerySet[Participant], kind: Participant.Kind) -> None:
        chosen = list(queryset.values_list("pk", flat=True))
        with transaction.atomic():
            pinned = kinds.pin(chosen, kind.value)
            touch(chosen)
        if pinned:
            sentence = (
                f"{pinned} counted as {kind.label} from now on, with all they did; reports follow within seconds."
            )
            self.message_user(request, sentence, messages.SUCCESS)
        if left := len(chosen) - pinned:
            self.message_user(request, f"{left} stay what they are: nobody real walked there.", messages.WARNING)

    @admin.action(description="Forget", permissions=["forget"])
    def forget(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        return forget_page(request, list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1]))

    @action(description="Forget", url_path="forget", permissions=["forget"])  # type: ignore[untyped-decorator]
    def forget_one(self, request: HttpRequest, object_id: str) -> HttpResponse:
        who = get_object_or_404(Participant, pk=object_id)
        return forget_page(request, [who.pk]) or redirect("admin:journey_participant_changelist")

    def has_forget_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("journey.delete_participant")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Participant | None = None) -> bool:
        return False


def _moment(at: int) -> str:
    moment = f"{datetime.fromtimestamp(at // 1_000_000, UTC):%Y-%m-%d %H:%M}"
    return format_html('<span class="whitespace-nowrap">{}</span>', moment)
