"""Words made to run, in a real browser: on the pages where most of what buyers and staff wrote comes together."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from shop.models import CannedReply, Comment, Message, Product, Review, Ticket, Video
from tests.browser.phone import LAPTOP, PHONE
from tests.shop.lived import Life

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "7*7\"><img src=x onerror=alert(1)><xss>'</script><svg onload=alert(2)>"


@pytest.fixture
def life() -> Life:
    life = Life(WORDS)
    for model, name in ((Product, "title"), (Video, "caption"), (Review, "author"), (Comment, "author")):
        model.objects.update(**{name: WORDS[: model._meta.get_field(name).max_length]})
    return life


@pytest.fixture
def visit(browser, live_server):
    """Opens a page as a client of the tests, with what it does on it; nothing may ask, and nothing may become a tag."""
    heard = []

    def open_page(client: Client, address: str, act=None, **device) -> None:
        context = browser.new_context(**device or PHONE, base_url=live_server.url)
        context.add_cookies(
            [{"name": c.key, "value": c.value, "url": live_server.url} for c in client.cookies.values()]
        )
        page = context.new_page()
        page.on("dialog", lambda dialog: (heard.append((address, dialog.message)), dialog.dismiss()))
        page.goto(address)
        if act:
            act(page)
        page.wait_for_timeout(300)
        assert "7*7" in page.content(), address  # the words are there
        assert page.locator("xss, img[onerror], svg[onload]").count() == 0, address
        context.close()

    yield open_page
    assert heard == []


def test_a_product_with_its_reviews(life, visit):
    client, address = life.walker.client, reverse("shop:product", args=[life.sku.product.slug])
    visit(client, address)
    visit(client, reverse("shop:reviews", args=[life.sku.product.slug]))


def test_the_feed_with_its_comments(life, visit):
    def open_comments(page) -> None:
        page.locator("[data-open*=comment], [data-comments], a[href*='/comments']").first.click()
        page.get_by_text("7*7").first.wait_for()

    visit(life.walker.client, f"{reverse('shop:feed')}?video={life.video.slug}", open_comments)


def test_a_conversation(life, visit):
    visit(life.walker.client, reverse("shop:ticket", args=[life.ticket.code]))
    visit(life.walker.client, reverse("shop:order", args=[life.order.code]))


def test_a_search_and_what_the_inspector_says_of_it(life, visit):
    visit(life.walker.client, reverse("shop:search") + "?q=%22%3E%3Cxss%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E7*7")
    visit(life.walker.client, f"{reverse('shop:feed')}?video={life.video.slug}", **LAPTOP)


def test_the_inbox_of_staff_and_a_canned_reply(life, visit):
    CannedReply.objects.create(title=WORDS[:60], text=WORDS + " {name} {product}")
    Message.objects.filter(ticket=life.ticket).update(text=WORDS)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("staff"))

    def answer(page) -> None:
        page.select_option("#id_canned", index=1)

    visit(client, reverse("admin:shop_ticket_change", args=[life.ticket.pk]), answer, **LAPTOP)
    visit(client, reverse("admin:shop_ticket_changelist"), **LAPTOP)
    visit(client, reverse("admin:shop_order_changelist"), **LAPTOP)
    assert Ticket.objects.count() == 2
