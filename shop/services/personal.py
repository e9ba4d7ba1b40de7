"""What the shop keeps of a person: who they are, and every row that is theirs, written so that they can read it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from journey.privacy import Kept, Person, Row, recognising, telling
from shop.models import (
    Attachment,
    CartLine,
    Comment,
    CommentLike,
    CouponClaim,
    Engagement,
    HelpfulVote,
    Message,
    Order,
    OrderLine,
    Question,
    Report,
    Return,
    Review,
    Ticket,
    Wish,
)

OWN = (Order, Return, Ticket)  # they know the buyer and the participant
KEEPING = "until you delete it"
LINE = ("title", "option", "quantity", "unit_price_cents", "discount_cents", "returned", "returned_cents", "video")
ADDRESS = ("full_name", "street", "unit", "city", "state", "zip")
SUMS = ("currency", "subtotal_cents", "shipping_cents", "discount_cents", "total_cents", "refunded_cents")
ORDER = ("code", "status", "placed_at", *ADDRESS, "delivery", "payment", "coupon", *SUMS)
RETURN = ("code", "kind", "reason", "way", "text", "answer", "status", "refund_cents", "asked_at")
TICKET = ("code", "topic", "status", "opened_at", "csat", "csat_text")
# name, title, whose, columns
PLAIN: list[tuple[str, str, Callable[[frozenset[str]], QuerySet], tuple[str, ...]]] = [
    ("cart", "Things in the cart", lambda them: CartLine.objects.filter(cart__buyer__in=them),
     ("sku__product__title", "sku__option", "quantity", "seen_cents", "added_at")),
    ("wishes", "Saved products", lambda them: Wish.objects.filter(buyer__in=them), ("product__title", "at")),
    ("engagements", "Likes, saves, shares and follows", lambda them: Engagement.objects.filter(buyer__in=them),
     ("kind", "creator__handle", "video__slug")),
    ("comments", "Comments", lambda them: Comment.objects.filter(buyer__in=them),
     ("video__slug", "author", "text", "likes", "posted_at")),
    ("comment_likes", "Likes of comments", lambda them: CommentLike.objects.filter(buyer__in=them), ("comment__text",)),
    ("helpful_votes", "Reviews you found helpful", lambda them: HelpfulVote.objects.filter(buyer__in=them),
     ("review__product__title",)),
    ("questions", "Questions about products", lambda them: Question.objects.filter(buyer__in=them),
     ("product__title", "author", "text", "answer", "asked_at")),
    ("reports", "Videos you reported", lambda them: Report.objects.filter(buyer__in=them),
     ("video__slug", "reason", "reported_at")),
    ("coupons", "Coupons", lambda them: CouponClaim.objects.filter(buyer__in=them),
     ("coupon__code", "order", "claimed_at")),
]  # fmt: skip


@recognising
def known_as(person: Person) -> Person:
    """The buyers and the numbers that their orders, returns and tickets tie together, with the codes of all these."""
    theirs = Q(buyer__in=person.buyers) | Q(participant__in=person.participants)
    found = [row for model in OWN for row in model.objects.filter(theirs).values_list("participant", "buyer", "code")]
    numbers, buyers, codes = zip(*found, strict=True) if found else ((), (), ())
    return Person(frozenset(numbers), frozenset(buyers), frozenset(codes))


@telling
def kept(person: Person) -> list[Kept]:
    them = person.buyers
    orders = Order.objects.filter(buyer__in=them).order_by("pk")
    returns = Return.objects.filter(buyer__in=them).order_by("pk")
    tickets = Ticket.objects.filter(buyer__in=them).order_by("pk")
    reviews = Review.objects.filter(buyer__in=them).order_by("pk")
    return [
        _kept("orders", "Orders, with names and addresses", orders, _orders),
        _kept("returns", "Returns", returns, _returns),
        _kept("tickets", "Conversations with support and stores", tickets, _tickets),
        _kept("reviews", "Reviews", reviews, _reviews),
        *(_kept(name, title, whose(them), _plain(columns)) for name, title, whose, columns in PLAIN),
    ]


def _kept(name: str, title: str, rows: QuerySet, told: Callable[[QuerySet], Iterable[Row]]) -> Kept:
    return Kept(name, title, rows.count(), KEEPING, lambda: told(rows))


def _plain(columns: tuple[str, ...]) -> Callable[[QuerySet], Iterable[Row]]:
    return lambda rows: rows.order_by("pk").values(*columns)


def _orders(orders: QuerySet[Order]) -> Iterator[Row]:
    for order in orders:
        yield _row(order, ORDER) | {
            "lines": [_row(line, LINE) for line in OrderLine.objects.filter(order=order)],
            "moves": [{"to": move.after, "at": move.at} for move in order.moves.all()],
            "parcel": [_row(seen, ("text", "place", "at")) for seen in order.trackings.all()],
        }


def _returns(returns: QuerySet[Return]) -> Iterator[Row]:
    for one in returns.select_related("order"):
        yield _row(one, RETURN) | {
            "order": one.order.code,
            "lines": [{"title": part.line.title, "quantity": part.quantity, "cents": part.cents}
                      for part in one.lines.select_related("line")],
            "photos": one.photos.count(),
        }  # fmt: skip


def _tickets(tickets: QuerySet[Ticket]) -> Iterator[Row]:
    """As their buyer sees them: what colleagues note for each other is not read out, but goes with the rest."""
    for ticket in tickets:
        said = Message.objects.shown().filter(ticket=ticket)
        files = Attachment.objects.filter(message__ticket=ticket)
        yield _row(ticket, TICKET) | {
            "messages": list(said.values("voice", "text", "at")),
            "files": list(files.values("name", "kind", "size")),
        }


def _reviews(reviews: QuerySet[Review]) -> Iterator[Row]:
    for review in reviews.select_related("product"):
        told = _row(review, ("author", "stars", "text", "option", "helpful", "reply", "posted_at"))
        yield told | {"product": review.product.title, "photos": review.photos.count()}


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
