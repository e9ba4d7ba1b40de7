"""A mark of a buyer's, and the number of marks that everyone sees: changed together."""

from dataclasses import dataclass

from django.db import models, transaction

from shop.models import Comment, CommentLike, Creator, Engagement, HelpfulVote, Review, Video

Kind = Engagement.Kind
# Nobody counts what was hidden.
COUNTERS = {Kind.LIKE: "likes", Kind.SAVE: "saves", Kind.SHARE: "shares", Kind.FOLLOW: "followers"}


@dataclass(frozen=True, slots=True)
class Marked:
    """How it is now, and whether this call made it so."""

    on: bool
    count: int
    changed: bool


def engage(buyer: str, kind: Kind, on: bool, target: Video | Creator) -> Marked:
    """Turn one kind of engagement on or off. The target is a creator to follow, else a video."""
    which = {"creator": target} if isinstance(target, Creator) else {"creator": target.creator, "video": target}
    return _turn(Engagement, on, target, COUNTERS.get(kind), buyer=buyer, kind=kind, **which)


def like(buyer: str, comment: Comment, on: bool) -> Marked:
    return _turn(CommentLike, on, comment, "likes", buyer=buyer, comment=comment)


def find_helpful(buyer: str, review: Review, on: bool) -> Marked:
    return _turn(HelpfulVote, on, review, "helpful", buyer=buyer, review=review)


@transaction.atomic
def _turn(marks: type[models.Model], on: bool, target: models.Model, counter: str | None, **which: object) -> Marked:
    """Twice is once."""
    mine = marks._default_manager
    changed = mine.get_or_create(**which)[1] if on else mine.filter(**which).delete()[0] > 0
    if not counter:
        return Marked(on, 0, changed)
    row = type(target)._default_manager.filter(pk=target.pk)
    if changed:
        row.update(**{counter: models.F(counter) + (1 if on else -1)})
    return Marked(on, row.values_list(counter, flat=True).get(), changed)
