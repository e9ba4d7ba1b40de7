"""A buyer with a thumb: walks the shop in a real browser."""

import re

from playwright.sync_api import Page

ADDRESS = {"full_name": "Ada Byron", "street": "12 Rose Lane", "city": "Portland", "zip": "97201"}
STATE = "OR"


class Buyer:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.page.set_default_timeout(20_000)  # a busy machine is no fault of the shop
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def watch(self) -> None:
        """Open the feed, see a video play, swipe to the next."""
        self.page.goto("/")
        self.page.wait_for_function("() => playing().length === 1".replace("playing()", PLAYING))
        self.page.locator("[data-video]").first.evaluate("card => card.parentElement.scrollBy({top: innerHeight})")
        self.page.wait_for_function("() => playing().length === 1".replace("playing()", PLAYING))

    def tap_the_anchor(self) -> None:
        anchor = self.page.locator("[data-video] a[data-anchor]:visible").first
        anchor.wait_for()
        self.page.wait_for_timeout(1_500)  # an anchor counts as seen after a second
        anchor.tap()
        self.page.wait_for_url(re.compile("/p/"))

    def open_product(self, slug: str) -> None:
        self.page.goto(f"/p/{slug}")

    def put_into_cart(self) -> None:
        """Add it, with the first SKU in stock where there is a choice, and stay on its page."""
        page = self.page
        page.locator(".product-bar [name=method][value=cart]").tap()
        self.choose()
        self.in_the_cart()

    def in_the_cart(self) -> None:
        """Wait until the page says so, and its sheet is gone: one that closes goes a step back by itself."""
        self.page.get_by_role("status").filter(has_text="cart").first.wait_for()
        no_sheet(self.page)

    def choose(self) -> None:
        """Answer the sheet, if there is one."""
        choices = self.page.locator("#choose label:has(input[name=sku]:not(:disabled))")
        if choices.count():
            choices.first.tap()
            self.page.locator("[data-choose-now]").tap()

    def to_checkout(self) -> None:
        self.page.goto("/cart")
        self.page.get_by_role("link", name=re.compile("check ?out", re.I)).first.tap()
        self.page.wait_for_url(re.compile("/checkout"))

    def fill_address(self) -> None:
        for name, text in ADDRESS.items():
            self.page.fill(f"[name={name}]", text)
        self.page.select_option("[name=state]", STATE)

    def pay(self) -> None:
        self.page.get_by_role("button", name=re.compile("place order|pay", re.I)).first.tap()
        self.page.wait_for_url(re.compile("/orders/"))

    def open_ticket(self, text: str) -> None:
        self.page.get_by_role("link", name=re.compile("help", re.I)).first.tap()
        self.page.get_by_text("Where is my order?").tap()
        self.page.fill("textarea", text)
        self.page.get_by_role("button", name=re.compile("send|open", re.I)).first.tap()
        self.page.wait_for_url(re.compile(r"/support/(?!new)[\w-]+$"))


PLAYING = "[...document.querySelectorAll('video')].filter(video => !video.paused && video.currentTime > 0)"


def no_sheet(page: Page) -> None:
    """Wait until none is open, and the step back that a closing one takes is done."""
    page.wait_for_function("() => !document.querySelector('dialog[open]') && !history.state?.sheet")
