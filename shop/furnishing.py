"""What hangs on the demo catalogue: deals, coupons, stores' terms, size charts, questions, buyers' pictures.

Each is given once to a shop, also to one that was loaded when there were none of them yet. What people have
filled in by then stays.
"""

from datetime import timedelta
from typing import Any

from shop.demo.told import Entry, by_slug, entries, from_now, only, to_give
from shop.models import Coupon, Creator, Product, Question, Review, ReviewPhoto


def furnish() -> None:
    creators, products = by_slug(Creator), by_slug(Product)
    for slug, entry in _found("store", entries("stores"), creators):
        _fill(creators[slug], "business_name", entry)
    for slug, chart in _found("size_chart", entries("size_charts"), products):
        _fill(products[slug], "size_chart", {"size_chart": chart})
    for slug, entry in _found("deal", entries("deals"), products):
        _fill(products[slug], "deal_percent", _deal(entry))
    _offer(creators)
    _answer(products)
    _picture(products)


def _found(kind: str, told: dict[str, Any], rows: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(slug, entry) for slug, entry in to_give(kind, told).items() if slug in rows]


def _fill(row: Creator | Product, field: str, values: Entry) -> None:
    """Unless somebody has filled the field in already."""
    if not getattr(row, field):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _deal(entry: Entry) -> Entry:
    start = from_now(hours=entry["starts_in_hours"])
    return {
        "deal_percent": entry["percent"],
        "deal_starts_at": start,
        "deal_ends_at": start + timedelta(hours=entry["hours"]),
        "deal_pieces": entry["pieces"],
        "deal_claimed": entry["claimed"],
    }


def _offer(creators: dict[str, Creator]) -> None:
    new = to_give("coupon", {entry["code"]: entry for entry in entries("coupons")})
    known = set(Coupon.objects.values_list("code", flat=True))
    Coupon.objects.bulk_create(
        Coupon(
            creator=creators.get(entry["store"]),
            starts_at=from_now(days=entry["starts_in_days"]),
            ends_at=from_now(days=entry["ends_in_days"]),
            **only(Coupon, entry),
        )
        for code, entry in new.items()
        if code not in known and (not entry["store"] or entry["store"] in creators)
    )


def _answer(products: dict[str, Product]) -> None:
    """The first one told is the newest one, and stands first."""
    Question.objects.bulk_create(
        Question(product=products[slug], **entry)
        for slug, told in _found("questions", entries("questions"), products)
        for entry in reversed(told)
    )


def _picture(products: dict[str, Product]) -> None:
    told = dict(_found("photos", entries("review_photos"), products))
    reviews = Review.objects.filter(product__slug__in=told, buyer="").select_related("product")
    ReviewPhoto.objects.bulk_create(
        ReviewPhoto(review=review, path=path)
        for review in reviews
        for path in told[review.product.slug].get(review.author, [])
    )
