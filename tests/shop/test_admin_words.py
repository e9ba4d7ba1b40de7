"""What staff need not know: addresses make themselves, money is typed in dollars, and nobody is shown a closed door."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from shop.models import Comment, Coupon, Creator, Video
from tests.factories import (
    CommentFactory,
    CouponFactory,
    CreatorFactory,
    QuestionFactory,
    SkuFactory,
    VideoFactory,
)
from tests.shop.test_admin_access import staff
from tests.shop.test_admin_content import complaints, saved, sku_row
from tests.shop.test_admin_videos import mp4, video_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("caption", "slug"),
    [("Glow, week one", "glow-week-one"), ("✨✨", "miraglows"), ("", "miraglows"), ("Taken!", "taken-2")],
)
def test_an_address_left_empty_is_made_of_the_caption_or_the_handle(admin_client, caption, slug):
    VideoFactory(slug="taken")
    form = video_form(creator=CreatorFactory(handle="mira.glows").pk, slug="", caption=caption, file=mp4())
    admin_client.post(reverse("admin:shop_video_add"), form)
    assert Video.objects.exclude(slug="taken").get().slug == slug


def test_an_address_emptied_later_stays_what_links_lead_to(admin_client):
    product = SkuFactory(product__slug="rose-serum").product
    saved(admin_client, product, sku_row(product.skus.get()), slug="")
    product.refresh_from_db()
    assert product.slug == "rose-serum"


def test_a_typed_address_that_is_taken_is_refused(admin_client):
    CreatorFactory(slug="mira")
    page = admin_client.post(reverse("admin:shop_creator_add"), {"handle": "mira2", "slug": "mira"})
    assert complaints(page)["slug"] == ["Another page has this address: change it, or leave it empty."]
    assert Creator.objects.count() == 1


def test_no_shipping_price_is_free_shipping(admin_client):
    product = SkuFactory(product__shipping_cents=500).product
    saved(admin_client, product, sku_row(product.skus.get()), shipping_cents="")
    product.refresh_from_db()
    assert product.shipping_cents == 0


def test_a_coupon_is_typed_in_dollars(admin_client):
    now = timezone.localtime()
    form = {"code": "five", "kind": "amount", "percent": 0, "amount_cents": "5.50", "least_cents": "", "limit": 0}
    form |= {"audience": "all", "is_active": "on", "starts_at_0": now.date(), "starts_at_1": "00:00"}
    admin_client.post(reverse("admin:shop_coupon_add"), form | {"ends_at_0": "2999-01-01", "ends_at_1": "00:00"})
    assert list(Coupon.objects.values_list("code", "amount_cents", "least_cents")) == [("FIVE", 550, 0)]


@pytest.mark.parametrize("several", [True, False])
def test_a_comment_staff_deletes_is_no_longer_counted(admin_client, several):
    video = VideoFactory(comment_count=7)
    gone, stays = CommentFactory(video=video), CommentFactory(video=video)
    if several:
        chosen = {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes"}
        admin_client.post(reverse("admin:shop_comment_changelist"), chosen)
    else:
        admin_client.post(reverse("admin:shop_comment_delete", args=[gone.pk]), {"post": "yes"})
    video.refresh_from_db()
    assert (list(Comment.objects.all()), video.comment_count) == ([stays], 6)


def test_what_a_buyer_said_is_not_rewritten(admin_client):
    comment, question = CommentFactory(text="Mine"), QuestionFactory(text="Is it?")
    for table, row in [("comment", comment), ("question", question)]:
        form = {"text": "Theirs", "author": "Else", "answer": "Yes."}
        admin_client.post(reverse(f"admin:shop_{table}_change", args=[row.pk]), form)
        row.refresh_from_db()
    assert (comment.text, question.text, question.answer) == ("Mine", "Is it?", "Yes.")


@pytest.mark.parametrize(
    ("permissions", "links"),
    [
        ([], []),
        (["^view_order$"], ["shop/order/"]),
        (
            ["^change_ticket$", "^view_journey$"],
            [
                *(f"analytics/{page}/" for page in (
                    "diagnosis", "funnel", "job", "journey", "productday", "savedreport", "videoday",
                )),
                "lost-steps/", "shop/ticket/", "steps/",
            ],
        ),
    ],
)  # fmt: skip
def test_the_sidebar_leads_only_where_one_may_go(permissions, links):
    page = staff(*permissions).get(reverse("admin:index"))
    shown = [item for part in page.context["sidebar_navigation"] for item in part["items"] if item["has_permission"]]
    assert sorted(str(item["link"]).removeprefix("/admin/") for item in shown) == sorted(links)


def test_import_and_copy_are_offered_to_who_may_add_and_change():
    product = SkuFactory().product
    addresses = [reverse("admin:shop_product_changelist"), reverse("admin:shop_product_change", args=[product.pk])]
    buttons = [b"Import from CSV", b'name="shop_product_save_and_copy"']
    client = staff("^(view|change)_product$")
    shown = [[button in client.get(one).content for one, button in zip(addresses, buttons, strict=True)]]
    Permission.objects.get(codename="add_product").user_set.set(get_user_model().objects.all())
    shown += [[button in client.get(one).content for one, button in zip(addresses, buttons, strict=True)]]
    assert shown == [[False, False], [True, True]]


@pytest.mark.parametrize("listed", [True, False])
def test_a_question_leads_to_the_page_it_was_asked_on_while_there_is_one(admin_client, listed):
    question = QuestionFactory(product__is_listed=listed, product__slug="rose-serum")
    page = admin_client.get(reverse("admin:shop_question_change", args=[question.pk])).content.decode()
    assert ('href="/p/rose-serum"' in page) == listed


@pytest.mark.parametrize("table", ["video", "product", "coupon"])
def test_a_screen_reader_hears_what_each_cell_and_picture_of_a_list_is(admin_client, table):
    sku = SkuFactory()
    VideoFactory(products=[sku.product])
    CouponFactory()
    page = admin_client.get(reverse(f"admin:shop_{table}_changelist")).content.decode()
    assert ('aria-label="Is active"' in page) == (table == "coupon")
    assert re.findall(r'<img class="thumb-\w+" src="[^"]*" alt=""', page) == []
