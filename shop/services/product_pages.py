"""What stands on a product's page beside the product: asked for only by the block that draws it."""

from typing import Any

from shop.models import Coupon, Product
from shop.services.review_lists import photos_of, topics_of

QUESTIONS_SHOWN = 20
PHOTOS_SHOWN = 12


def beside(product: Product) -> dict[str, Any]:
    """Lazy all of it: a block that is not drawn, or drawn from a cache, costs no query."""
    return {
        "coupons": Coupon.objects.open().of_store(product.creator).select_related("creator"),
        "questions": product.questions.answered()[:QUESTIONS_SHOWN],
        "photos": photos_of(product)[:PHOTOS_SHOWN],
        "topics": lambda: topics_of(product),
    }
