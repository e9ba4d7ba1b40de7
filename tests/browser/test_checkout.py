"""The cart and the checkout by touch: two stores, a coupon, a card that is declined, a nervous thumb, a tunnel."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]


def fill_the_cart(buyer, *products: str):
    for product in products:
        buyer.open_product(product)
        told = buyer.page.evaluate(ADD)
        assert told["message"] == "In your cart."
    buyer.page.goto("/cart")
    return buyer.page


ADD = """async () => {
  const value = (name) => document.querySelector(`input[name=${name}]:not(:disabled)`).value;
  const token = value("csrfmiddlewaretoken");
  const body = new URLSearchParams({ sku: value("sku"), quantity: 1, csrfmiddlewaretoken: token });
  const headers = { Accept: "application/json" };
  const answer = await fetch(`${location.pathname}/add`, { method: "POST", headers, body });
  return answer.json();
}"""


def total(page) -> str:
    return page.locator(".bar-total b:visible").inner_text()


def cents(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def orders(page) -> int:
    page.goto("/orders")
    paths = page.locator("a[href^='/orders/']").evaluate_all("all => all.map(link => link.pathname)")
    return len({path.split("/")[2] for path in paths})


def test_a_cart_of_two_stores_with_a_coupon_becomes_one_order(new_buyer):
    buyer = new_buyer()
    page = fill_the_cart(buyer, "rose-serum", "pour-over-kit")
    before = cents(total(page))
    page.get_by_label("Coupon code").fill("rose15")
    page.get_by_role("button", name="Apply").tap()
    expect(page.get_by_text("is yours").or_(page.get_by_text("takes")).first).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("All from")).last.tap()
    expect(page.get_by_role("link", name="Checkout (1)")).to_be_visible()
    assert cents(total(page)) < before
    page.get_by_role("checkbox", name="All", exact=True).tap()
    page.get_by_role("button", name=re.compile("^Remove")).first.tap()
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_role("link", name="Checkout (2)")).to_be_visible()
    agreed = total(page)
    buyer.to_checkout()
    assert total(page) == agreed
    page.get_by_text("Express delivery").tap()
    expect(page.locator(".bar-total b:visible")).to_have_text(f"${(cents(agreed) + 499) / 100:.2f}")
    agreed = total(page)
    buyer.fill_address()
    buyer.pay()
    expect(page.get_by_text(agreed).first).to_be_visible()


def test_declined_offline_and_tapped_twice_is_still_one_order(new_buyer):
    buyer = new_buyer()
    page = fill_the_cart(buyer, "rose-serum")
    buyer.to_checkout()
    buyer.fill_address()
    button = page.get_by_role("button", name="Place order")
    page.get_by_text("Test card that is declined").tap()
    button.tap()
    expect(page.get_by_text("Your bank declined this card.")).to_be_visible()
    assert page.input_value("[name=city]") == "Portland"

    page.get_by_text("Test card", exact=True).tap()
    page.context.set_offline(True)
    button.tap()
    expect(page.get_by_text("No answer came from the shop.")).to_be_visible()
    page.context.set_offline(False)
    button.evaluate("button => (button.click(), button.click())")
    page.wait_for_url(re.compile("/orders/"))
    page.go_back()
    expect(page.get_by_text("You have ordered this already.")).to_be_visible()
    assert orders(page) == 1


def test_what_is_said_of_a_code_stands_where_it_was_typed(new_buyer):
    page = fill_the_cart(new_buyer(), "rose-serum", "pour-over-kit", "snuffle-mat", "desk-timer")
    page.get_by_label("Coupon code").fill("nosuchcode")
    page.get_by_role("button", name="Apply").tap()
    said = page.locator("#code-said", has_text="We do not know the code")
    expect(said).to_be_in_viewport()
    expect(page.get_by_label("Coupon code")).to_have_attribute("aria-invalid", "true")
