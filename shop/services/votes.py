"""Liking a comment, finding a review helpful: a mark of the buyer's and the number everyone sees, changed together."""

from django.db import models, transaction

from shop.models import Comment, CommentLike, HelpfulVote, Review


def like(buyer: str, comment: Comment, on: bool) -> int:
    """Make it so; the answer is the number of likes now."""
    return _turn(CommentLike, on, comment, "likes", buyer=buyer, comment=comment)


def find_helpful(buyer: str, review: Review, on: bool) -> int:
    """Make it so; the answer is how many find it helpful now."""
    return _turn(HelpfulVote, on, review, "helpful", buyer=buyer, review=review)


@transaction.atomic
def _turn(marks: type[models.Model], on: bool, target: Comment | Review, counter: str, **which: object) -> int:
    mine = marks._default_manager
    changed = mine.get_or_create(**which)[1] if on else mine.filter(**which).delete()[0] > 0
    row = type(target)._default_manager.filter(pk=target.pk)
    if changed:
        row.update(**{counter: models.F(counter) + (1 if on else -1)})
    return row.values_list(counter, flat=True).get()
