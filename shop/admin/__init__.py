"""The shop's pages in the admin, a file a room."""

from shop.admin import (
    canned,
    cart,
    coupons,
    feed,
    orders,
    product,
    promises,
    questions,
    reports,
    returns,
    reviews,
    stock,
    support,
    videos,
)

__all__ = [
    "canned",
    "cart",
    "coupons",
    "feed",
    "orders",
    "product",
    "promises",
    "questions",
    "reports",
    "returns",
    "reviews",
    "stock",
    "support",
    "videos",
]
