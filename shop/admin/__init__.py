"""The shop's pages in the admin, a file a room."""

from shop.admin import cart, feed, orders, product, questions, stock, support

__all__ = ["cart", "feed", "orders", "product", "questions", "stock", "support"]
