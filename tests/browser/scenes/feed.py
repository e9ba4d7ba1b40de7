"""The feed, its sheets, and the profiles."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

SERUM = "/?video=three-bottle-morning"


def at_rest(page: Page, path: str = SERUM) -> None:
    """Opened with its first clip paused, so that every look is the same."""
    page.goto(path)
    page.wait_for_function("() => document.querySelector('video')?.readyState > 1")
    page.evaluate("document.querySelector('video').pause()")


def sheet(page: Page, opener: str, name: str, loaded: str) -> None:
    page.locator(opener).first.tap()
    page.locator(f"#{name} {loaded}").first.wait_for()


@scene("feed")
def feed(page: Page, room: Showroom) -> None:
    page.goto("/?video=quiet-on-tile")
    page.locator("[data-anchor]:visible").first.wait_for()


@scene("feed paused and muted")
def paused(page: Page, room: Showroom) -> None:
    page.goto(SERUM)
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.3")
    page.touchscreen.tap(120, 300)
    page.locator(".clip.is-paused").wait_for()


@scene("feed liked, saved, followed")
def liked(page: Page, room: Showroom) -> None:
    at_rest(page)
    for kind in ("like", "save", "follow"):
        page.locator(f"[data-engage-kind={kind}]").first.tap()
        page.locator(f"[data-engage-kind={kind}][aria-pressed=true]").first.wait_for()


@scene("pop-up card")
def popup(page: Page, room: Showroom) -> None:
    page.goto("/?video=quiet-on-tile")
    page.locator(".popup:visible").first.wait_for(timeout=12_000)


@scene("feed sold out")
def sold_out(page: Page, room: Showroom) -> None:
    page.goto("/?video=ambush-at-five")
    page.locator("[data-anchor]:visible").first.wait_for()


@scene("feed video without a product")
def no_product(page: Page, room: Showroom) -> None:
    at_rest(page, "/?video=lumpy-first-bowl")


@scene("feed video failed")
def failed(page: Page, room: Showroom) -> None:
    page.route("**/*.mp4", lambda route: route.abort())
    page.goto(SERUM)
    page.locator("[data-retry]:visible").first.wait_for()


@scene("feed offline")
def offline(page: Page, room: Showroom) -> None:
    at_rest(page)
    page.context.set_offline(True)
    page.locator(".feed-offline:visible").wait_for()


@scene("feed longest texts")
def longest(page: Page, room: Showroom) -> None:
    page.goto("/?video=the-longest-video")
    page.locator("[data-anchor]:visible").first.wait_for()


@scene("feed longest caption open")
def caption(page: Page, room: Showroom) -> None:
    longest(page, room)
    page.evaluate("document.querySelector('video').pause()")
    page.get_by_role("button", name="more", exact=True).first.tap()


@scene("comments")
def comments(page: Page, room: Showroom) -> None:
    at_rest(page)
    sheet(page, "[data-open=comments]", "comments", ".comment")


@scene("comments commented")
def commented(page: Page, room: Showroom) -> None:
    comments(page, room)
    page.fill("#comments input[name=text]", "Does it smell of roses, or of soap?")
    page.get_by_role("button", name="Send").tap()
    page.locator(".comment", has_text="soap").get_by_text("You", exact=True).wait_for()


@scene("comments longest texts")
def comments_longest(page: Page, room: Showroom) -> None:
    at_rest(page, "/?video=the-longest-video")
    sheet(page, "[data-open=comments]", "comments", ".comment")


@scene("comments not loaded")
def comments_offline(page: Page, room: Showroom) -> None:
    at_rest(page)
    page.context.set_offline(True)
    sheet(page, "[data-open=comments]", "comments", "[data-fill-again]")


@scene("products of a video")
def products(page: Page, room: Showroom) -> None:
    page.goto(SERUM)
    page.locator("[data-anchor]:visible").first.wait_for()
    sheet(page, "[data-anchor]", "products", ".pick")


@scene("share")
def share(page: Page, room: Showroom) -> None:
    at_rest(page)
    sheet(page, "[data-open=share]", "share", "#share-address")


@scene("video menu")
def menu(page: Page, room: Showroom) -> None:
    share(page, room)
    page.locator("#share [data-open=menu]").tap()
    page.locator("#menu[open]").wait_for()


@scene("report a video")
def report(page: Page, room: Showroom) -> None:
    share(page, room)
    page.locator("#share [data-open=report]").tap()
    page.locator("#report[open]").wait_for()


@scene("seller info")
def seller(page: Page, room: Showroom) -> None:
    page.goto("/@mira-glows?tab=shop")
    page.locator("[data-open=store-info]").tap()
    page.locator("#store-info[open]").wait_for()


pages(
    __name__,
    "nobody",
    following_nobody="/?tab=following",
    profile="/@mira-glows",
    profile_liked="/@mira-glows?tab=liked",
    store="/@mira-glows?tab=shop",
    profile_longest="/@the-longest",
    store_longest="/@the-longest?tab=shop",
)
pages(__name__, "fan", following="/?tab=following", profile_followed="/@desk-dan")
