"""The other sheets of a video: its products, its address, and a report to staff."""

import re

import pytest
from django.urls import reverse

from shop.models import Report
from tests.factories import ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import queries, said
from tests.walker import Walker

pytestmark = pytest.mark.django_db


def test_each_product_is_bought_from_its_row(walker):
    one = SkuFactory(product__slug="balm", price_cents=890)
    two = SkuFactory(product__slug="serum", option="30 ml")
    SkuFactory(product=two.product, option="50 ml", stock=0)
    VideoFactory(slug="week-one", products=[one.product, two.product])
    page = said(walker.get("shop:video-products", "week-one"))
    assert re.findall(r'data-item="(\w+)" data-index="(\d)"', page) == [("balm", "0"), ("serum", "1")]
    assert f'name="sku" value="{one.code}"' in page
    assert re.findall(r"<option[^>]*>([^<]+)", page) == ["30 ml, $16.90", "50 ml, sold out"]
    assert walker.post("shop:add-to-cart", "balm", sku=one.code, quantity=1, video="week-one").status_code == 303


def test_what_is_sold_out_stays_and_what_is_off_the_shelf_does_not(walker):
    gone = SkuFactory(product__slug="gone", stock=0).product
    VideoFactory(slug="week-one", products=[gone, ProductFactory(slug="off", is_listed=False)])
    page = said(walker.get("shop:video-products", "week-one"))
    assert (re.findall(r'data-item="(\w+)"', page), "Sold out" in page, "<form" in page) == (["gone"], True, False)


def test_the_sheet_asks_as_often_for_three_products_as_for_one(walker):
    def asked(count: int) -> int:
        video = VideoFactory(products=[SkuFactory().product for _ in range(count)])
        with queries() as counted:
            walker.get("shop:video-products", video.slug)
        return len(counted)

    asked(1)  # what runs is read once in a while, whatever is asked
    assert asked(3) == asked(1) <= 4


def test_the_address_to_pass_on_leads_to_the_video(walker, settings):
    settings.ALLOWED_HOSTS = ["shop.example"]
    VideoFactory(slug="week-one")
    page = walker.client.get(reverse("shop:share", args=["week-one"]), headers={"host": "shop.example"})
    assert ('value="http://shop.example/?video=week-one"' in said(page), "<svg" in said(page)) == (True, True)


@pytest.mark.both
def test_a_report_is_kept_once_with_the_last_reason(walker):
    video = VideoFactory(slug="week-one")
    for reason in ("spam", "fake"):
        assert walker.post("shop:report", "week-one", reason=reason).status_code == 200
    Walker().post("shop:report", "week-one", reason="other")
    assert list(Report.objects.order_by("pk").values_list("video", "reason", "handled_at")) == [
        (video.pk, "fake", None),
        (video.pk, "other", None),
    ]


@pytest.mark.parametrize(
    ("slug", "reason", "status"), [("week-one", "boo", 400), ("week-one", "", 400), ("no", "spam", 404)]
)
def test_what_is_no_report_is_refused(walker, slug, reason, status):
    VideoFactory(slug="week-one")
    assert walker.post("shop:report", slug, reason=reason).status_code == status
    assert not Report.objects.exists()


def test_staff_takes_a_reported_video_down(walker, admin_client):
    VideoFactory(slug="week-one")
    for buyer in (walker, Walker()):
        buyer.post("shop:report", "week-one", reason="fake")
    reports = reverse("admin:shop_report_changelist")
    assert said(admin_client.get(reports)).count('name="_selected_action"') == 2
    chosen = Report.objects.values_list("pk", flat=True)[:1]
    admin_client.post(reports, {"action": "take_down", "_selected_action": chosen})
    assert "There is nothing to watch yet." in said(walker.get("shop:feed"))
    assert Report.objects.filter(handled_at=None).count() == 0
