"""The shop tab, categories, search, and what is saved."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

pages(
    __name__,
    "nobody",
    shop="/shop",
    category="/shop/beauty",
    category_filtered_to_nothing="/shop/beauty?low=99999",
    search_start="/search",
    search_results="/search?q=cream",
    search_videos="/search?q=morning&tab=videos",
    search_none="/search?q=submarine",
    saved_empty="/saved",
)
pages(__name__, "fan", saved="/saved")


@scene("shop further down")
def down(page: Page, room: Showroom) -> None:
    page.goto("/shop")
    page.locator("[data-list=shop] [data-item]").nth(3).scroll_into_view_if_needed()


@scene("filters")
def filters(page: Page, room: Showroom) -> None:
    page.goto("/search?q=ros")
    page.get_by_role("link", name="Filters").tap()
    page.locator("#filters[open]").wait_for()


@scene("search suggestions")
def suggestions(page: Page, room: Showroom) -> None:
    page.goto("/search")
    page.get_by_role("combobox").press_sequentially("ros")
    page.get_by_role("option").first.wait_for()
