"""What on a page is this buyer's own: kept apart from what is drawn for everyone."""

from collections.abc import Sequence

from django.http import HttpRequest

from shop.models import sights
from shop.models.live import filled, room_for


def mine(
    request: HttpRequest, *, videos: Sequence[int] = (), creators: Sequence[int] = (), products: Sequence[int] = ()
) -> list[str]:
    """What is pressed on a page that shows these, by their ids: `like:week-one`, `follow:mira`, `claim:ROSE10` …

    One query, none for who never did anything here. The cart is counted with it, and answers of support are noticed.
    """
    request.cart_count, request.has_news = 0, False
    if not request.buyer.known:
        return []
    asked = {"video": videos, "creator": creators, "product": products}
    rows = sights.mine(*(room_for(len(ids)) for ids in asked.values()))(buyer=request.buyer.known, **filled(**asked))
    request.cart_count = sum(int(count) for kind, count in rows if kind == "cart")
    request.has_news = any(kind == "news" for kind, _ in rows)
    return [f"{kind}:{key}" for kind, key in rows if kind not in ("cart", "news")]
