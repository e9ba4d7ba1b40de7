"""What pages show, as drawings: live rows say how it looks; what was drawn from the same rows is shown again."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import Model, Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone

from shop.models import Creator, Product, Video, sights
from shop.models.live import filled, now, room_for
from shop.models.reviews import first_reviews
from shop.services.drawings import Drawing, digest
from shop.services.product_pages import beside

FEED_LENGTH = 1000  # videos; nobody swipes further
ORDER_SECONDS = 60  # how long the feed may go on without a look at its views
Row = TypeVar("Row", bound=Model)


def feed_order(buyer: str | None, by: str = "", first: str = "") -> list[int]:
    """Ids of the videos to swipe through, of all creators or `by` one; `first` leads, what the buyer hid is left out.

    The order is remembered until there is a new video or a changed one.
    """
    newest, changed, leads, hidden = next(iter(sights.order(buyer=buyer or "", slug=first)), (0, "", None, None))
    name = digest("order", newest, changed, by, timezone.now().timestamp() // ORDER_SECONDS)
    order = caches["drawings"].get(name)
    if order is None:
        videos = Video.objects.published().filter(creator__slug=by) if by else Video.objects.published()
        order = list(videos.mixed().values_list("pk", flat=True)[:FEED_LENGTH])
        caches["drawings"].set(name, order)
    front = [leads] if leads and (not by or leads in order) else []
    unwanted = {*front, *(pk for (pk,) in json.loads(hidden or "[]"))}
    return front + [pk for pk in order if pk not in unwanted] if unwanted else order


def following_order(buyer: str | None, first: str = "") -> list[int]:
    """The same for the creators this buyer follows; theirs alone, so not remembered."""
    return list(Video.objects.published().followed_by(buyer).mixed(first).values_list("pk", flat=True)[:FEED_LENGTH])


def feed_cards(ids: Sequence[int], start: int = 0) -> list[Drawing]:
    """A drawing for each of these videos that is published, in this order; its `about` is the video with its creator.

    `start` is the place of the first one in the feed.
    """

    def read() -> dict[int, tuple]:
        asked = filled(id=ids)
        anchors: dict[int, list] = {}
        for row in sights.anchors(room_for(len(ids)))(**asked, now=now()):
            anchors.setdefault(row[0], []).append(row)
        return {row[0]: (row, anchors.get(row[0])) for row in sights.clips(room_for(len(ids)))(**asked)}

    @cache
    def videos() -> dict[int, Video]:
        return {video.pk: video for video in Video.objects.for_feed().filter(pk__in=ids)}

    def card(position: int, pk: int) -> Drawing:
        about = _video(shown[pk][0])

        def load() -> dict[str, Any]:
            video = videos().get(pk)
            # One that was taken back a moment ago is shown once more, without what it sold.
            return {"position": position, "video": video or about, "anchors": video.live_anchors if video else []}

        return Drawing((position, shown[pk]), lambda: (position, read().get(pk)), load, about)

    shown = read()
    return [card(position, pk) for position, pk in enumerate(ids, start) if pk in shown]


def shelf(products: Sequence[int], **more: object) -> Drawing:
    """One drawing of a list of products, by their ids: its context is `products`, in this order, and `more`."""

    def read() -> tuple:
        rows = sights.shelf(room_for(len(products)))(**filled(id=products), now=now())
        return tuple(products), sorted(rows), more

    def load() -> dict[str, Any]:
        found = {product.pk: product for product in Product.objects.for_cards().filter(pk__in=products)}
        return {"products": [found[pk] for pk in products if pk in found], **more}

    return Drawing(read(), read, load)


def product_page(slug: str, source: str = "") -> Drawing | None:
    """The drawing of a product's page, None when it is not listed; its `about` is the product and the video before it.

    `source` is the slug of the video that led here, when it does show this product.
    """

    def read() -> tuple[list[tuple], str]:
        rows = sights.page(slug=slug, source=source, now=now())
        return rows, source if rows and rows[0][-1] else ""

    rows, led = read()
    shown = _read(Product, sights.PRODUCT, rows[0]) if rows else None
    if not shown or shown.slug != slug:
        return None
    about = {"product": shown, "source": Video(slug=led) if led else None}
    rated = bool(rows[0][-2])
    return Drawing((rows, led), read, lambda: {**_page(slug, led), "rated": rated}, about)


def _page(slug: str, source: str) -> dict[str, Any]:
    clips = Prefetch("videos", Video.objects.published().made_for(slug).select_related("creator"))
    shown = get_object_or_404(Product.objects.for_page().prefetch_related(clips, first_reviews()), slug=slug)
    related = list(Product.objects.listed().rated().like(shown)[: sights.RELATED])
    # One pair of queries for the pictures and prices of the product and of its neighbours.
    prefetch_related_objects([shown, *related], "skus", "images")
    videos = shown.videos.all()
    led = next((video for video in videos if video.slug == source), None)
    clip = led or next(iter(videos), None)
    return {"product": shown, "source": led, "clip": clip, "related": related, **beside(shown)}


def _video(row: tuple) -> Video:
    video = _read(Video, sights.VIDEO, row)
    video.creator = _read(Creator, sights.CREATOR, row[len(sights.VIDEO) :])
    return video


def _read(model: type[Row], names: list[str], row: tuple) -> Row:
    """A row as an object: enough for a name or an address, its times and numbers are as the database gives them."""
    return model.from_db("default", names, row[: len(names)])
