"""The demo catalogue: the JSON in shop/demo becomes rows. What is there already stays as people left it."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from shop.models import (
    Assurance,
    Category,
    Comment,
    Creator,
    Product,
    ProductImage,
    Review,
    Sku,
    StockMovement,
    Video,
    VideoProduct,
)

FOLDER = Path(__file__).parent / "demo"
Entry = dict[str, Any]


def entries(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text())


@transaction.atomic
def load() -> dict[str, int]:
    """Create what is missing; returns how many rows of each table are new.

    Rows that hang on a product or a video come with it and only then, so a review
    that was deleted by hand does not return.
    """
    _missing(Category, entries("categories"))
    _missing(Assurance, [entry | {"position": n} for n, entry in enumerate(entries("assurances"))])
    creators = _missing(Creator, entries("creators"))
    products = _load_products()
    videos = _load_videos()
    return {"creators": len(creators), "products": len(products), "videos": len(videos)}


def _load_products() -> list[Product]:
    creators, categories = _by_slug(Creator), _by_slug(Category)
    told = {entry["slug"]: entry for entry in entries("products")}
    products = _missing(
        Product,
        [_product_fields(entry, creators[entry["creator"]], categories[entry["category"]]) for entry in told.values()],
    )
    ProductImage.objects.bulk_create(
        ProductImage(product=product, path=path, position=n)
        for product in products
        for n, path in enumerate(told[product.slug]["images"])
    )
    _promise([(product, told[product.slug]["assurances"]) for product in products])
    _stock([(product, told[product.slug]["skus"]) for product in products])
    _review(products)
    return products


def _product_fields(entry: Entry, creator: Creator, category: Category) -> Entry:
    first, last = entry["delivery_days"]
    return _only(Product, entry) | {
        "creator": creator,
        "category": category,
        "delivery_from_days": first,
        "delivery_to_days": last,
    }


def _promise(promised: list[tuple[Product, list[str]]]) -> None:
    assurances, link = _by_slug(Assurance), Product.assurances.through
    link.objects.bulk_create(
        link(product=product, assurance=assurances[slug]) for product, slugs in promised for slug in slugs
    )


def _stock(shelves: list[tuple[Product, list[Entry]]]) -> None:
    """SKUs with their opening stock; the ledger says where it came from."""
    skus = Sku.objects.bulk_create(
        Sku(product=product, position=n, **entry) for product, told in shelves for n, entry in enumerate(told)
    )
    StockMovement.objects.bulk_create(
        StockMovement(sku=sku, change=sku.stock, reason=StockMovement.Reason.OPENING) for sku in skus if sku.stock
    )


def _review(products: list[Product]) -> None:
    told = entries("reviews")
    Review.objects.bulk_create(
        Review(product=product, posted_at=_ago(entry["days_ago"]), **_only(Review, entry))
        for product in products
        for entry in told.get(product.slug, [])
    )


def _load_videos() -> list[Video]:
    creators, products = _by_slug(Creator), _by_slug(Product)
    told = {entry["slug"]: entry for entry in entries("videos")}
    videos = _missing(Video, [_video_fields(entry, creators[entry["creator"]]) for entry in told.values()])
    VideoProduct.objects.bulk_create(
        VideoProduct(video=video, product=products[slug], position=n)
        for video in videos
        for n, slug in enumerate(told[video.slug]["products"])
    )
    _comment(videos)
    return videos


def _video_fields(entry: Entry, creator: Creator) -> Entry:
    fields = {name: value for name, value in _only(Video, entry).items() if name != "products"}
    return fields | {
        "creator": creator,
        "clip": f"demo/clips/{entry['clip']}",
        "comment_count": entry["comments"],
        "posted_at": _ago(entry["posted_days_ago"]),
    }


def _comment(videos: list[Video]) -> None:
    told = entries("comments")
    Comment.objects.bulk_create(
        Comment(video=video, posted_at=_ago(entry["days_ago"]), **_only(Comment, entry))
        for video in videos
        for entry in told.get(video.slug, [])
    )


def _missing(model: type[models.Model], told: Iterable[Entry]) -> list[Any]:
    known = _by_slug(model)
    return model.objects.bulk_create(model(**entry) for entry in told if entry["slug"] not in known)


def _by_slug(model: type[models.Model]) -> dict[str, Any]:
    return {row.slug: row for row in model.objects.all()}


def _only(model: type[models.Model], entry: Entry) -> Entry:
    """The plain columns of a table that an entry tells, without what is null."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    return {name: value for name, value in entry.items() if name in columns and value is not None}


def _ago(days: float):
    return timezone.now() - timedelta(days=days)
