"""Canned replies, filled in for one ticket."""

from shop.models import CannedReply, Order, Ticket


def filled(text: str, ticket: Ticket) -> str:
    """Replaced word by word: whatever else stands in braces stays as it is."""
    for word, meant in _words(ticket).items():
        text = text.replace(word, meant)
    return text


def fitting(ticket: Ticket) -> list[CannedReply]:
    """Those of its topic first, then those for every topic, then the rest."""
    order = {ticket.topic: 0, "": 1}
    return sorted(CannedReply.objects.all(), key=lambda reply: order.get(reply.topic, 2))


def name_of(buyer: str) -> str:
    """The full name of the buyer's last order; empty for who has not bought anything yet."""
    names = Order.objects.of(buyer).order_by("-placed_at").values_list("full_name", flat=True)
    return names.first() or ""


def _words(ticket: Ticket) -> dict[str, str]:
    name = ticket.order.full_name if ticket.order else name_of(ticket.buyer)
    thing = ticket.line or ticket.product or next(iter(ticket.lines), None)
    return {
        "{name}": name.split(" ")[0] or "there",
        "{order}": ticket.order.code if ticket.order else "your order",
        "{product}": thing.title if thing else "it",
    }
