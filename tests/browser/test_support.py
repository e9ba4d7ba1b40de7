"""Support on a phone: a ticket with a photo, answered live from the inbox, solved and rated; a chat with a store."""

import re
from io import BytesIO

import pytest
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
THREAD = re.compile(r"/support/(?!new)[\w-]+$")


def photo() -> dict:
    buffer = BytesIO()
    Image.new("RGB", (400, 300), (200, 20, 40)).save(buffer, "JPEG")
    return {"name": "lid.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def test_a_ticket_from_an_order_is_answered_live_solved_and_rated(new_buyer, analyst):
    buyer = new_buyer()
    page = buyer.page
    buyer.open_product("snuffle-mat")
    buyer.put_into_cart()
    buyer.to_checkout()
    buyer.fill_address()
    buyer.pay()
    page.get_by_role("link", name=re.compile("help", re.I)).first.tap()
    page.get_by_text("It arrived damaged").tap()
    page.fill("textarea", "The lid came off.")
    page.set_input_files("input[type=file]", [photo()])
    page.get_by_role("button", name="Send").tap()
    page.wait_for_url(THREAD)
    assert page.get_by_role("img", name="Picture: lid.jpg").evaluate("picture => picture.decode().then(() => true)")
    assert "Snuffle Mat" in page.locator("[data-live=about]").inner_text()

    code = page.url.rpartition("/")[2]
    analyst.goto(f"/admin/shop/ticket/?q={code}")
    analyst.locator("a[href*='/change/']", has_text="Ada Byron").first.click()
    analyst.select_option("#id_canned", label="Damaged: money back")
    analyst.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Hi Ada,").wait_for()  # without a reload
    page.get_by_text("We have answered. Is it solved?").wait_for()
    page.get_by_role("button", name="Yes, it is solved").tap()
    page.get_by_label("Very happy").tap()
    page.get_by_role("button", name="Send rating").tap()
    page.get_by_text("You were very happy.").wait_for()


def test_a_chat_with_a_store_begins_on_the_product_page_and_goes_on_without_a_reload(new_buyer):
    page = new_buyer().page
    page.goto("/p/rose-serum")
    page.locator(".bar a[href*='/chat?product=rose-serum']").tap()
    page.get_by_role("button", name="When would it ship?").tap()
    page.wait_for_url(THREAD)
    assert "Rose" in page.locator("[data-live=about]").inner_text()
    page.evaluate("window.same = true")
    page.fill("textarea", "And could it be a gift?")
    page.get_by_role("button", name="Send").tap()
    page.locator(".turn-mine", has_text="And could it be a gift?").wait_for()
    assert page.evaluate("window.same && document.querySelector('textarea').value === ''")
