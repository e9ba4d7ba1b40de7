"""A creator's profile and store as a drawing: who it is, what they filmed, what they sell, in the order asked for."""

from collections.abc import Callable
from functools import cache
from typing import Any

from shop.models import Coupon, Creator, Product, profile_sights
from shop.models.live import now
from shop.models.sights import CREATOR
from shop.services.drawings import Drawing

VIDEOS, SHOP, LIKED = "videos", "shop", "liked"
RECOMMENDED = "best"
# Ties are settled by the newest: the lists these are applied to begin with it.
SORTS: dict[str, tuple[str, Callable[[Product], Any]]] = {
    RECOMMENDED: ("Recommended", lambda product: (product.sold_out, not product.deal_runs, -product.sold)),
    "sales": ("Top sales", lambda product: -product.sold),
    "new": ("Newest", lambda product: 0),
    "low": ("Price, low first", lambda product: _price(product)),
    "high": ("Price, high first", lambda product: -_price(product)),
}


def profile_page(slug: str, tab: str, sort: str = "", category: str = "") -> Drawing | None:
    """The drawing of a profile, None when there is nobody; its `about` is the creator, enough for a title."""
    tab = tab if tab in (SHOP, LIKED) else VIDEOS
    sort = sort if sort in SORTS else RECOMMENDED

    def read() -> tuple:
        return tab, sort, category, profile_sights.profile(slug=slug), profile_sights.store(slug=slug, now=now())

    key = read()
    row = next(iter(key[3]), None)
    if row is None:
        return None
    about = Creator.from_db("default", CREATOR, row[: len(CREATOR)])

    def load() -> dict[str, Any]:
        shown = Creator.objects.get(slug=slug)
        told = {"creator": shown, "tab": tab, "rated": bool(row[len(CREATOR)])}
        return told | (_store(shown, sort, category) if tab == SHOP else _videos(shown, tab))

    return Drawing(key, read, load, about)


def _videos(creator: Creator, tab: str) -> dict[str, Any]:
    videos = creator.liked_videos if tab == LIKED else creator.videos
    pinned = [] if tab == LIKED else ["-is_pinned"]
    return {
        "videos": list(videos.published().order_by(*pinned, "-posted_at")),
        "products": cache(lambda: list(creator.products.for_cards().order_by("-sold", "pk"))),  # if a block asks
    }


def _store(creator: Creator, sort: str, category: str) -> dict[str, Any]:
    products = list(creator.products.for_cards().select_related("category").order_by("-pk"))
    categories = {product.category.slug: product.category for product in products}
    wanted = category if category in categories else ""
    shown = [product for product in products if not wanted or product.category.slug == wanted]
    return {
        "products": sorted(shown, key=SORTS[sort][1]),
        "categories": sorted(categories.values(), key=lambda one: one.name),
        "category": wanted,
        "sort": sort,
        "sorts": [(code, title) for code, (title, _) in SORTS.items()],
        "coupons": list(Coupon.objects.open().of_store(creator).select_related("creator")),
    }


def _price(product: Product) -> int:
    sku = product.cheapest
    return sku.now_cents if sku else 0
