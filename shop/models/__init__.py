"""The tables of the shop, a file a room."""

from shop.models.cart import Cart, CartLine
from shop.models.coupons import Coupon, CouponClaim
from shop.models.feed import Comment, Creator, Engagement, Video, VideoProduct
from shop.models.orders import Order, OrderLine, OrderMove, Tracking
from shop.models.product import Assurance, Category, Product, ProductImage, Sku
from shop.models.returns import Return, ReturnLine, ReturnMove
from shop.models.reviews import Question, Review, ReviewPhoto, Wish
from shop.models.stock import StockMovement
from shop.models.support import Attachment, CannedReply, Message, Ticket

__all__ = [
    "Assurance",
    "Attachment",
    "CannedReply",
    "Cart",
    "CartLine",
    "Category",
    "Comment",
    "Coupon",
    "CouponClaim",
    "Creator",
    "Engagement",
    "Message",
    "Order",
    "OrderLine",
    "OrderMove",
    "Product",
    "ProductImage",
    "Question",
    "Return",
    "ReturnLine",
    "ReturnMove",
    "Review",
    "ReviewPhoto",
    "Sku",
    "StockMovement",
    "Ticket",
    "Tracking",
    "Video",
    "VideoProduct",
    "Wish",
]
