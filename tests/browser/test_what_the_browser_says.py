"""What the browser itself sees of a buyer, and says."""

import re

import pytest

from tests.browser.buyer import PLAYING

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]


def said_in(beacon) -> dict[str, dict]:
    return {event["step"]: event["props"] for event in beacon.value.post_data_json["events"]}


def test_an_answer_left_as_it_stood_is_given_by_sending_the_form(new_buyer):
    buyer = new_buyer()
    buyer.open_product("snuffle-mat")
    buyer.put_into_cart()
    buyer.to_checkout()
    with buyer.page.expect_request(lambda request: "add_shipping_info" in (request.post_data or "")) as beacon:
        buyer.fill_address()
    assert said_in(beacon)["add_shipping_info"] == {"delivery": "standard"}
    buyer.page.route("**/checkout/place", lambda order: order.abort())  # or the page would be left
    with buyer.page.expect_request(lambda request: "add_payment_info" in (request.post_data or "")) as beacon:
        buyer.page.get_by_role("button", name=re.compile("place order", re.I)).tap()
    assert said_in(beacon)["add_payment_info"] == {"payment": "card"}


def test_a_finger_on_the_line_is_no_loop(new_buyer):
    page = new_buyer().page
    said = []
    page.on("request", lambda request: said.append(request.post_data or ""))
    page.goto("/")
    page.wait_for_function("() => document.querySelector('video').currentTime > 2.2")
    page.evaluate("document.querySelector('video').currentTime = 0.2")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.8")
    page.evaluate("window.journey.flush()")
    page.wait_for_timeout(2_500)
    assert any("video_progress" in beacon for beacon in said)
    assert not any("video_loop" in beacon for beacon in said)


def test_nothing_plays_on_below_the_last_video(new_buyer):
    page = new_buyer().page
    page.goto("/?by=mira-glows")
    page.wait_for_function(f"() => {PLAYING}.length === 1")
    page.locator("#feed").evaluate("feed => feed.scrollTo({top: feed.scrollHeight})")
    page.wait_for_function(f"() => {PLAYING}.length === 0")
