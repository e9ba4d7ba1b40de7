"""The catalogue in the admin: lists that stay quick, and doors that refuse what would break a page."""

import secrets

import pytest
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse

from shop.models import (
    Assurance,
    CannedReply,
    CouponClaim,
    Creator,
    Faq,
    Product,
    ProductImage,
    Report,
    Video,
)
from tests.factories import (
    AssuranceFactory,
    CommentFactory,
    CouponFactory,
    ProductImageFactory,
    QuestionFactory,
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
    video = VideoFactory(products=[sku.product], creator=sku.product.creator)
    CommentFactory(video=video)
    buyer = secrets.token_hex(8)
    Report.objects.create(video=video, buyer=buyer, reason="spam")
    QuestionFactory(product=sku.product)
    coupon = CouponFactory(creator=sku.product.creator)
    CouponClaim.objects.create(coupon=coupon, buyer=buyer)
    CannedReply.objects.create(title=buyer, text="Hi {name}")
    Faq.objects.create(slug=buyer, question="How long?", answer="A week.")


LISTS = [
    *("creator", "video", "comment", "product", "category", "assurance", "review", "report", "question", "coupon"),
    *("sku", "cannedreply", "faq"),
]


@pytest.mark.parametrize("table", LISTS)
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
    assert (answer.status_code, len(three)) == (200, len(one))


@pytest.mark.parametrize("model", [Creator, Video, Product])
def test_a_row_can_be_opened(admin_client, model):
    stock_up()
    address = reverse(f"admin:shop_{model._meta.model_name}_change", args=[model.objects.get().pk])
    assert admin_client.get(address).status_code == 200


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


def test_a_file_that_got_lost_later_leaves_a_stand_in(settings):
    strict = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": strict}
    assert Video(clip="demo/clips/lost").poster_url == ""
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        static("demo/clips/lost.webp")
