"""A product with all that pages show of it, and buyers who look at it."""

import re
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from shop.models import Coupon, Product, Question, Sku
from tests.factories import (
    AssuranceFactory,
    CreatorFactory,
    ProductFactory,
    ProductImageFactory,
    ReviewFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart
from tests.walker import Walker

HOUR = timedelta(hours=1)


def rose_serum() -> Product:
    """With video, neighbour, review, question, coupon, promise and picture."""
    mira = CreatorFactory(slug="mira", store_name="Mira's")
    product = ProductFactory(slug="rose-serum", title="Rose serum", link_title="My serum", creator=mira)
    SkuFactory(product=product, code="ROSE", price_cents=2000)
    SkuFactory(product__slug="lip-balm", product__title="Lip balm", product__creator=mira, price_cents=700)
    product.assurances.add(AssuranceFactory(title="Free returns"))
    ProductImageFactory(product=product)
    ReviewFactory(product=product, author="dana")
    VideoFactory(slug="week-one", creator=mira, products=[product], likes=41, comment_count=7, caption="Week one")
    Question.objects.create(product=product, author="ed", text="Is it vegan?", answer="It is.")
    Coupon.objects.create(code="ROSE10", creator=mira, kind="percent", percent=10, ends_at=timezone.now() + HOUR)
    return product


def more_of(product: Product) -> None:
    """Twenty-nine more of everything."""
    for n in range(29):
        SkuFactory(product=product, option=f"{n} ml")
        SkuFactory(product__creator=product.creator)
        ProductImageFactory(product=product)
        ReviewFactory(product=product)
        VideoFactory(creator=product.creator, products=[product])
        Question.objects.create(product=product, author="ed", text=f"{n}?", answer="Yes.")
        product.assurances.add(AssuranceFactory())


def stranger() -> Walker:
    return Walker()


def buyer() -> Walker:
    """Likes a video, follows its creator, has something in the cart."""
    walker = Walker()
    put_in_cart(walker, Sku.objects.get(code="ROSE"))
    walker.post("shop:engage", kind="like", video="week-one", on=1)
    walker.post("shop:engage", kind="follow", creator="mira", on=1)
    return walker


def staff() -> Walker:
    walker = buyer()
    walker.client.force_login(get_user_model().objects.create_superuser("staff"))
    return walker


def shown(walker: Walker, name: str, *args, **query) -> str:
    """The words of a page, on one line."""
    page = walker.get(name, *args, **query).content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"<script.*?</script>", "", page, flags=re.S)).split())
