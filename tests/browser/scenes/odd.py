"""Where nobody means to be."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

pages(__name__, "nobody", page_not_found="/no/such/page", order_of_somebody_else="/orders/{placed}")


def answered_with(page: Page, room: Showroom, number: int) -> None:
    body = room.codes[f"page {number}"]
    page.route("**/odd", lambda route: route.fulfill(status=number, content_type="text/html", body=body))
    page.goto("/odd")


@scene("not allowed")
def forbidden(page: Page, room: Showroom) -> None:
    answered_with(page, room, 403)


@scene("something broke")
def broken(page: Page, room: Showroom) -> None:
    answered_with(page, room, 500)
