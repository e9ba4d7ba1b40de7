"""The tables of the shop, a file a room."""

from shop.models.feed import Comment, Creator, Engagement, Video, VideoProduct
from shop.models.product import Assurance, Category, Product, ProductImage, Review, Sku

__all__ = [
    "Assurance",
    "Category",
    "Comment",
    "Creator",
    "Engagement",
    "Product",
    "ProductImage",
    "Review",
    "Sku",
    "Video",
    "VideoProduct",
]
