"""The inbox: who waits longest stands first; a ticket's page is the thread and a box for the answer."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget

from journey.steps import Step
from shop.admin.readonly import ReadOnly
from shop.models import Ticket
from shop.services.support import answer, resolve


class AnswerForm(forms.ModelForm):
    answer = forms.CharField(
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text="The buyer reads this in their support page. Leave it empty to change nothing.",
    )

    class Meta:
        model = Ticket
        fields = []


@admin.register(Ticket)
class TicketAdmin(ReadOnly, ModelAdmin):
    form = AnswerForm
    list_display = ["code", "topic", "last_words", "waiting", "status", "order", "opened_at"]
    list_filter = ["status", "topic"]
    list_select_related = ["order"]
    search_fields = ["code", "order__code", "messages__text"]
    date_hierarchy = "opened_at"
    ordering = [F("waiting_since").asc(nulls_last=True), "-changed_at"]
    fields = [("code", "topic", "status"), ("order", "waiting", "opened_at"), "thread", "answer"]
    readonly_fields = ["code", "topic", "status", "order", "waiting", "opened_at", "thread"]
    actions = ["resolve_tickets"]
    actions_submit_line = ["answer_and_resolve"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("messages__author")

    @admin.display(description="Last message")
    def last_words(self, ticket: Ticket) -> str:
        return ticket.last_message.text[:60]

    @admin.display(description="Waiting for us", ordering="waiting_since")
    def waiting(self, ticket: Ticket) -> str:
        if not ticket.waiting_since:
            return "no"
        waited = timezone.now() - ticket.waiting_since
        hours, minutes = divmod(waited // timedelta(minutes=1), 60)
        return f"{hours} h {minutes} min{', late' if ticket.is_late else ''}"

    @admin.display(description="Conversation")
    def thread(self, ticket: Ticket) -> str:
        return render_to_string("shop/support/admin_thread.html", {"ticket": ticket})

    @transaction.atomic
    def save_model(self, request, ticket: Ticket, form, change) -> None:
        if text := form.cleaned_data["answer"]:
            answer(ticket, request.user, text)
        super().save_model(request, ticket, form, change)  # which presses the button below, if it was pressed

    @action(description="Send and mark as solved")
    def answer_and_resolve(self, request, ticket: Ticket) -> None:
        self._resolve(request, ticket)

    @admin.action(description="Mark as solved", permissions=["change"])
    def resolve_tickets(self, request, tickets) -> None:
        for ticket in tickets:
            self._resolve(request, ticket)
        self.message_user(request, "Marked as solved.", messages.SUCCESS)

    @transaction.atomic
    def _resolve(self, request, ticket: Ticket) -> None:
        resolve(ticket)
        request.journey.commit(
            Step.SUPPORT_RESOLVED, fact=ticket.code, participant=ticket.participant, ticket=ticket.code
        )
