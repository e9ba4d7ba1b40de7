"""Orders in the admin: moved along and paid back by buttons, never edited."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import action, display

from journey.steps import Step
from shop.admin.buttons import ButtonsAdmin
from shop.admin.widgets import Dollars
from shop.forms import form_key
from shop.models import Order
from shop.services.orders import cancel_order, goodwill, tell_refund
from shop.services.tracking import carry
from shop.templatetags.shop import money

Status = Order.Status
COLOURS = {"Being packed": "warning", "On its way": "info", "Delivered": "success", "Cancelled": "danger"}


class RefundForm(forms.ModelForm):
    refund = Dollars(
        label="Pay back",
        required=False,
        help_text="Out of goodwill, without a return: an amount in dollars, at most what is not paid back yet.",
    )
    key = forms.CharField(initial=form_key, max_length=32, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Order
        fields = []


@admin.register(Order)
class OrderAdmin(ButtonsAdmin):
    form = RefundForm
    list_display = ["code", "stands", "total", "pieces", "full_name", "placed_at", "due_at", "paid_back"]
    list_filter = ["status", "payment", "delivery"]
    search_fields = ["code", "full_name", "lines__title", "lines__sku_code"]
    date_hierarchy = "placed_at"
    actions = ["ship", "deliver", "cancel"]
    actions_submit_line = ["ship_it", "deliver_it", "cancel_it", "pay_back"]
    change_form_before_template = "admin/shop/order/story.html"

    class Media:
        css = {"all": ["shop/admin/orders.css"]}

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).for_page()

    def has_move_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("shop.change_order")

    def next_of(self, order: Order) -> set[str]:
        buttons = {Status.SHIPPED: "ship_it", Status.DELIVERED: "deliver_it", Status.CANCELLED: "cancel_it"}
        return {buttons[to] for to in Order.MOVES[order.status]} | ({"pay_back"} if order.left_cents else set())

    @display(description="Status", ordering="status", label=COLOURS)
    def stands(self, order: Order) -> str:
        return order.get_status_display()

    @display(description="Total", ordering="total_cents")
    def total(self, order: Order) -> str:
        return money(order.total_cents)

    @display(description="Paid back", ordering="refunded_cents")
    def paid_back(self, order: Order) -> str:
        return money(order.refunded_cents) if order.refunded_cents else "–"

    @display(description="Pieces")
    def pieces(self, order: Order) -> int:
        return order.count

    def get_fields(self, request: HttpRequest, order: Order | None = None) -> list[str]:
        return ["refund", "key"] if order and order.left_cents else []

    @admin.action(description="Hand to the carrier", permissions=["move"])
    def ship(self, request: HttpRequest, orders) -> None:
        self.each(request, orders, lambda order: carry(order, Status.SHIPPED), "handed to the carrier")

    @admin.action(description="Mark as delivered", permissions=["move"])
    def deliver(self, request: HttpRequest, orders) -> None:
        self.each(request, orders, lambda order: carry(order, Status.DELIVERED), "marked as delivered")

    @admin.action(description="Cancel, and give stock and money back", permissions=["move"])
    def cancel(self, request: HttpRequest, orders) -> None:
        def cancelled(order: Order) -> None:
            commit, who = request.journey.commit, {"participant": order.participant}
            cents = cancel_order(order)
            commit(Step.CANCEL, fact=order.code, order=order.code, value=order.total_cents, **who)
            tell_refund(commit, order, order.code, cents, **who)

        self.each(request, orders, cancelled, "cancelled")

    @action(description="Hand to the carrier")
    def ship_it(self, request: HttpRequest, order: Order) -> None:
        self.ship(request, [order])

    @action(description="Mark as delivered")
    def deliver_it(self, request: HttpRequest, order: Order) -> None:
        self.deliver(request, [order])

    @action(description="Cancel the order")
    def cancel_it(self, request: HttpRequest, order: Order) -> None:
        self.cancel(request, [order])

    @action(description="Pay back this amount")
    def pay_back(self, request: HttpRequest, order: Order) -> None:
        form = RefundForm(request.POST, instance=order)
        if not form.is_valid() or not form.cleaned_data["refund"] or not form.cleaned_data["key"]:
            self.message_user(request, "Say how much, and press again: nothing was paid back.", "warning")
            return
        commit, key, cents = request.journey.commit, form.cleaned_data["key"], form.cleaned_data["refund"]
        self.each(request, [order], lambda order: goodwill(commit, order, key, cents), f"got {money(cents)} back")
