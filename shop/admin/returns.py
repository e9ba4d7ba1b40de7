"""The inbox of returns: whose clock runs out first stands first; answered by buttons, with words where it is a no."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from shop.admin.buttons import ButtonsAdmin
from shop.admin.clocks import in_words
from shop.models import Return
from shop.services import returns as verbs
from shop.services.days import days
from shop.services.returns import ANSWER_DAYS, CHECK_DAYS
from shop.templatetags.shop import money

Status = Return.Status
OURS = {Status.ASKED: ANSWER_DAYS, Status.SENT: CHECK_DAYS}  # where the shop is the one to act, and for how many days
LATE, SOON, FINE, OVER = "danger", "warning", "success", "default"


class QueueFilter(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"
    QUEUES = {
        "ours": ("Waiting for us", [Status.ASKED, Status.SENT]),
        "buyer": ("Waiting for the buyer", [Status.ACCEPTED]),
        "done": ("Done", [Status.REFUNDED, Status.DECLINED, Status.WITHDRAWN]),
    }

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(name, title) for name, (title, _) in self.QUEUES.items()]

    def queryset(self, request: HttpRequest, returns):
        _, statuses = self.QUEUES.get(self.value() or "", ("", None))
        return returns.filter(status__in=statuses) if statuses else returns


class AnswerForm(forms.ModelForm):
    words = forms.CharField(
        label="Answer",
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="The buyer reads this when you decline. A no without a reason is not sent.",
    )

    class Meta:
        model = Return
        fields = []


@admin.register(Return)
class ReturnAdmin(ButtonsAdmin):
    form = AnswerForm
    list_display = ["code", "clock", "stands", "kind", "reason", "refund", "order", "asked_at"]
    list_filter = [QueueFilter, "status", "kind", "reason"]
    list_select_related = ["order"]
    search_fields = ["code", "order__code", "order__full_name", "text"]
    ordering = [F("due_at").asc(nulls_last=True), "-asked_at"]
    date_hierarchy = "asked_at"
    change_form_before_template = "admin/shop/return/story.html"
    actions_submit_line = ["accept", "decline", "received"]

    class Media:
        css = {"all": ["shop/admin/orders.css"]}

    def next_of(self, parent: Return) -> set[str]:
        return {Status.ASKED: {"accept", "decline"}, Status.SENT: {"received", "decline"}}.get(parent.status, set())

    @display(description="Clock", ordering="due_at", label={colour: colour for colour in (LATE, SOON, FINE, OVER)})
    def clock(self, parent: Return) -> tuple[str, str]:
        return clock(parent)

    @display(description="Status", ordering="status")
    def stands(self, parent: Return) -> str:
        return parent.get_status_display()

    @display(description="Refund", ordering="refund_cents")
    def refund(self, parent: Return) -> str:
        return money(parent.refund_cents)

    def get_fields(self, request: HttpRequest, parent: Return | None = None) -> list[str]:
        return ["words"] if parent and parent.status in OURS else []

    @action(description="Accept")
    def accept(self, request: HttpRequest, parent: Return) -> None:
        self.each(request, [parent], lambda parent: verbs.accept(parent, request.journey.commit), "accepted")

    @action(description="Decline with these words")
    def decline(self, request: HttpRequest, parent: Return) -> None:
        if words := request.POST.get("words", "").strip():
            self.each(request, [parent], lambda parent: verbs.decline(parent, words), "declined")
        else:
            self.message_user(request, "Say why, and press again: nothing was declined.", "warning")

    @action(description="It is back: refund")
    def received(self, request: HttpRequest, parent: Return) -> None:
        self.each(request, [parent], lambda parent: verbs.pay_back(parent, request.journey.commit), "refunded")


def clock(parent: Return) -> tuple[str, str]:
    """(colour, in words): colour never says it alone."""
    if not parent.due_at:
        return OVER, "Done"
    left = parent.due_at - timezone.now()
    if parent.status not in OURS:
        return OVER, f"Buyer: {in_words(left)}"
    colour = SOON if left < days(OURS[parent.status]) / 4 else FINE
    return (LATE, "Settles itself now") if left < timedelta(0) else (colour, f"{in_words(left)} left")
