"""A parcel on its way: it takes its steps when they are due, and the log says where it was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from shop.models import Order, Tracking
from shop.services.days import days
from shop.services.transactions import one_by_one

BATCH = 200  # orders in one run: a task that is late catches up in the next ones
Status = Order.Status


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of a parcel: after how much of its way (in percent), what is said of it, and where it is seen."""

    percent: int
    text: str
    place: Callable[[Order], str]
    becomes: Status | None = None


def _store_town(order: Order) -> str:
    line = order.lines.select_related("sku__product__creator").first()
    return line.sku.product.creator.ships_from if line else ""


def _buyer_town(order: Order) -> str:
    return f"{order.city}, {order.state}"


LEGS = [
    Leg(15, "The store has made the label", _store_town),
    Leg(40, "Picked up by the carrier", _store_town, Status.SHIPPED),
    Leg(55, "At the sorting center", _store_town),
    Leg(75, "At the sorting center", _buyer_town),
    Leg(90, "Out for delivery", _buyer_town),
    Leg(100, "Delivered", _buyer_town, Status.DELIVERED),
]


def due_at(leg: int, placed_at: datetime, arrives_from: date) -> datetime | None:
    """When a parcel takes the leg of this number, so that it comes on its first day; None after the last one."""
    if leg >= len(LEGS):
        return None
    way = days(max(1, (arrives_from - timezone.localdate(placed_at)).days))
    return placed_at + way * LEGS[leg].percent / 100


def move_parcels() -> int:
    """Take every step that is due, an order a transaction; returns how many orders moved."""
    due = Order.objects.due().values_list("pk", flat=True)[:BATCH]
    return one_by_one(due, _catch_up)


def _catch_up(pk: int) -> bool:
    order, moved = Order.objects.get(pk=pk), False
    while order.due_at and order.due_at <= timezone.now() and _take(order):
        moved = True
    return moved


def _take(order: Order) -> bool:
    """One step, once: of two tasks that saw the same one due, the second finds it taken."""
    number, at = order.trackings.count(), order.due_at
    following = due_at(number + 1, order.placed_at, order.arrives_from)
    still = Order.objects.filter(pk=order.pk, status=order.status, due_at=at)
    if number >= len(LEGS) or not still.update(due_at=following):
        return False
    order.due_at = following
    _tell(order, LEGS[number], at)
    return True


def _tell(order: Order, leg: Leg, at: datetime) -> None:
    Tracking.objects.create(order=order, text=leg.text, place=leg.place(order), at=at)
    if leg.becomes and leg.becomes in Order.MOVES[order.status]:
        order.move(leg.becomes, at)


def carry(order: Order, to: Status) -> None:
    """Staff says it is there already: the log is filled up to that step. Raises MoveRefused. Wants a transaction."""
    now = timezone.now()
    order.move(to, now)
    last = next(number for number, leg in enumerate(LEGS, 1) if leg.becomes == to)
    for leg in LEGS[order.trackings.count() : last]:
        _tell(order, leg, now)
    order.due_at = due_at(last, order.placed_at, order.arrives_from)
    order.save(update_fields=["due_at"])
