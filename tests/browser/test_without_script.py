"""A buyer whose browser runs no script: from the product page to the order, the ticket and the return."""

import re

import pytest

from tests.browser.buyer import Buyer
from tests.browser.phone import PHONE
from tests.browser.test_after_purchase import TEN_DAYS, later
from tests.stack.demo import eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PATIENCE_S = 15


@pytest.fixture
def buyer(browser, stack):
    context = browser.new_context(**PHONE, base_url=stack.url, java_script_enabled=False)
    yield Buyer(context.new_page())
    context.close()


def buy(buyer) -> str:
    """From a video to the order, through the cart; returns the code of the order."""
    page = buyer.page
    page.goto("/?video=crunch-test")
    page.locator("[data-anchor]").first.click()
    page.wait_for_url(re.compile("/p/chili-crisp"))
    page.locator("#choose label", has_text="Hot").first.click()
    page.locator(".product-bar [value=cart]").click()
    page.goto("/cart")
    page.get_by_role("link", name=re.compile("^Checkout")).click()
    buyer.fill_address()
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url(re.compile("/orders/"))
    return re.search(r"/orders/(\w+)", page.url)[1]


def go_on(page) -> None:
    page.get_by_role("button", name=re.compile("^(Continue|Send request)$")).last.click()


def test_a_thing_is_found_bought_asked_about_and_sent_back(buyer, stack):
    page, code = buyer.page, buy(buyer)
    page.goto(f"/orders/{code}")
    page.get_by_role("link", name="Get help with this order").click()
    page.get_by_text("Where is my order?").click()
    page.fill("textarea", "It should have come on Tuesday.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile(r"/support/(?!new)\w+$"))
    assert page.get_by_text("It should have come on Tuesday.").is_visible()

    later(stack, TEN_DAYS, code)
    page.goto(f"/orders/{code}")
    back = page.get_by_role("link", name="Return or refund")
    assert eventually(lambda: page.reload() and back.is_visible(), PATIENCE_S)
    back.click()
    page.locator("form.wizard input[type=checkbox]").first.check()
    go_on(page)
    for answer in ("Send it back", "I changed my mind", "", "Drop it off"):
        if answer:
            page.get_by_text(answer).first.click()
        go_on(page)
    assert page.get_by_text("You get back").is_visible()
    go_on(page)
    page.wait_for_url(re.compile("/returns/"))
    assert page.get_by_text("Waiting for the seller").first.is_visible()


def test_a_question_a_coupon_and_a_wish_need_no_script(buyer):
    page = buyer.page
    page.goto("/p/rose-serum")
    page.locator("#coupons [data-mine='claim:SCROLL10']").click()
    assert page.get_by_text("It is yours.").is_visible()
    page.goto("/p/rose-serum")
    page.get_by_role("button", name="Save for later").click()
    page.goto("/saved")
    assert page.get_by_text("Rose Water Face Serum").first.is_visible()
    page.goto("/p/rose-serum")
    page.fill("#ask textarea", "Does it pill under sunscreen?")
    page.locator("#ask button", has_text="Send").click()
    assert page.locator(".note-good").first.is_visible()
