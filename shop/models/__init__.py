"""The tables of the shop, a file a room."""

from shop.models.cart import Cart, CartLine
from shop.models.feed import Comment, Creator, Engagement, Video, VideoProduct
from shop.models.orders import Order, OrderLine, OrderMove
from shop.models.product import Assurance, Category, Product, ProductImage, Review, Sku
from shop.models.stock import StockMovement
from shop.models.support import Message, Ticket

__all__ = [
    "Assurance",
    "Cart",
    "CartLine",
    "Category",
    "Comment",
    "Creator",
    "Engagement",
    "Message",
    "Order",
    "OrderLine",
    "OrderMove",
    "Product",
    "ProductImage",
    "Review",
    "Sku",
    "StockMovement",
    "Ticket",
    "Video",
    "VideoProduct",
]
