"""Products and creators in the admin: pictures are dropped, prices are typed in dollars, stock is moved."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from shop.admin.skus import SkuForm
from shop.models import Product, ProductImage, Sku, StockMovement, Video
from shop.prices import as_typed
from shop.services.copies import copy_of
from tests.factories import (
    AssuranceFactory,
    CreatorFactory,
    ProductFactory,
    ProductImageFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.test_uploads import picture

pytestmark = pytest.mark.django_db


def no_rows(*prefixes: str) -> dict[str, object]:
    return {f"{prefix}-{name}": 0 for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def product_form(product: Product, *skus: dict, **more: object) -> dict[str, object]:
    names = [
        "title", "slug", "link_title", "summary", "description", "option_name", "sold", "delivery_from_days",
        "delivery_to_days", "deal_pieces",
    ]  # fmt: skip
    told = {name: getattr(product, name) for name in names}
    told |= {"creator": product.creator_id, "category": product.category_id, "shipping_cents": "0.00"}
    told |= {"details": "", "in_the_box": "", "size_chart": "", "is_listed": "on"}
    rows = {"skus-TOTAL_FORMS": len(skus), "skus-INITIAL_FORMS": sum("id" in sku for sku in skus)}
    rows |= {f"skus-{n}-{name}": value for n, sku in enumerate(skus) for name, value in sku.items()}
    return told | no_rows("images") | rows | more


def sku_row(sku: Sku, **more: object) -> dict[str, object]:
    return {
        "id": sku.pk, "product": sku.product_id, "code": sku.code, "option": sku.option, "position": sku.position,
        "price_cents": as_typed(sku.price_cents), "list_price_cents": "", "move": "",
    } | more  # fmt: skip


def saved(admin_client, product: Product, *skus: dict, **more: object):
    address = reverse("admin:shop_product_change", args=[product.pk])
    return admin_client.post(address, product_form(product, *skus, **more), follow=True)


def complaints(page) -> dict[str, list[str]]:
    return dict(page.context["adminform"].form.errors)


def test_prices_are_shown_and_typed_in_dollars(admin_client):
    sku = SkuFactory(price_cents=1690)
    page = admin_client.get(reverse("admin:shop_product_change", args=[sku.product_id]))
    assert 'value="16.90"' in page.content.decode()
    saved(admin_client, sku.product, sku_row(sku, price_cents="$1,017.05", list_price_cents="1200"))
    sku.refresh_from_db()
    assert (sku.price_cents, sku.list_price_cents) == (101_705, 120_000)


@pytest.mark.parametrize("typed", ["sixteen", "16.905", "-1", "NaN", "1e30", "16,90 €"])
def test_what_is_no_price_is_refused_in_a_sentence(admin_client, typed):
    sku = SkuFactory()
    page = saved(admin_client, sku.product, sku_row(sku, price_cents=typed))
    assert f"“{typed}” is no amount: type it like 16.90." in page.content.decode()
    sku.refresh_from_db()
    assert sku.price_cents == 1690


def test_lists_are_typed_line_by_line_and_tables_with_bars(admin_client):
    product = ProductFactory(details=[["Volume", "30 ml"], ["Scent", "Rose"]], in_the_box=["Bottle", "Pipette"])
    page = admin_client.get(reverse("admin:shop_product_change", args=[product.pk])).content.decode()
    assert "Volume | 30 ml\nScent | Rose</textarea>" in page
    assert "Bottle\nPipette</textarea>" in page
    saved(
        admin_client, product, details="Volume | 50 ml\r\n", in_the_box="Bottle", size_chart="Size | Chest\nS | 86 cm"
    )
    product.refresh_from_db()
    assert product.details == [["Volume", "50 ml"]]
    assert (product.in_the_box, product.size_chart) == (["Bottle"], [["Size", "Chest"], ["S", "86 cm"]])
    refused = saved(admin_client, product, details="Volume")
    assert complaints(refused) == {
        "details": ["Each line needs as many cells as the first, with | between them, two at least."]
    }


def test_a_struck_price_is_higher_than_the_price(admin_client):
    sku = SkuFactory()
    page = saved(admin_client, sku.product, sku_row(sku, list_price_cents="16.90"))
    assert "The price that is struck must be higher than the price." in page.content.decode()


@pytest.mark.both
def test_stock_is_moved_from_the_products_page_and_the_ledger_says_why(admin_client):
    sku = SkuFactory(stock=10)
    saved(admin_client, sku.product, sku_row(sku, move="+20"))
    saved(admin_client, sku.product, sku_row(sku, move="-1"))
    sku.refresh_from_db()
    assert sku.stock == 29
    assert list(sku.movements.values_list("change", "reason")) == [
        (-1, "correction"),
        (20, "correction"),
        (10, "opening"),
    ]
    assert "There are only 29" in saved(admin_client, sku.product, sku_row(sku, move="-30")).content.decode()


def test_a_new_sku_opens_with_the_stock_it_is_given(admin_client):
    product = ProductFactory()
    saved(admin_client, product, {"code": "NEW", "option": "One", "price_cents": "5", "position": 0, "move": "12"})
    sku = Sku.objects.get()
    assert (sku.price_cents, sku.stock) == (500, 12)
    assert list(StockMovement.objects.values_list("change", "reason")) == [(12, "opening")]


@pytest.mark.both
def test_what_is_sold_while_a_product_is_saved_stays_sold(admin_client, monkeypatch):
    sku = SkuFactory(stock=10)
    cleaned = SkuForm.clean
    monkeypatch.setattr(SkuForm, "clean", lambda form: (cleaned(form), Sku.objects.update(stock=7))[0])
    saved(admin_client, sku.product, sku_row(sku, option="Large"))
    sku.refresh_from_db()
    assert (sku.option, sku.stock) == ("Large", 7)


def test_pictures_are_added_several_at_once_small_and_after_the_others(admin_client):
    image = ProductImageFactory(position=3)
    files = [picture((2000, 1000)), picture(kind="PNG")]
    saved(admin_client, image.product, new_pictures=files)
    added = list(ProductImage.objects.order_by("position")[1:])
    assert [(one.position, Image.open(one.upload).size) for one in added] == [(4, (1080, 540)), (5, (40, 20))]
    assert all(one.url.startswith("/media/pictures/") for one in added)


def test_a_picture_that_is_none_is_refused_by_name_and_none_is_kept(admin_client):
    product = ProductFactory()
    page = saved(admin_client, product, new_pictures=[picture(), SimpleUploadedFile("notes.png", b"text")])
    assert complaints(page) == {
        "new_pictures": ["notes.png: This is not a picture we can read: send a JPEG, PNG or WebP."]
    }
    assert ProductImage.objects.count() == 0


def test_a_creator_gets_a_portrait(admin_client):
    creator = CreatorFactory()
    names = ["handle", "slug", "name", "store_name", "followers", "following", "likes", "store_rating", "store_sold"]
    form = {name: getattr(creator, name) for name in [*names, "response_rate"]}
    form |= {"free_shipping_from_cents": "35", "new_portrait": picture((900, 900))}
    admin_client.post(reverse("admin:shop_creator_change", args=[creator.pk]), form)
    creator.refresh_from_db()
    assert (creator.avatar_url.startswith("/media/pictures/"), creator.free_shipping_from_cents) == (True, 3500)


@pytest.mark.both
def test_a_copy_has_everything_but_stock_sales_and_a_deal(admin_client):
    sku = SkuFactory(code="SER", product__slug="serum", product__sold=99)
    product = sku.product
    product.assurances.add(AssuranceFactory())
    ProductImageFactory(product=product)
    now = timezone.now()
    Product.objects.update(deal_percent=20, deal_starts_at=now, deal_ends_at=now + timedelta(hours=1), deal_claimed=2)
    product.refresh_from_db()
    copied = copy_of(product)
    assert (copied.slug, copied.is_listed, copied.sold, copied.deal_is_planned, copied.deal_claimed) == (
        "serum-2", False, 0, False, 0,
    )  # fmt: skip
    assert list(copied.skus.values_list("code", "price_cents", "stock")) == [("SER-2", 1690, 0)]
    assert (copied.images.count(), copied.assurances.count(), Product.objects.get(slug="serum").skus.get().stock) == (
        1, 1, 10,
    )  # fmt: skip
    page = saved(admin_client, product, sku_row(Sku.objects.get(code="SER")), shop_product_save_and_copy="1")
    assert page.redirect_chain[-1][0] == reverse(
        "admin:shop_product_change", args=[Product.objects.get(slug="serum-3").pk]
    )


def test_products_and_videos_are_listed_and_delisted_together(admin_client):
    product, video = ProductFactory(is_listed=False), VideoFactory()
    for table, name, row in [("product", "list_products", product), ("video", "unpublish", video)]:
        form = {"action": name, "_selected_action": [row.pk]}
        admin_client.post(reverse(f"admin:shop_{table}_changelist"), form)
    assert (Product.objects.get().is_listed, Video.objects.get().is_published) == (True, False)


def test_a_deal_shows_what_buyers_will_see(admin_client):
    sku = SkuFactory(price_cents=1690)
    starts = timezone.now() + timedelta(hours=1)
    Product.objects.update(deal_percent=20, deal_starts_at=starts, deal_ends_at=starts + timedelta(hours=5))
    page = admin_client.get(reverse("admin:shop_product_change", args=[sku.product_id])).content.decode()
    assert all(words in page for words in ("Planned", "$13.52", "$16.90"))


@pytest.mark.parametrize(("hours", "claimed"), [({"starts": 3, "ends": 9}, 0), ({"starts": 1, "ends": 9}, 5)])
def test_the_pieces_of_the_last_deal_do_not_count_in_the_next_one(admin_client, hours, claimed):
    """One that lasts longer is still the same."""
    start = timezone.localtime().replace(microsecond=0)
    product = SkuFactory().product
    ends = start + timedelta(hours=5)
    running = {"deal_starts_at": start + timedelta(hours=1), "deal_ends_at": ends, "deal_claimed": 5}
    Product.objects.update(deal_percent=20, deal_pieces=5, **running)
    product.refresh_from_db()
    form = {"deal_percent": 20}
    for name, after in hours.items():
        when = start + timedelta(hours=after)
        form |= {f"deal_{name}_at_0": f"{when:%Y-%m-%d}", f"deal_{name}_at_1": f"{when:%H:%M:%S}"}
    saved(admin_client, product, **form)
    assert Product.objects.values_list("deal_ends_at", "deal_claimed").get() == (start + timedelta(hours=9), claimed)
