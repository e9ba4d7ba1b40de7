"""Orders in the admin: moved along by actions, never edited."""

from django.contrib import admin, messages

from journey.steps import Step
from shop.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from shop.errors import ShopError
from shop.models import Order, OrderLine, OrderMove
from shop.services.orders import cancel_order
from shop.services.transactions import in_one_transaction
from shop.templatetags.shop import money

Status = Order.Status


class LineInline(ReadOnlyInline):
    model = OrderLine
    fields = ["title", "option", "sku_code", "store", "quantity", "price", "video"]

    @admin.display(description="Price each")
    def price(self, line: OrderLine) -> str:
        return money(line.unit_price_cents)


class MoveInline(ReadOnlyInline):
    model = OrderMove
    fields = ["before", "after", "at"]


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["code", "status", "total", "pieces", "full_name", "state", "payment", "placed_at"]
    list_filter = ["status", "payment", "delivery", "state"]
    search_fields = ["code", "full_name", "lines__title", "lines__sku_code"]
    date_hierarchy = "placed_at"
    inlines = [LineInline, MoveInline]
    actions = ["ship", "deliver", "cancel"]
    fields = [
        ("code", "status"),
        ("subtotal", "shipping"),
        ("total", "payment"),
        ("placed_at", "delivery"),
        ("arrives_from", "arrives_to"),
        "address",
        "participant",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("lines")

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return [name for row in self.fields for name in ([row] if isinstance(row, str) else row)]

    def has_move_permission(self, request) -> bool:
        return request.user.has_perm("shop.change_order")

    @admin.display(description="Address")
    def address(self, order: Order) -> str:
        parts = [order.full_name, order.street, order.unit, order.city, f"{order.state} {order.zip}"]
        return ", ".join(filter(None, parts))

    @admin.display(description="Total", ordering="total_cents")
    def total(self, order: Order) -> str:
        return money(order.total_cents)

    @admin.display(description="Items")
    def subtotal(self, order: Order) -> str:
        return money(order.subtotal_cents)

    @admin.display(description="Shipping")
    def shipping(self, order: Order) -> str:
        return money(order.shipping_cents)

    @admin.display(description="Pieces")
    def pieces(self, order: Order) -> int:
        return order.count

    @admin.action(description="Hand to the carrier", permissions=["move"])
    def ship(self, request, orders) -> None:
        self._each(request, orders, lambda order: order.move(Status.SHIPPED), "handed to the carrier")

    @admin.action(description="Mark as delivered", permissions=["move"])
    def deliver(self, request, orders) -> None:
        self._each(request, orders, lambda order: order.move(Status.DELIVERED), "marked as delivered")

    @admin.action(description="Cancel, and give the stock back", permissions=["move"])
    def cancel(self, request, orders) -> None:
        def cancelled(order: Order) -> None:
            cancel_order(order)
            request.journey.commit(
                Step.CANCEL, fact=order.code, participant=order.participant, order=order.code, value=order.total_cents
            )

        self._each(request, orders, cancelled, "cancelled")

    def _each(self, request, orders, act, done: str) -> None:
        """Every order by itself: one that has moved on does not hold up the others."""
        moved = 0
        for order in orders:
            try:
                in_one_transaction(lambda order=order: act(order))
                moved += 1
            except ShopError as error:
                self.message_user(request, error.sentence, messages.WARNING)
        if moved:
            self.message_user(request, f"{moved} order{'s' if moved > 1 else ''} {done}.", messages.SUCCESS)
