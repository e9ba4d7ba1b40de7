"""My data: what is kept about who asks, and about nobody else; to see, to take along, to stop and to delete."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.counts.collecting import settle
from journey.models.participant import code_of
from journey.steps import Step
from shop.models import Order, Wish
from tests.factories import SkuFactory
from tests.shop.buying import bought, put_in_cart
from tests.shop.lived import Life
from tests.walker import Walker

pytestmark = pytest.mark.django_db
WORDS = "Whispering walnut 4711"


def counted(page) -> dict[str, int]:
    found = re.findall(r"<li><span>(.+?)<small.*?</small></span><b>(\d+)</b></li>", page.content.decode())
    return {title: int(count) for title, count in found}


def downloaded(walker: Walker) -> dict:
    answer = walker.get("shop:my-data-download")
    assert answer["Content-Disposition"] == f'attachment; filename="my-data-{timezone.localdate()}.json"'
    return json.loads(b"".join(answer.streaming_content))


def my_data(walker: Walker) -> str:
    return walker.get("shop:my-data").content.decode()


def test_the_page_says_how_much_of_what_is_kept_and_for_how_long(db):
    life = Life(WORDS)
    settle()
    page = life.walker.get("shop:my-data")
    found = counted(page)
    steps = found.pop("Steps")
    assert steps == len(life.walker.events)
    assert found == {
        "Numbers instead of a name": 1,
        "Walks through the shop": 1,
        "Orders, with names and addresses": 2,
        "Returns": 1,
        "Conversations with support and stores": 2,
        "Reviews": 1,
        "Things in the cart": 1,
        "Saved products": 1,
        "Likes, saves, shares and follows": 1,
        "Comments": 1,
        "Questions about products": 1,
        "Coupons": 1,
    }
    assert ("kept for 90 days" in page.content.decode(), "kept until you delete it" in page.content.decode()) == (
        True,
        True,
    )


def test_steps_are_listed_in_words_the_latest_first(walker):
    walker.get("shop:shop")
    walker.get("shop:product", SkuFactory(product__slug="rose-serum").product.slug)
    settle()
    said = re.findall(r"</time><span>(.+?)</span></li>", my_data(walker))
    assert [re.sub("<.*?>", "", one) for one in said] == [
        f"{Step.VIEW_ITEM.meaning} rose-serum",
        Step.VIEW_SHOP.meaning,
    ]


def test_looking_at_it_is_no_step(walker):
    walker.get("shop:my-data")
    walker.get("shop:my-data-download")
    walker.get("shop:my-data-delete")
    settle()
    assert counted(walker.get("shop:my-data")) == {}


def test_the_download_holds_every_step_and_the_rows_of_the_shop(db):
    life = Life(WORDS)
    settle()
    told = downloaded(life.walker)
    steps = told["steps"]["rows"]
    assert [step["step"] for step in steps] == [step.value for step in life.walker.steps]
    assert {step["participant"] for step in steps} == {code_of(life.walker.participant)}
    assert [order["code"] for order in told["orders"]["rows"]] == [life.order.code, life.later.code]
    assert told["orders"]["rows"][0] | {"full_name": WORDS, "street": WORDS, "city": WORDS} == told["orders"]["rows"][0]
    assert told["orders"]["rows"][0]["lines"][0]["quantity"] == 3
    assert told["returns"]["rows"][0]["text"] == WORDS
    assert [ticket["messages"][0]["text"] for ticket in told["tickets"]["rows"]] == [WORDS, WORDS]
    assert told["tickets"]["rows"][0]["files"][0]["name"] == life.attachment.name
    assert told["reviews"]["rows"][0]["text"] == told["comments"]["rows"][0]["text"] == WORDS
    assert [kind for kind in told if kind != "made_at" and len(told[kind]["rows"]) == 0] == [
        "consents", "dead_events", "comment_likes", "helpful_votes", "reports",
        "forwarded",
    ]  # fmt: skip


def test_nobody_sees_anything_of_anybody_else(db):
    life, other = Life(WORDS), Life("Nebulous nectarine 0815")
    settle()
    told = json.dumps(downloaded(other.walker)) + my_data(other.walker)
    theirs = [WORDS, life.order.code, life.order.buyer, life.ticket.code, life.parent.code]
    theirs += [str(life.walker.participant), code_of(life.walker.participant)]
    assert [one for one in theirs if one in told] == []
    assert other.order.code in told


def test_who_comes_without_cookies_or_with_forged_ones_has_nothing(db):
    life = Life(WORDS)
    settle()
    forger = Walker()
    forger.client.cookies["participant"] = str(life.walker.participant) + ":forged"
    forger.client.cookies["buyer"] = life.order.buyer
    for walker in (Walker(), forger):
        assert "Nothing is kept about you." in my_data(walker)
        assert all(not kind["rows"] for name, kind in downloaded(walker).items() if name != "made_at")
        walker.post("shop:my-data-delete")
    assert Order.objects.count() == 2


def test_staff_sees_here_what_is_their_own_and_no_more(admin_client):
    Life(WORDS)
    settle()
    assert "Nothing is kept about you." in admin_client.get(reverse("shop:my-data")).content.decode()


def test_it_is_never_kept_by_a_cache(walker):
    for name in ("my-data", "my-data-download", "my-data-delete"):
        assert "no-store" in walker.get(f"shop:{name}")["Cache-Control"]


def test_it_is_deleted_only_by_sending_the_form_from_a_page_of_this_shop(walker):
    order = bought(walker, SkuFactory())
    walker.client.handler.enforce_csrf_checks = True
    assert walker.post("shop:my-data-delete").status_code == 403
    assert walker.get("shop:my-data-delete").status_code == 200
    assert Order.objects.get() == order


def test_it_stops_with_one_tap_and_goes_on_with_another(walker):
    walker.get("shop:shop")
    assert "Your steps are counted" in my_data(walker)
    walker.client.post(reverse("journey:consent"), {"answer": "no", "next": "/my-data"})
    assert "You are not counted" in my_data(walker)
    walker.client.post(reverse("journey:consent"), {"answer": "yes", "next": "/my-data"})
    assert "Your steps are counted" in my_data(walker)


def test_after_deletion_the_page_says_so_and_the_shop_can_be_used_at_once(walker):
    sku = SkuFactory()
    bought(walker, sku)
    walker.post("shop:wish", sku.product.slug)
    answer = walker.post("shop:my-data-delete")
    assert answer["Location"] == "/my-data?deleted"
    said = walker.client.get(answer["Location"]).content.decode()
    assert ("Everything is deleted." in said, "Nothing is kept about you." in said) == (True, True)
    assert (Order.objects.count(), Wish.objects.count()) == (0, 0)
    assert put_in_cart(walker, sku).status_code == 303
    bought(walker, sku)
    assert counted(walker.get("shop:my-data"))["Orders, with names and addresses"] == 1


def test_an_address_alone_does_not_say_that_anything_was_deleted(walker):
    bought(walker, SkuFactory())
    said = walker.client.get("/my-data?deleted").content.decode()
    assert ("Everything is deleted." in said, "data-forgotten" in said) == (False, False)


def test_many_steps_come_page_by_page(walker):
    for _ in range(51):
        walker.get("shop:shop")
    settle()
    first, second = my_data(walker), walker.client.get("/my-data?page=2").content.decode()
    assert [page.count("<time") for page in (first, second)] == [50, 1]
    assert ("Older" in first, "Newer" in first, "Older" in second, "Newer" in second) == (True, False, False, True)
