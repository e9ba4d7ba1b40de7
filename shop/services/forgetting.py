"""Forgetting a buyer: every row that is theirs goes, and no number that others see stays wrong.

What was sold stays sold: the ledger of stock keeps its sums and loses the names of the orders.
"""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from journey.privacy import Person, forgetting
from shop.models import (
    Cart,
    CodeGuess,
    Comment,
    CommentLike,
    CouponClaim,
    Engagement,
    HelpfulVote,
    Message,
    Order,
    Question,
    Report,
    Return,
    ReturnPhoto,
    Review,
    StockMovement,
    Ticket,
    Wish,
)
from shop.services.comments import take_away
from shop.services.marks import engage, find_helpful, like

# Orders after what points at them, carts after orders.
GONE = (Ticket, Review, Return, ReturnPhoto, Order, Cart, Question, Report, Wish, CouponClaim, CodeGuess)


@forgetting
def forget(person: Person) -> None:
    them = person.buyers
    for model in (*GONE, Comment):
        _blacken(model.objects.filter(buyer__in=them))
    _blacken(Message.objects.filter(ticket__buyer__in=them))
    _take_marks_back(them)
    take_away(Comment.objects.filter(buyer__in=them))
    StockMovement.objects.filter(order__in=person.things).update(order="")
    for model in GONE:
        model.objects.filter(buyer__in=them).delete()


def _take_marks_back(them: frozenset[str]) -> None:
    """Each with the number that everyone sees beside it."""
    for mark in Engagement.objects.filter(buyer__in=them).select_related("video__creator", "creator"):
        engage(mark.buyer, Engagement.Kind(mark.kind), False, mark.video or mark.creator)
    for mark in CommentLike.objects.filter(buyer__in=them).select_related("comment"):
        like(mark.buyer, mark.comment, False)
    for mark in HelpfulVote.objects.filter(buyer__in=them).select_related("review"):
        find_helpful(mark.buyer, mark.review, False)


def _blacken(rows: "QuerySet[Model]") -> None:
    """The log of the admin says who of the staff did something and when, and no longer with whose words."""
    kind = ContentType.objects.get_for_model(rows.model)
    about = LogEntry.objects.filter(
        content_type=kind, object_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)]
    )
    about.update(object_repr="forgotten", change_message="")
