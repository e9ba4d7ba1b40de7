"""The tables of the shop, a file a room."""

from shop.models.canned import CannedReply, Faq
from shop.models.cart import Cart, CartLine
from shop.models.comments import Comment, CommentLike, Report
from shop.models.coupons import CodeGuess, Coupon, CouponClaim
from shop.models.demo import Given
from shop.models.feed import Creator, Engagement, Video, VideoProduct
from shop.models.messages import Attachment, Message, Voice
from shop.models.order_lines import OrderLine
from shop.models.orders import Order, OrderMove, Tracking
from shop.models.product import Assurance, Category, Product, ProductImage, Sku
from shop.models.returns import Return, ReturnLine, ReturnMove, ReturnPhoto
from shop.models.reviews import HelpfulVote, Question, Review, ReviewPhoto, Wish
from shop.models.search import SearchText
from shop.models.stock import StockMovement
from shop.models.support import Ticket
from shop.models.uploads import Upload

__all__ = [
    "Assurance",
    "Attachment",
    "CannedReply",
    "Cart",
    "CartLine",
    "Category",
    "CodeGuess",
    "Comment",
    "CommentLike",
    "Coupon",
    "CouponClaim",
    "Creator",
    "Engagement",
    "Faq",
    "Given",
    "HelpfulVote",
    "Message",
    "Order",
    "OrderLine",
    "OrderMove",
    "Product",
    "ProductImage",
    "Question",
    "Report",
    "Return",
    "ReturnLine",
    "ReturnMove",
    "ReturnPhoto",
    "Review",
    "ReviewPhoto",
    "SearchText",
    "Sku",
    "StockMovement",
    "Ticket",
    "Tracking",
    "Upload",
    "Video",
    "VideoProduct",
    "Voice",
    "Wish",
]
