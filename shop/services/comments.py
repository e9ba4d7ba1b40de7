"""Writing under a video and taking it back: the words, and the count everyone sees, changed together."""

import hashlib
from datetime import timedelta

from django.db import models, transaction

from shop.errors import TooManyComments
from shop.models import Comment, Video
from shop.services.limits import refuse_more

MOST, WHILE = 10, timedelta(minutes=10)


@transaction.atomic
def write_comment(buyer: str, video: Video, key: str, text: str) -> bool:
    """Keep the comment; False when this form was sent before. Raises TooManyComments."""
    mine = Comment.objects.of(buyer)
    if mine.filter(key=key).exists():
        return False
    refuse_more(MOST, WHILE, mine, "posted_at", TooManyComments)
    said = {"video": video, "author": pen_name(buyer), "text": text}
    made = Comment.objects.get_or_create(buyer=buyer, key=key, defaults=said)[1]
    if made:
        _count(video, 1)
    return made


@transaction.atomic
def delete_comment(buyer: str | None, video: Video, key: str) -> bool:
    """Take an own comment away; False when there is none, or no more."""
    gone = Comment.objects.of(buyer).filter(video=video, key=key).exclude(key="").delete()[0] > 0
    if gone:
        _count(video, -1)
    return gone


@transaction.atomic
def take_away(comments: models.QuerySet[Comment]) -> None:
    """Staff deletes them, whoever wrote them."""
    for comment in comments.select_related("video"):
        if Comment.objects.filter(pk=comment.pk).delete()[0]:
            _count(comment.video, -1)


def pen_name(buyer: str) -> str:
    """What others read instead of the buyer's code, which is a secret."""
    return f"guest_{hashlib.sha256(buyer.encode()).hexdigest()[:5]}"


def _count(video: Video, by: int) -> None:
    Video.objects.filter(pk=video.pk).update(comment_count=models.F("comment_count") + by)
    video.refresh_from_db(fields=["comment_count"])
