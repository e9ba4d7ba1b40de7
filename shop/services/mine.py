"""What on a page is this buyer's own: kept apart from what is drawn for everyone."""

from django.http import HttpRequest

from shop.models import sights
from shop.models.live import filled, room_for


def mine(
    request: HttpRequest, *, videos: list[int] = (), creators: list[int] = (), products: list[int] = ()
) -> list[str]:
    """What is pressed on a page that shows these, by their ids: `like:week-one`, `follow:mira`, `claim:ROSE10` …

    One query, none for who never did anything here. The cart is counted with it.
    """
    if not request.buyer.known:
        request.cart_count = 0
        return []
    asked = {"video": videos, "creator": creators, "product": products}
    rows = sights.mine(*(room_for(len(ids)) for ids in asked.values()))(buyer=request.buyer.known, **filled(**asked))
    own = [f"{kind}:{key}" for kind, key in rows]
    request.cart_count = sum(int(key) for kind, key in rows if kind == "cart")
    return [name for name in own if not name.startswith("cart:")]
