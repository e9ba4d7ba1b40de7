"""Pages are drawn once and shown to everyone, and still what changes shows at once."""

import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from shop.models import (
    Assurance,
    Category,
    Comment,
    Coupon,
    Creator,
    Product,
    ProductImage,
    Question,
    Review,
    Sku,
    Video,
    VideoProduct,
)
from tests.factories import (
    AssuranceFactory,
    CreatorFactory,
    ProductFactory,
    ProductImageFactory,
    ReviewFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import put_in_cart, queries
from tests.walker import Walker

pytestmark = pytest.mark.django_db

FEED, PRODUCT, STORE = ("shop:feed",), ("shop:product", "rose-serum"), ("shop:profile", "mira")
MOST = 6  # queries a page
HOUR = timedelta(hours=1)


@pytest.fixture
def rose():
    """A product with all that a page can show of it: video, neighbour, review, coupon, question, promise, picture."""
    mira = CreatorFactory(slug="mira", store_name="Mira's")
    product = ProductFactory(slug="rose-serum", title="Rose serum", link_title="My serum", creator=mira)
    SkuFactory(product=product, code="ROSE", price_cents=2000)
    SkuFactory(product__slug="lip-balm", product__title="Lip balm", product__creator=mira, code="BALM", price_cents=700)
    product.assurances.add(AssuranceFactory(slug="returns"))
    ProductImageFactory(product=product)
    ReviewFactory(product=product, author="dana")
    VideoFactory(slug="week-one", creator=mira, products=[product], likes=41, comment_count=7)
    Question.objects.create(product=product, author="ed", text="Vegan?", answer="It is.")
    Coupon.objects.create(
        code="ROSE10", creator=mira, kind="percent", percent=10, ends_at=timezone.now() + 24 * HOUR
    )
    return product


def text(walker, name, *args, **query) -> str:
    return " ".join(walker.get(name, *args, **query).content.decode().split())


def buyer() -> Walker:
    """Likes, follows, has something in the cart."""
    walker = Walker()
    put_in_cart(walker, Sku.objects.get(code="ROSE"))
    walker.post("shop:engage", kind="like", video="week-one", on=1)
    walker.post("shop:engage", kind="follow", creator="mira", on=1)
    return walker


def staff() -> Walker:
    walker = buyer()
    walker.client.force_login(get_user_model().objects.create_superuser("staff"))
    return walker


def more(rose) -> None:
    """Thirty of everything."""
    for n in range(29):
        sku = SkuFactory(product__creator=rose.creator, product__category=rose.category)
        ProductImageFactory(product=rose)
        ReviewFactory(product=rose)
        SkuFactory(product=rose, option=f"{n} ml")
        VideoFactory(creator=rose.creator, products=[rose, sku.product])
        Question.objects.create(product=rose, author="ed", text=f"{n}?", answer="Yes.")
        rose.assurances.add(AssuranceFactory())


@pytest.mark.parametrize("page", [FEED, PRODUCT, STORE, (*STORE, {"tab": "shop"})], ids=str)
@pytest.mark.parametrize("who", [Walker, buyer, staff])
def test_a_page_asks_at_most_six_times_for_one_row_or_thirty(rose, settings, who, page):
    settings.DEMO = False  # in a demo nobody is asked whether they are staff
    walker, (name, *args) = who(), page
    query = args.pop() if isinstance(args[-1:], list) and args and isinstance(args[-1], dict) else {}
    counts = []
    for prepare in (lambda: None, lambda: more(rose)):
        prepare()
        walker.get(name, *args, **query)
        with queries() as asked:
            walker.get(name, *args, **query)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST


def deal(**when) -> None:
    now = timezone.now()
    times = {"deal_starts_at": now - HOUR, "deal_ends_at": now + HOUR} | when
    Product.objects.filter(slug="rose-serum").update(deal_percent=50, **times)


def of_rose(model, **change) -> None:
    model.objects.filter(product__slug="rose-serum").update(**change)


def saved(model, **change) -> None:
    one = model.objects.first()
    for name, value in change.items():
        setattr(one, name, value)
    one.save()


CHANGES = {
    "a price": (PRODUCT, lambda: of_rose(Sku, price_cents=1234), "1,234", None),
}
