"""Writing a review: by who bought it, once it was delivered; one a line, to be changed and taken back any time."""

from django.core.files.base import File
from django.utils import timezone

from shop.errors import ReviewRefused
from shop.models import Order, OrderLine, Review

PHOTOS = 3


def signed(name: str) -> str:
    """First name and initial: Dana K."""
    first, *others = name.split() or ["A buyer"]
    return f"{first} {others[-1][0].upper()}." if others else first


def may_write(order: Order, line: OrderLine) -> bool:
    """Within the window; who has written may change it later, too."""
    return order.can_review or hasattr(line, "review")


def write_review(order: Order, line: OrderLine, stars: int, text: str) -> tuple[Review, bool]:
    """The review, and whether it is new. Raises ReviewRefused. Wants a transaction."""
    if not may_write(order, line):
        raise ReviewRefused
    said = {"stars": stars, "text": text}
    first = {
        "product": line.sku.product,
        "author": signed(order.full_name),
        "option": line.option,
        "buyer": order.buyer,
        "posted_at": timezone.now(),
    }
    return Review.objects.update_or_create(line=line, defaults=said, create_defaults=first | said)


def show_photos(review: Review, kept: list[str], added: list[File]) -> None:
    """Its photos are those that were kept and those that came, three at most."""
    review.photos.exclude(pk__in=kept).delete()
    for picture in added[: PHOTOS - review.photos.count()]:
        review.photos.create(upload=picture)
