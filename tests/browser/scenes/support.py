"""Support, and chats with stores."""

from playwright.sync_api import Page

from tests.browser.scenes.showroom import Showroom, pages, scene

pages(
    __name__, "nobody", support="/support", chat_new="/@mira-glows/chat?product=rose-serum", new_ticket="/support/new"
)
pages(
    __name__,
    "ada",
    support_with_talks="/support",
    new_ticket_about_an_order="/support/new?order={delivered}",
    ticket_waiting="/support/{waiting ticket}",
    ticket_answered="/support/{answered ticket}",
    ticket_resolved="/support/{resolved ticket}",
    ticket_rated="/support/{rated ticket}",
    ticket_reopened="/support/{reopened ticket}",
    chat_late="/support/{late ticket}",
    chat_answered="/support/{store ticket}",
)


@scene("new ticket with nothing in it")
def nothing(page: Page, room: Showroom) -> None:
    page.goto("/support/new")
    page.get_by_role("button", name="Send").tap()
    page.locator(".errorlist:visible, .field-error:visible").first.wait_for()
