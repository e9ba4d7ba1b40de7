"""Who stands beside a product: the same as if all of the store and the category were sorted, without sorting them."""

import random

import pytest
from django.db import connection

from shop.models import Product, sights
from shop.models.live import Hole, now
from tests.factories import CategoryFactory, CreatorFactory, ProductFactory, SkuFactory

pytestmark = pytest.mark.django_db

SOLD = 4  # few numbers, many draws


def read(slug: str) -> list[int]:
    return [row[0] for row in sights.page(slug=slug, source="", now=now())]


@pytest.mark.both
@pytest.mark.parametrize("seed", range(12))
def test_a_page_asks_about_the_neighbours_it_shows(seed):
    dice = random.Random(seed)
    stores, categories = CreatorFactory.create_batch(3), CategoryFactory.create_batch(2)
    weights = dice.choice([(1, 1, 1), (8, 1, 1), (0, 1, 8)])
    for _ in range(dice.randint(1, 40)):
        ProductFactory(
            creator=dice.choices(stores, weights)[0],
            category=dice.choice(categories),
            sold=dice.randrange(SOLD),
            is_listed=dice.random() > 0.2,
        )
    for product in Product.objects.filter(is_listed=True):
        shown = Product.objects.listed().like(product).values_list("pk", flat=True)[: sights.RELATED]
        assert read(product.slug) == [product.pk, *shown]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="asks how SQLite goes about it")
def test_a_large_store_and_many_reviews_are_read_from_their_indexes():
    SkuFactory(product__slug="rose-serum")
    sql, parameters = sights.page._sql()
    holes = {"slug": "rose-serum", "source": "", "now": now()}
    with connection.cursor() as cursor:
        filled = [holes[one.name] if isinstance(one, Hole) else one for one in parameters]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", filled)
        plan = "\n".join(row[3] for row in cursor.fetchall())
    assert "USING INDEX best_of_creator" in plan
    assert "USING INDEX best_of_category" in plan
    assert "USING COVERING INDEX counts_of_reviews" in plan
    assert "SCAN shop_product" not in plan
