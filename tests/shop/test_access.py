"""Who may open what: every address of the shop against nobody, another buyer, and staff who may do nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.shop.buying import ANSWERS, key_of, put_in_cart
from tests.shop.lived import Life, routes, rows
from tests.walker import Walker

pytestmark = pytest.mark.django_db

# Everyone may open these: what they show belongs to all, or to who asks, and no address names anything of a buyer.
EVERYONES = {
    "feed", "feed-more", "profile", "engage", "comments", "comment", "video-products", "poster", "clip", "share",
    "report",
    "shop", "category", "shelf", "search", "suggest", "saved", "product", "picture", "add-to-cart", "reviews", "ask",
    "wish", "claim", "like-comment", "helpful", "cart", "select", "coupon", "checkout", "orders",
    "mini-cart", "support", "open-ticket", "chat", "my-data", "my-data-download", "my-data-delete",
}  # fmt: skip

# The rest name something of a buyer: what is in the address, what is sent, and what anybody else hears.
THEIRS = {
    "order": (lambda life: [life.order.code], {}, 404),
    "cancel": (lambda life: [life.later.code], {}, 404),
    "order-live": (lambda life: [life.order.code], {}, 404),
    "track": (lambda life: [life.order.code], {}, 404),
    "buy-again": (lambda life: [life.order.code], {}, 404),
    "return-order": (lambda life: [life.order.code], {}, 404),
    "review": (lambda life: [life.order.code, life.sku.code], {"stars": 1, "text": "Mine now."}, 404),
    "delete-review": (lambda life: [life.order.code, life.sku.code], {}, 404),
    "return": (lambda life: [life.parent.code], {}, 404),
    "withdraw": (lambda life: [life.parent.code], {}, 404),
    "hand-in": (lambda life: [life.parent.code], {}, 404),
    "return-photo": (lambda life: [life.photo.pk], {}, 404),
    "ticket": (lambda life: [life.ticket.code], {}, 404),
    "live": (lambda life: [life.ticket.code], {}, 404),
    "reply": (lambda life: [life.ticket.code], {"key": "x", "text": "Mine now."}, 404),
    "resolve": (lambda life: [life.ticket.code], {}, 404),
    "rate": (lambda life: [life.chat.code], {"stars": 5}, 404),
    "call-in": (lambda life: [life.chat.code], {}, 404),
    "attachment": (lambda life: [life.attachment.code], {}, 404),
    # A video's and a SKU's address; whose comment and whose cart is known by who asks.
    "uncomment": (lambda life: [life.video.slug], {"key": "third"}, 200),
    "update-line": (lambda life: [life.sku.code], {"quantity": 0}, 303),
    "place": (lambda life: [], ANSWERS, 409),
}


def nobody() -> Walker:
    return Walker()


def another() -> Walker:
    """Who has a cart and an order of their own."""
    walker = Walker()
    put_in_cart(walker, Life("Something else").sku)
    return walker


def idle() -> Walker:
    """Signed in to the admin, with not a single permission."""
    walker = Walker()
    walker.client.force_login(get_user_model().objects.create_user("idle", is_staff=True))
    return walker


def kept() -> dict[str, list]:
    """All rows but the carts themselves: what somebody typed in vain is remembered in their own."""
    return rows("shop") | {"Cart": []}


def shop_routes() -> set[str]:
    return {name.removeprefix("shop:") for name in routes() if name.startswith("shop:")}


def test_every_address_of_the_shop_stands_in_one_of_these_two_lists():
    assert (shop_routes() - EVERYONES - THEIRS.keys(), EVERYONES & THEIRS.keys()) == (set(), set())
    assert EVERYONES | THEIRS.keys() == shop_routes()


@pytest.mark.parametrize("who", [nobody, another, idle])
def test_what_is_somebody_elses_is_not_there_and_nothing_of_it_changes(who):
    life = Life("Ada of Analytical Way")
    walker = who()
    key = key_of(life.walker.get("shop:checkout"))
    before = kept()
    leaks = []
    for name, (args, form, heard) in THEIRS.items():
        address = reverse(f"shop:{name}", args=args(life))
        for answer in (walker.client.get(address), walker.client.post(address, {"key": key} | form)):
            told = answer.status_code == 404 and life.words in answer.content.decode()
            if answer.status_code not in (heard, 405) or told:
                leaks.append((name, answer.request["REQUEST_METHOD"], answer.status_code))
    assert (leaks, before == kept()) == ([], True)


def test_the_buyer_opens_all_of_it():
    """Else the one before proves nothing."""
    life = Life("Ada of Analytical Way")
    opened = {}
    for name, (args, _, heard) in THEIRS.items():
        if heard == 404:
            opened[name] = life.walker.get(f"shop:{name}", *args(life)).status_code
    acts = {"buy-again", "delete-review", "withdraw", "hand-in", "reply", "resolve", "rate", "call-in"}
    assert opened == {name: 405 if name in acts else 200 for name in opened}


def test_nothing_of_a_buyer_stands_on_the_pages_of_another():
    Life("Ada of Analytical Way")
    walker = another()
    names = ["cart", "checkout", "orders", "support", "saved", "open-ticket"]
    pages = {name: walker.get(f"shop:{name}").content.decode() for name in names}
    assert {name for name, page in pages.items() if "Analytical" in page} == set()


def test_staff_opens_the_files_of_buyers_with_the_permission_and_while_they_work_here():
    life, walker = Life("Ada"), idle()
    user = get_user_model().objects.get()
    files = [
        reverse("shop:attachment", args=[life.attachment.code]),
        reverse("shop:return-photo", args=[life.photo.pk]),
    ]

    def heard() -> list[int]:
        return [walker.client.get(file).status_code for file in files]

    assert heard() == [404, 404]
    user.user_permissions.set(Permission.objects.filter(codename="view_ticket"))
    assert heard() == [200, 404]
    user.user_permissions.set(Permission.objects.filter(codename="view_return"))
    assert heard() == [404, 200]
    get_user_model().objects.update(is_active=False)
    assert heard() == [404, 404]


def test_a_file_that_got_lost_is_not_there():
    life = Life("Ada")
    for file in (life.attachment.file, life.photo.upload):
        file.storage.delete(file.name)
    assert [
        life.walker.get("shop:attachment", life.attachment.code).status_code,
        life.walker.get("shop:return-photo", life.photo.pk).status_code,
    ] == [404, 404]


def test_a_private_file_has_no_public_address():
    life = Life("Ada")
    for name in (life.attachment.file.name, life.photo.upload.name, life.upload.original.name):
        for address in (f"/media/{name}", f"/media/../private/{name}", f"/media/videos/..%2f..%2fprivate%2f{name}"):
            assert (life.walker.client.get(address).status_code, address) == (404, address)
