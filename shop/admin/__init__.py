"""The shop's pages in the admin, a file a room."""

from shop.admin import (
    assurances,
    canned,
    cart,
    coupons,
    feed,
    orders,
    product,
    questions,
    reports,
    returns,
    reviews,
    stock,
    support,
    videos,
)

__all__ = [
    "assurances",
    "canned",
    "cart",
    "coupons",
    "feed",
    "orders",
    "product",
    "questions",
    "reports",
    "returns",
    "reviews",
    "stock",
    "support",
    "videos",
]
