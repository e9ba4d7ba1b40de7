"""The cart and the checkout, with all that can go wrong there."""

import re

from playwright.sync_api import Page

from tests.browser.buyer import Buyer
from tests.browser.scenes.showroom import Showroom, pages, scene

pages(__name__, "nobody", cart_empty="/cart")
pages(__name__, "two stores", cart="/cart")
pages(__name__, "troubled", cart_troubled="/cart")
pages(__name__, "coupon", cart_coupon="/cart", checkout_coupons="/checkout")
pages(__name__, "checkout", checkout="/checkout")


@scene("cart end", "two stores")
def cart_end(page: Page, room: Showroom) -> None:
    page.goto("/cart")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


@scene("cart troubled end", "troubled")
def troubled_end(page: Page, room: Showroom) -> None:
    cart_end(page, room)


@scene("cart nothing selected", "fan")
def nothing_selected(page: Page, room: Showroom) -> None:
    page.goto("/cart")
    everything = page.locator("#pick-all")
    if everything.get_attribute("aria-checked") == "true":
        everything.tap()
        page.locator("#pick-all[aria-checked=false]").wait_for()


@scene("cart removed, undo")
def undo(page: Page, room: Showroom) -> None:
    page.goto("/p/mini-projector")
    Buyer(page).put_into_cart()
    page.goto("/cart")
    page.locator(".cart-remove").first.tap()
    page.locator(".cart-undo").wait_for()


@scene("cart longest")
def longest(page: Page, room: Showroom) -> None:
    page.goto("/p/the-longest-product")
    Buyer(page).put_into_cart()
    page.goto("/cart")


@scene("cart coupon unknown", "coupon")
def unknown(page: Page, room: Showroom) -> None:
    page.goto("/cart")
    page.locator(".cart-code input").last.fill("NOSUCHCODE")
    page.locator(".cart-code button").last.tap()
    page.locator(".note-bad, .field-error").first.wait_for()


def placed(page: Page, **answers: str) -> None:
    """Fill in the checkout and place the order."""
    page.goto("/checkout")
    if page.locator("[name=city]").is_visible():
        Buyer(page).fill_address()
    for name, text in answers.items():
        if name in ("payment", "delivery"):
            page.locator(f"[name={name}][value={text}]").check()
        else:
            page.locator(f"[name={name}]").evaluate("(field, text) => { field.value = text }", text)
    page.get_by_role("button", name=re.compile("place order", re.I)).first.tap()
    page.locator("[role=alert]:visible, .empty, .field-error").first.wait_for()


@scene("checkout end", "checkout")
def checkout_end(page: Page, room: Showroom) -> None:
    page.goto("/checkout")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


@scene("checkout longest")
def checkout_longest(page: Page, room: Showroom) -> None:
    page.goto("/p/the-longest-product")
    Buyer(page).put_into_cart()
    page.goto("/checkout")
    page.locator("[data-block=items]").evaluate("block => block.scrollIntoView()")


@scene("checkout without address", "no address")
def no_address(page: Page, room: Showroom) -> None:
    page.goto("/checkout")
    page.get_by_role("button", name=re.compile("place order", re.I)).first.tap()
    page.locator("[role=alert]:visible").first.wait_for()


@scene("checkout bad ZIP", "bad zip")
def bad_zip(page: Page, room: Showroom) -> None:
    placed(page, zip="123")


@scene("checkout declined", "declined")
def declined(page: Page, room: Showroom) -> None:
    placed(page, payment="card_declined")


@scene("checkout bank silent", "silent")
def silent(page: Page, room: Showroom) -> None:
    placed(page, payment="card_silent")


@scene("checkout price changed", "price moved")
def price_changed(page: Page, room: Showroom) -> None:
    placed(page, key=room.codes["key of price moved"])


@scene("checkout coupon gone", "coupon gone")
def coupon_gone(page: Page, room: Showroom) -> None:
    placed(page, key=room.codes["key of coupon gone"])


@scene("checkout already ordered", "already ordered")
def already(page: Page, room: Showroom) -> None:
    placed(page, key=room.codes["key of already ordered"], payment="wallet")


@scene("checkout lost", "checkout")
def lost(page: Page, room: Showroom) -> None:
    page.goto("/checkout")
    Buyer(page).fill_address()
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("place order", re.I)).first.tap()
    page.locator("#lost:visible").wait_for()
