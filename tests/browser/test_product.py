"""The product page under a thumb: buying through the sheet, coupons, reviews; and buying without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.buyer import Buyer
from tests.browser.phone import PHONE

FIVE = re.compile("^5 ?stars")

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]


@pytest.fixture
def product(new_buyer):
    buyer = new_buyer()
    buyer.open_product("rose-serum")
    return buyer


def test_the_button_of_the_sheet_follows_its_opener_and_asks_for_what_is_missing(product):
    page = product.page
    page.locator(".product-bar [value=cart]").tap()
    expect(page.locator("[data-choose-now]")).to_have_text("Add to cart")
    page.locator("#choose [data-close]").tap()
    page.locator(".product-bar [value=buy_now]").tap()
    expect(page.locator("[data-choose-now]")).to_have_text("Buy now")
    page.locator("[data-choose-now]").tap()
    page.get_by_text("Choose your size first.").wait_for()
    product.choose()
    page.wait_for_url(re.compile("/checkout"))


def test_adding_to_the_cart_stays_on_the_page_and_moves_the_badge(product):
    product.put_into_cart()
    badge = product.page.locator(".product-top .badge")
    badge.filter(has_text="1").wait_for()
    product.page.locator("#choose").wait_for(state="hidden")
    product.put_into_cart()
    badge.filter(has_text="2").wait_for()
    assert product.page.url.endswith("/p/rose-serum")


def test_a_coupon_claimed_is_claimed_when_the_buyer_comes_back(product):
    claim = product.page.locator("#coupons [data-mine='claim:ROSE15']")
    for _ in range(2):
        product.page.locator("[data-block=coupons] a").tap()
        claim.wait_for()
        if claim.get_attribute("aria-pressed") == "false":
            claim.tap()
        product.page.locator("#coupons [data-mine='claim:ROSE15'][aria-pressed=true]").wait_for()
        product.page.reload()
    product.page.locator("[data-block=coupons] a").tap()
    expect(claim).to_have_text("Claimed", use_inner_text=True)


def test_reviews_are_filtered_in_their_sheet(product):
    page = product.page
    page.goto("/p/rose-serum/reviews")  # as a page, for the numbers
    five = int(re.findall(r"\d+", page.get_by_role("link", name=FIVE).first.text_content())[1])
    product.open_product("rose-serum")
    page.locator("[data-block=title] a[data-reviews]").tap()
    sheet = page.locator("#reviews-sheet")
    sheet.get_by_role("link", name=FIVE).tap()
    sheet.locator("[aria-current=true]", has_text="5 stars").wait_for()
    shown = sheet.locator(".review .stars").evaluate_all("all => all.map(stars => stars.ariaLabel)")
    assert shown == ["5 of 5 stars"] * five
    assert page.url.endswith("/p/rose-serum")


def test_without_a_script_a_product_is_chosen_ordered_and_delivered_to(browser, stack):
    context = browser.new_context(**PHONE, base_url=stack.url, java_script_enabled=False)
    buyer = Buyer(context.new_page())
    buyer.open_product("rose-serum")
    buyer.page.locator("#choose label", has_text="50 ml").click()
    buyer.page.locator(".product-bar [value=buy_now]").click()
    buyer.page.wait_for_url(re.compile("/checkout"))
    buyer.fill_address()
    buyer.page.get_by_role("button", name=re.compile("place order", re.I)).first.click()
    buyer.page.wait_for_url(re.compile("/orders/"))
    buyer.page.goto(buyer.page.url.partition("?")[0])
    assert "50 ml" in buyer.page.content()
    context.close()
