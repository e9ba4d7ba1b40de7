"""After the purchase, by thumb: a parcel arrives, a thing goes back, a review is written, an order is cancelled."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.stack.demo import eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PATIENCE_S = 15
PHOTO = BytesIO()
Image.new("RGB", (400, 300), (200, 20, 40)).save(PHOTO, "JPEG")

# Ten days go by at once for one order, or for the clock of a return: the worker finds it due and does the rest.
TEN_DAYS = """
from datetime import timedelta
from django.utils import timezone
from shop.models import Order
then = timezone.now() - timedelta(days=10)
Order.objects.filter(code="{code}").update(placed_at=then, due_at=then)
"""
CLOCK_RUNS_OUT = """
from django.utils import timezone
from shop.models import Return
Return.objects.filter(code="{code}").update(due_at=timezone.now())
"""


def buy(buyer, product: str) -> str:
    """Order a product; returns the code of the order."""
    buyer.open_product(product)
    buyer.put_into_cart()
    buyer.to_checkout()
    buyer.fill_address()
    buyer.pay()
    return re.search(r"/orders/(\w+)", buyer.page.url)[1]


def later(stack, what: str, code: str) -> None:
    done, said = stack.run("shell", "-v0", "-c", what.format(code=code))
    assert done == 0, said


def shows(buyer, words: str) -> bool:
    buyer.page.reload()
    return buyer.page.get_by_text(words).first.is_visible()


def go_on(buyer) -> None:
    with buyer.page.expect_navigation():
        buyer.page.get_by_role("button", name=re.compile("^(Continue|Send request)$")).last.tap()


def test_a_parcel_arrives_a_thing_goes_back_and_the_money_returns(new_buyer, stack):
    buyer = new_buyer()
    page, code = buyer.page, buy(buyer, "lip-butter")
    page.get_by_text("Thank you, it is ordered").wait_for()
    page.get_by_role("link", name="View order").tap()
    later(stack, TEN_DAYS, code)
    # The page that is open finds out by itself that the task has moved the parcel.
    page.get_by_role("link", name="Return or refund").wait_for(timeout=PATIENCE_S * 1000)

    page.get_by_role("link", name="Return or refund").tap()
    go_on(buyer)
    page.get_by_text("Refund only, keep the items").tap()
    go_on(buyer)
    page.get_by_text("It is damaged or does not work").tap()
    go_on(buyer)
    page.fill("textarea", "The lid is broken.")
    page.set_input_files("input[type=file]", {"name": "lid.jpg", "mimeType": "image/jpeg", "buffer": PHOTO.getvalue()})
    go_on(buyer)
    page.get_by_text("You get back").wait_for()
    go_on(buyer)
    page.get_by_text("Waiting for the seller").first.wait_for()
    later(stack, CLOCK_RUNS_OUT, re.search(r"/returns/(\w+)", page.url)[1])
    assert eventually(lambda: shows(buyer, "went back the way you paid"), PATIENCE_S)


def test_a_review_stands_on_the_product_page_at_once(new_buyer, stack):
    buyer = new_buyer()
    page, code = buyer.page, buy(buyer, "desk-timer")
    later(stack, TEN_DAYS, code)
    page.goto(f"/orders/{code}")
    assert eventually(lambda: shows(buyer, "Write review"), PATIENCE_S)
    page.get_by_role("link", name="Write review").tap()
    page.locator(".rating-stars label").nth(1).tap()
    page.fill("textarea", "Quieter than the one it replaced.")
    page.set_input_files("input[type=file]", {"name": "t.jpg", "mimeType": "image/jpeg", "buffer": PHOTO.getvalue()})
    page.get_by_role("button", name="Post review").tap()
    page.wait_for_url(f"**/orders/{code}")
    page.goto("/p/desk-timer/reviews?sort=new")
    assert page.get_by_text("Quieter than the one it replaced.").is_visible()


def test_an_order_is_cancelled_after_one_question(new_buyer):
    buyer = new_buyer()
    buy(buyer, "snuffle-mat")
    buyer.page.get_by_role("link", name="Cancel this order").tap()
    buyer.page.get_by_role("button", name="Yes, cancel it").tap()
    buyer.page.get_by_text("what you paid went back to you").first.wait_for()
