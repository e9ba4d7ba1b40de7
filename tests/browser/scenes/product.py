"""The product page, its sheets and its states."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

pages(
    __name__,
    "nobody",
    product="/p/rose-serum",
    product_deal_running="/p/lip-butter",
    product_deal_coming="/p/cloud-slides",
    product_low_stock="/p/matcha-set",
    product_sold_out="/p/cat-tunnel",
    product_off_shelf="/p/paw-balm",
    product_longest="/p/the-longest-product",
    reviews_page="/p/rose-serum/reviews",
    reviews_longest="/p/the-longest-product/reviews",
)


pages(__name__, "trusting", product_other_arm="/p/rose-serum", product_other_arm_longest="/p/the-longest-product")


def part(page: Page, slug: str, block: str) -> None:
    page.goto(f"/p/{slug}")
    page.locator(f"[data-block={block}]").first.evaluate("block => block.scrollIntoView({block: 'start'})")
    page.evaluate("scrollBy(0, -60)")


@scene("product middle")
def middle(page: Page, room: Showroom) -> None:
    part(page, "lip-butter", "shipping")


@scene("product shop card and about")
def about(page: Page, room: Showroom) -> None:
    part(page, "bucket-hat", "shop_card")


@scene("product questions and end")
def end(page: Page, room: Showroom) -> None:
    part(page, "rose-serum", "questions")


@scene("product longest middle")
def longest_middle(page: Page, room: Showroom) -> None:
    part(page, "the-longest-product", "options")


@scene("product longest about")
def longest_about(page: Page, room: Showroom) -> None:
    part(page, "the-longest-product", "shop_card")


def opened(page: Page, slug: str, opener: str, sheet: str) -> None:
    page.goto(f"/p/{slug}")
    page.locator(opener).first.tap()
    page.locator(f"#{sheet}[open]").wait_for()


@scene("choose to add, one sold out")
def choose(page: Page, room: Showroom) -> None:
    opened(page, "lip-butter", ".product-bar [value=cart]", "choose")


@scene("choose to buy, chosen")
def choose_to_buy(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", ".product-bar [value=buy_now]", "choose")
    page.locator("#choose label", has_text="50 ml").tap()


@scene("choose, nothing chosen")
def chosen_nothing(page: Page, room: Showroom) -> None:
    choose(page, room)
    page.locator("[data-choose-now]").tap()
    page.locator("[data-choose-error]:visible").wait_for()


@scene("choose longest")
def choose_longest(page: Page, room: Showroom) -> None:
    opened(page, "the-longest-product", ".product-bar [value=cart]", "choose")


@scene("added to cart")
def added(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", ".product-bar [value=cart]", "choose")
    page.locator("#choose label", has_text="50 ml").tap()
    page.locator("[data-choose-now]").tap()
    page.locator(".toast").wait_for()


@scene("coupons claimed and refused")
def coupons(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", "[data-block=coupons] a", "coupons")
    page.locator("#coupons [data-mine='claim:ROSE15']").tap()
    page.locator("#coupons [data-mine='claim:ROSE15'][aria-pressed=true]").wait_for()
    page.locator("#coupons [data-mine='claim:GLOWFAN']").tap()
    page.locator(".toast", has_text="follow").wait_for()


@scene("terms")
def terms(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", "[data-open=terms]", "terms")


@scene("size guide")
def sizes(page: Page, room: Showroom) -> None:
    opened(page, "bucket-hat", "[data-open=size-guide]:visible", "size-guide")


@scene("size guide longest")
def sizes_longest(page: Page, room: Showroom) -> None:
    opened(page, "the-longest-product", "[data-open=size-guide]:visible", "size-guide")


@scene("reviews sheet")
def reviews(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", "[data-block=title] a[data-reviews]", "reviews-sheet")
    page.locator("#reviews-sheet .review").first.wait_for()


@scene("ask a question")
def ask(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", "[data-open=ask]", "ask")


@scene("product more")
def more(page: Page, room: Showroom) -> None:
    opened(page, "rose-serum", "[data-open=more]", "more")


@scene("gallery full screen")
def gallery(page: Page, room: Showroom) -> None:
    page.goto("/p/rose-serum")
    page.locator("a.slide").first.scroll_into_view_if_needed()
    page.locator("a.slide").first.tap()
    page.locator("dialog[open] img").first.wait_for()
