"""The shop's pages in the admin, a file a room."""

from shop.admin import canned, cart, feed, orders, product, questions, stock, support

__all__ = ["canned", "cart", "feed", "orders", "product", "questions", "stock", "support"]
