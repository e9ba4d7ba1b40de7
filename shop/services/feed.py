"""Liking, saving, sharing, following, hiding: a mark of the buyer's and the counter everyone sees, changed together."""

from dataclasses import dataclass

from django.db import models, transaction

from shop.models import Creator, Engagement, Video

Kind = Engagement.Kind
# Nobody counts what was hidden.
COUNTERS = {Kind.LIKE: "likes", Kind.SAVE: "saves", Kind.SHARE: "shares", Kind.FOLLOW: "followers"}


@dataclass(frozen=True, slots=True)
class Engaged:
    """How it is now, and whether this call made it so."""

    on: bool
    count: int
    changed: bool


@transaction.atomic
def engage(buyer: str, kind: Kind, on: bool, target: Video | Creator) -> Engaged:
    """Turn one kind of engagement on or off; twice is once. The target is a creator to follow, else a video."""
    which = {"creator": target} if isinstance(target, Creator) else {"creator": target.creator, "video": target}
    changed = Engagement.objects.turn(on, buyer=buyer, kind=kind, **which)
    counter = COUNTERS.get(kind)
    if not counter:
        return Engaged(on, 0, changed)
    if changed:
        _row(target).update(**{counter: models.F(counter) + (1 if on else -1)})
    return Engaged(on, _row(target).values_list(counter, flat=True).get(), changed)


def _row(target: Video | Creator) -> models.QuerySet:
    return type(target).objects.filter(pk=target.pk)
