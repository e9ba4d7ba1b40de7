"""After the purchase: orders, returns, reviews."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

pages(__name__, "nobody", orders_empty="/orders")
pages(__name__, "fresh", order_placed="/orders/{fresh}?placed=1")
pages(
    __name__,
    "ada",
    orders="/orders",
    orders_to_pay="/orders?tab=to-pay",
    orders_to_ship="/orders?tab=to-ship",
    orders_shipped="/orders?tab=shipped",
    orders_to_review="/orders?tab=to-review",
    orders_returns="/orders?tab=returns",
    order_being_packed="/orders/{placed}",
    order_shipped="/orders/{shipped}",
    order_delivered="/orders/{delivered}",
    order_cancelled="/orders/{cancelled}",
    tracking="/orders/{shipped}/tracking",
    cancel_page="/orders/{placed}/cancel",
    return_asked="/returns/{asked}",
    return_accepted="/returns/{accepted}",
    return_refunded="/returns/{refunded}",
    return_declined="/returns/{declined}",
    write_a_review="/orders/{delivered}/review/ROSE-30",
)


@scene("order delivered end", "ada")
def order_end(page: Page, room: Showroom) -> None:
    page.goto(f"/orders/{room.codes['delivered']}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


@scene("cancel sheet", "ada")
def cancel(page: Page, room: Showroom) -> None:
    page.goto(f"/orders/{room.codes['placed']}")
    page.locator("[data-open=cancel-sheet]").tap()
    page.locator("#cancel-sheet[open]").wait_for()


@scene("buy again", "ada")
def again(page: Page, room: Showroom) -> None:
    page.goto(f"/orders/{room.codes['cancelled']}")
    page.get_by_role("button", name="Buy again").first.tap()
    page.wait_for_url("**/cart**")


@scene("review without stars", "ada")
def no_stars(page: Page, room: Showroom) -> None:
    page.goto(f"/orders/{room.codes['delivered']}/review/ROSE-30")
    page.get_by_role("button", name="Post review").tap()
    page.locator("[role=alert]:visible, .field-error:visible, .errorlist:visible").first.wait_for()


def wizard(steps: int):
    """So many questions answered, the next one in sight."""

    def go(page: Page, room: Showroom) -> None:
        page.goto(f"/orders/{room.codes['delivered']}/return")
        for answer in ["Rose Water Face Serum", "Send it back", "not as described", "text", "Drop it off"][:steps]:
            if answer == "text":
                page.fill("textarea", "It is a different colour than in the video.")
            else:
                page.get_by_text(answer).first.tap()
            with page.expect_navigation():
                page.get_by_role("button", name="Continue").last.tap()

    go.__module__ = __name__
    return go


for number, name in enumerate(["items", "kind", "reason", "proof", "way", "check"]):
    scene(f"return wizard {name}", "ada")(wizard(number))


@scene("return wizard nothing chosen", "ada")
def nothing_chosen(page: Page, room: Showroom) -> None:
    wizard(0)(page, room)
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").last.tap()
