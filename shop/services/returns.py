"""Returns: asked for, answered, handed in, checked, paid back. Who lets a clock run out has answered too."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from shop.errors import ReturnRefused
from shop.models import Order, OrderLine, Return, ReturnPhoto, StockMovement
from shop.models.returns import WINDOW
from shop.services.days import days
from shop.services.lines_told import told_of_return
from shop.services.orders import Commit, give_back, tell_refund
from shop.services.stock import move_all
from shop.services.transactions import one_by_one

ANSWER_DAYS, HAND_IN_DAYS, CHECK_DAYS = 2, 14, 8
PHOTOS = 3
BATCH = 200
Kind, Status = Return.Kind, Return.Status


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer answered in the form of a return. `items` is how many of which SKU, by its code."""

    key: str
    kind: str
    reason: str
    items: dict[str, int]
    way: str = ""
    text: str = ""
    photos: list[ReturnPhoto] = field(default_factory=list)


def until(order: Order) -> datetime | None:
    """Up to when something of an order can be returned; None when it never was delivered."""
    return order.delivered_at and order.delivered_at + WINDOW


def can_return(order: Order) -> bool:
    """Delivered, not too long ago, and something of it is left. Wants prefetched moves and lines."""
    end = until(order)
    return bool(end) and timezone.now() < end and any(line.left for line in order.lines.all())


def ask(order: Order, buyer: str, participant: int, wish: Wish) -> Return:
    """A new return; the same form sent twice is one. Raises ReturnRefused. Wants a transaction."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    # Asked under the lock: of one form in two tabs, the second finds what the first has made.
    if earlier := Return.objects.of(buyer).filter(key=wish.key).first():
        return earlier
    if not can_return(order):
        raise ReturnRefused("This order cannot be returned any more.")
    wanted = [(line, wish.items[line.sku_code]) for line in order.lines.all() if wish.items.get(line.sku_code)]
    parent = Return.objects.create(
        order=order,
        buyer=buyer,
        participant=participant,
        key=wish.key,
        kind=wish.kind,
        reason=wish.reason,
        way=wish.way if wish.kind == Kind.RETURN else "",
        text=wish.text,
        refund_cents=sum(_reserve(line, quantity) for line, quantity in wanted),
        due_at=timezone.now() + days(ANSWER_DAYS),
    )
    parent.moves.create(before="", after=Status.ASKED)
    for line, quantity in wanted:
        parent.lines.create(line=line, quantity=quantity, cents=line.cents_for(quantity))
    ReturnPhoto.objects.filter(pk__in=[photo.pk for photo in wish.photos]).update(parent=parent)
    return parent


def _reserve(line: OrderLine, quantity: int) -> int:
    """Note on the line that so many go back, if there are that many; returns the cents they are worth."""
    cents = line.cents_for(quantity)
    enough = OrderLine.objects.filter(pk=line.pk, returned=line.returned, quantity__gte=line.returned + quantity)
    if not enough.update(returned=F("returned") + quantity, returned_cents=F("returned_cents") + cents):
        raise ReturnRefused(f"There are only {line.left} of {line.title} left to return.")
    return cents


def _release(parent: Return) -> None:
    for part in parent.lines.all():
        OrderLine.objects.filter(pk=part.line_id).update(
            returned=F("returned") - part.quantity, returned_cents=F("returned_cents") - part.cents
        )


def accept(parent: Return, commit: Commit) -> None:
    """The seller agrees: a refund is paid at once, a return when the thing is back. Raises MoveRefused."""
    if parent.kind == Kind.REFUND:
        pay_back(parent, commit)
    else:
        parent.move(Status.ACCEPTED, timezone.now() + days(HAND_IN_DAYS))


def decline(parent: Return, words: str) -> None:
    """Raises MoveRefused. The things can be asked for again, with better reasons."""
    parent.move(Status.DECLINED)
    Return.objects.filter(pk=parent.pk).update(answer=words)
    _release(parent)


def withdraw(parent: Return) -> None:
    """Raises MoveRefused."""
    parent.move(Status.WITHDRAWN)
    _release(parent)


def hand_in(parent: Return) -> None:
    """Raises MoveRefused."""
    parent.move(Status.SENT, timezone.now() + days(CHECK_DAYS))


def pay_back(parent: Return, commit: Commit) -> None:
    """The money goes back, and what was sent back stands in the shop again. Raises MoveRefused."""
    parent.move(Status.REFUNDED)
    order = parent.order
    if parent.kind == Kind.RETURN:
        back = [(part.line.sku, part.quantity) for part in parent.lines.select_related("line__sku__product")]
        move_all(back, StockMovement.Reason.RETURN, order.code)
    cents = give_back(order, parent.refund_cents)
    tell_refund(commit, order, parent.code, cents, participant=parent.participant, **told_of_return(parent))


def settle_returns(commit: Commit) -> int:
    """Let every clock that ran out have its way, a return a transaction; returns how many moved."""
    due = Return.objects.due().values_list("pk", flat=True)[:BATCH]
    return one_by_one(due, lambda pk: _settle(pk, commit))


def _settle(pk: int, commit: Commit) -> bool:
    # Asked again under the lock: of two tasks that saw the same one due, the second finds a new clock.
    parent = Return.objects.due().select_for_update().filter(pk=pk).first()
    if parent is None:
        return False
    if parent.status == Status.ASKED:
        accept(parent, commit)
    elif parent.status == Status.ACCEPTED:
        withdraw(parent)
    else:
        pay_back(parent, commit)
    return True
