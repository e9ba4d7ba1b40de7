"""The catalogue in the admin: lists that stay quick, and doors that refuse what would break a page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from shop.models import Assurance, Creator, ProductImage, Video
from tests.factories import (
    AssuranceFactory,
    CommentFactory,
    ProductImageFactory,
    ReviewFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.buying import queries


def stock_up():
    sku = SkuFactory()
    ProductImageFactory(product=sku.product)
    ReviewFactory(product=sku.product)
    AssuranceFactory()
    CommentFactory(video=VideoFactory(products=[sku.product], creator=sku.product.creator))


@pytest.mark.parametrize("table", ["creator", "video", "comment", "product", "category", "assurance", "review"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(admin_client, table):
    address = reverse(f"admin:shop_{table}_changelist")
    stock_up()
    admin_client.get(address)
    with queries() as one:
        admin_client.get(address)
    stock_up()
    stock_up()
    with queries() as three:
        answer = admin_client.get(address)
    # A filter by creator or category reads its own list, in one query more or less.
    assert (answer.status_code, len(three) <= len(one) + 1) == (200, True)


@pytest.mark.parametrize("table", ["creator", "video", "product"])
def test_a_row_can_be_opened(admin_client, table):
    stock_up()
    model = {"creator": Creator, "video": Video, "product": None}[table]
    pk = model.objects.get().pk if model else SkuFactory().product.pk
    assert admin_client.get(reverse(f"admin:shop_{table}_change", args=[pk])).status_code == 200


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Video(clip="demo/clips/nowhere"), "clip"),
        (ProductImage(path="demo/products/nowhere.webp"), "path"),
        (Creator(avatar="../secret.webp"), "avatar"),
        (Assurance(icon="nowhere"), "icon"),
    ],
)
def test_a_file_that_is_not_there_is_refused_where_it_is_typed(row, field):
    with pytest.raises(ValidationError, match=f"(?s){field}.*There is no file static/"):
        row.clean_fields()
