"""The demo catalogue: the JSON in shop/demo becomes rows. What is there already stays as people left it."""

from django.db import transaction

from shop.demo.told import Entry, ago, by_slug, entries, missing, only, to_give
from shop.furnishing import furnish
from shop.models import (
    Assurance,
    CannedReply,
    Category,
    Comment,
    Creator,
    Faq,
    Given,
    Product,
    ProductImage,
    Review,
    Sku,
    StockMovement,
    Video,
    VideoProduct,
)
from shop.models.search import write_missing


@transaction.atomic
def load() -> dict[str, int]:
    """Create what is missing; returns how many rows of each table are new.

    Everything is given once: what was deleted by hand does not return.
    """
    missing(Category, entries("categories"))
    missing(Assurance, [entry | {"position": n} for n, entry in enumerate(entries("assurances"))])
    creators = missing(Creator, entries("creators"))
    products = _load_products()
    videos = _load_videos()
    _like()
    furnish()
    write_missing()
    _answer()
    return {"creators": len(creators), "products": len(products), "videos": len(videos)}


def _load_products() -> list[Product]:
    creators, categories = by_slug(Creator), by_slug(Category)
    told = {entry["slug"]: entry for entry in entries("products")}
    products = missing(
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
    return only(Product, entry) | {
        "creator": creator,
        "category": category,
        "delivery_from_days": first,
        "delivery_to_days": last,
    }


def _promise(promised: list[tuple[Product, list[str]]]) -> None:
    assurances, link = by_slug(Assurance), Product.assurances.through
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
        Review(product=product, posted_at=ago(entry["days_ago"]), **only(Review, entry))
        for product in products
        for entry in told.get(product.slug, [])
    )


def _load_videos() -> list[Video]:
    creators, products = by_slug(Creator), by_slug(Product)
    told = {entry["slug"]: entry for entry in entries("videos")}
    videos = missing(Video, [_video_fields(entry, creators[entry["creator"]]) for entry in told.values()])
    VideoProduct.objects.bulk_create(
        VideoProduct(video=video, product=products[slug], position=n)
        for video in videos
        for n, slug in enumerate(told[video.slug]["products"])
    )
    _comment(videos)
    return videos


def _video_fields(entry: Entry, creator: Creator) -> Entry:
    fields = {name: value for name, value in only(Video, entry).items() if name != "products"}
    return fields | {
        "creator": creator,
        "clip": f"demo/clips/{entry['clip']}",
        "comment_count": entry["comments"],
        "posted_at": ago(entry["posted_days_ago"]),
    }


def _comment(videos: list[Video]) -> None:
    told = entries("comments")
    Comment.objects.bulk_create(
        Comment(video=video, posted_at=ago(entry["days_ago"]), **only(Comment, entry))
        for video in videos
        for entry in told.get(video.slug, [])
    )


def _like() -> None:
    """What creators like, for everyone to see on their profiles."""
    creators, videos, link = by_slug(Creator), by_slug(Video), Creator.liked_videos.through
    link.objects.bulk_create(
        link(creator=creators[creator], video=videos[slug])
        for creator, slugs in to_give("liked_videos", entries("liked_videos")).items()
        for slug in slugs
        if creator in creators and slug in videos
    )


def _answer() -> None:
    """What is often asked, and what staff often answers."""
    if Given.objects.get_or_create(name="answers")[1]:
        Faq.objects.bulk_create(Faq(position=n, **entry) for n, entry in enumerate(entries("faqs")))
        CannedReply.objects.bulk_create(CannedReply(**entry) for entry in entries("canned_replies"))
