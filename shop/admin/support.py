"""The inbox: who is due first stands first. A ticket's page: the thread, what it is about, a box for the answer."""

from django.contrib import admin, messages
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import display

from journey.steps import Step
from shop.admin.answering import AnswerForm
from shop.admin.clocks import in_words
from shop.admin.inbox import QueueFilter, clock, numbers
from shop.admin.readonly import ReadOnly
from shop.models import Message, Order, Ticket
from shop.services import support as verbs
from shop.services.canned import name_of
from shop.services.transactions import in_one_transaction

MORE = 5  # orders and tickets of the same buyer


@admin.register(Ticket)
class TicketAdmin(ReadOnly, ModelAdmin):
    form = AnswerForm
    change_form_template = "admin/shop/ticket/change_form.html"
    list_before_template = "admin/shop/ticket/numbers.html"
    list_display = ["person", "subject", "with_store", "about_order", "last_words", "due", "assigned_to"]
    list_filter = [QueueFilter, "topic", ("store", admin.RelatedOnlyFieldListFilter), "status"]
    list_select_related = ["order", "line", "product", "store", "assigned_to"]
    search_fields = ["code", "order__code", "order__full_name", "messages__text"]
    ordering = [F("waiting_since").asc(nulls_last=True), "-changed_at"]
    actions = ["assign_to_me", "resolve_tickets"]

    class Media:
        css = {"all": ["shop/admin/support.css"]}
        js = ["shop/admin/support.js"]

    def get_queryset(self, request: HttpRequest):
        last_order = Order.objects.filter(buyer=OuterRef("buyer")).order_by("-placed_at").values("full_name")[:1]
        name = Coalesce("order__full_name", Subquery(last_order), Value("Guest"))
        return super().get_queryset(request).with_last_message().annotate(name=name)

    @display(description="Person", ordering="name", header=True)
    def person(self, ticket: Ticket) -> list[str]:
        return [ticket.name, ticket.code]

    @display(description="Subject", ordering="topic", header=True)
    def subject(self, ticket: Ticket) -> list[str]:
        thing = ticket.line or ticket.product
        return [ticket.get_topic_display(), thing.title if thing else ""]

    @display(description="Store", ordering="store")
    def with_store(self, ticket: Ticket) -> str:
        return ticket.store.store_name if ticket.store else "Scrollshop"

    @display(description="Order", ordering="order__code")
    def about_order(self, ticket: Ticket) -> str:
        return ticket.order.code if ticket.order else "–"

    @display(description="Last message", header=True)
    def last_words(self, ticket: Ticket) -> list[str]:
        who = "Buyer" if ticket.last_voice == "buyer" else "Us" if ticket.last_voice == "shop" else "Automatic"
        return [Truncator(ticket.last_text or "A file").chars(60), f"{who}, {ticket.last_at:%b %-d, %H:%M}"]

    @display(
        description="Clock",
        ordering=F("waiting_since").asc(nulls_last=True),
        label={"fine": "success", "soon": "warning", "late": "danger", "none": "default"},
    )
    def due(self, ticket: Ticket) -> tuple[str, str]:
        return clock(ticket)

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"inbox": numbers(request)})

    def change_view(self, request: HttpRequest, object_id: str, form_url="", extra_context=None) -> HttpResponse:
        ticket = get_object_or_404(Ticket.objects.for_page(), pk=object_id) if object_id.isdecimal() else None
        if ticket:
            extra_context = (extra_context or {}) | self._page(ticket)
        answer = super().change_view(request, object_id, form_url, extra_context)
        if ticket and answer.status_code == 200 and self.has_change_permission(request, ticket):
            ticket.saw("shop", extra_context["seen"])
        return answer

    def _page(self, ticket: Ticket) -> dict:
        said = list(Message.objects.filter(ticket=ticket).select_related("author").prefetch_related("attachments"))
        others = Ticket.objects.filter(buyer=ticket.buyer).exclude(pk=ticket.pk).order_by("-changed_at")
        return {
            "ticket": ticket,
            "said": said,
            "seen": said[-1].pk,
            "clock": clock(ticket),
            "person": name_of(ticket.buyer) or "Guest",
            "orders": Order.objects.of(ticket.buyer).for_list()[:MORE],
            "others": others[:MORE],
            "first_answer": ticket.first_answer_at and in_words(ticket.first_answer_at - ticket.opened_at),
        }

    def save_model(self, request: HttpRequest, ticket: Ticket, form: AnswerForm, change: bool) -> None:
        in_one_transaction(lambda: self._act(request, ticket, form))

    def _act(self, request: HttpRequest, ticket: Ticket, form: AnswerForm) -> None:
        text, key, seen = (form.cleaned_data[name] for name in ("answer", "once", "seen"))
        if form.button == "_note":
            verbs.note(ticket, request.user, text, key)
        elif form.button == "_assign":
            verbs.assign(ticket, request.user)
        elif form.button == "_escalate":
            verbs.escalate(ticket)
        elif text:
            verbs.answer(ticket, request.user, text, key, seen)
        if form.button == "_resolve":
            self._resolve(request, ticket, seen)

    def response_change(self, request: HttpRequest, ticket: Ticket) -> HttpResponse:
        """After an answer the inbox, after anything else the ticket."""
        done = {"_note": "Note kept.", "_assign": "It is yours.", "_escalate": "It is urgent now."}
        here = next((sentence for button, sentence in done.items() if button in request.POST), "")
        self.message_user(request, here or _sent(ticket), messages.SUCCESS)
        name, args = ("change", [ticket.pk]) if here else ("changelist", [])
        return HttpResponseRedirect(reverse(f"admin:shop_ticket_{name}", args=args))

    @admin.action(description="Assign to me", permissions=["change"])
    def assign_to_me(self, request: HttpRequest, tickets) -> None:
        for ticket in tickets:
            in_one_transaction(lambda ticket=ticket: verbs.assign(ticket, request.user))
        self.message_user(request, "They are yours now.", messages.SUCCESS)

    @admin.action(description="Mark as solved", permissions=["change"])
    def resolve_tickets(self, request: HttpRequest, tickets) -> None:
        for ticket in tickets:
            in_one_transaction(lambda ticket=ticket: self._resolve(request, ticket))
        self.message_user(request, "Marked as solved.", messages.SUCCESS)

    def _resolve(self, request: HttpRequest, ticket: Ticket, seen: int | None = None) -> None:
        if verbs.resolve(ticket, seen):
            request.journey.commit(
                Step.SUPPORT_RESOLVED,
                fact=ticket.code,
                participant=ticket.participant,
                ticket=ticket.code,
                seconds=ticket.answered_after,
            )


def _sent(ticket: Ticket) -> str:
    if ticket.waiting_since:
        return "Sent. The buyer wrote meanwhile: the ticket still waits for an answer."
    return "Sent, and marked as solved." if ticket.is_resolved else "Sent."
