"""The demo catalogue: it obeys its tables, its files exist, and loading it twice changes nothing."""

import pytest
from django.core.management import call_command
from django.db.models import F, Sum

from shop import catalogue
from shop.models import (
    CannedReply,
    Comment,
    Coupon,
    Creator,
    Faq,
    Given,
    Product,
    Question,
    Review,
    ReviewPhoto,
    Sku,
    Video,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db):
    return catalogue.load()


def everything() -> dict:
    tables = [Creator, Product, Sku, Video, Review, Comment, Coupon, Question, ReviewPhoto]
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_loading_twice_changes_nothing(loaded):
    before = everything()
    assert loaded == {name: len(catalogue.entries(name)) for name in ("creators", "products", "videos")}
    assert catalogue.load() == {"creators": 0, "products": 0, "videos": 0}
    assert everything() == before


def test_loading_again_leaves_what_people_changed(loaded):
    Video.objects.update(likes=7)
    Sku.objects.update(stock=1)
    Review.objects.all().delete()
    catalogue.load()
    assert set(Video.objects.values_list("likes", flat=True)) == {7}
    assert set(Sku.objects.values_list("stock", flat=True)) == {1}
    assert not Review.objects.exists()


def test_what_people_deleted_does_not_return(loaded):
    Video.objects.filter(slug="serum-week-one").delete()
    Coupon.objects.all().delete()
    Question.objects.all().delete()
    Product.objects.update(deal_percent=None, deal_starts_at=None, deal_ends_at=None, size_chart=[])
    catalogue.load()
    left = [Video.objects.filter(slug="serum-week-one"), Coupon.objects.all(), Question.objects.all()]
    left += [Product.objects.exclude(deal_percent=None), Product.objects.exclude(size_chart=[])]
    assert [rows.count() for rows in left] == [0] * 5


def test_a_shop_of_an_earlier_version_gets_the_new_kinds_of_rows_once(loaded):
    whole = everything()
    for table in (Coupon, Question, ReviewPhoto, Given, Faq, CannedReply, Creator.liked_videos.through):
        table.objects.all().delete()
    Creator.objects.update(free_shipping_from_cents=None, business_name="")
    Product.objects.update(deal_percent=None, deal_starts_at=None, deal_ends_at=None, size_chart=[])
    Video.objects.filter(slug="serum-week-one").delete()
    assert catalogue.load() == {"creators": 0, "products": 0, "videos": 0}
    now = everything()
    for table in ("Coupon", "Question", "ReviewPhoto", "Creator", "Product"):
        assert len(now[table]) == len(whole[table]) > 0, table
    assert not Video.objects.filter(slug="serum-week-one").exists()
    assert Product.objects.get(slug="sunset-lamp").deal_runs
    assert Creator.objects.get(slug="mira-glows").free_shipping_from_cents == 2500
    catalogue.load()
    assert everything() == now


def test_there_is_something_of_every_kind_to_see(loaded):
    products = list(Product.objects.all())
    running = [product for product in products if product.deal_runs]
    coming = [product for product in products if product.deal_is_coming]
    assert (len(running) >= 3, len(coming), any(product.deal_left for product in running)) == (True, 1, True)
    kinds = set(Coupon.objects.open().values_list("kind", "audience"))
    assert {kind for kind, _ in kinds} == {"percent", "amount", "shipping"}
    assert {audience for _, audience in kinds} == {"all", "followers", "new"}
    assert Coupon.objects.count() - Coupon.objects.open().count() == 1
    assert ReviewPhoto.objects.count() >= 40
    assert Question.objects.answered().count() == Question.objects.count() >= 60


def test_the_ledger_explains_the_opening_stock(loaded):
    unexplained = Sku.objects.annotate(moved=Sum("movements__change")).exclude(stock=0, moved=None)
    assert not unexplained.exclude(stock=F("moved")).exists()


def test_the_command_says_what_it_did_in_one_line(capsys):
    call_command("load_demo")
    call_command("load_demo")
    first, second = capsys.readouterr().out.splitlines()
    assert (first, second) == (
        "New: 8 creators, 24 products, 24 videos.",
        "New: 0 creators, 0 products, 0 videos.",
    )


def test_every_row_is_one_the_admin_would_take(loaded):
    """Lengths, ranges, and every clip, picture and icon is a file."""
    for table in (Creator, Product, Sku, Video, Review, Comment, Coupon, Question, ReviewPhoto):
        for row in table.objects.all():
            row.full_clean()
    for product in Product.objects.prefetch_related("images", "assurances"):
        for thing in [*product.images.all(), *product.assurances.all()]:
            thing.clean_fields()


def test_every_product_can_be_looked_at_and_bought(loaded):
    for product in Product.objects.for_cards().prefetch_related("assurances"):
        assert product.skus.all()
        assert product.images.all()
        assert product.assurances.all()
        assert product.delivery_from_days <= product.delivery_to_days
