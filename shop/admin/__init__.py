"""The shop's pages in the admin, a file a room."""

from shop.admin import feed, product

__all__ = ["feed", "product"]
