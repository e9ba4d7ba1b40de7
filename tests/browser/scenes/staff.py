"""Behind the counter: the admin, as staff sees it on a laptop."""

import re

from playwright.sync_api import Page

from tests.browser.scenes.showroom import STAFF, Showroom, pages, scene

pages(
    __name__,
    STAFF,
    admin_inbox="/admin/shop/ticket/",
    admin_ticket="/admin/shop/ticket/{ticket row}/change/",
    admin_orders="/admin/shop/order/",
    admin_order="/admin/shop/order/{order row}/change/",
    admin_returns="/admin/shop/return/",
    admin_return="/admin/shop/return/{return row}/change/",
    admin_videos="/admin/shop/video/",
    admin_upload_in_progress="/admin/shop/video/{video}/change/",
    admin_product="/admin/shop/product/{product}/change/",
    admin_import="/admin/shop/product/import/",
)


@scene("admin import dry run", STAFF)
def dry_run(page: Page, room: Showroom) -> None:
    page.goto("/admin/shop/product/import/")
    table = page.request.get("/admin/shop/product/export/").text()
    changed = re.sub(r"\b16\.90\b", "17.90", table).replace("12.90", "twelve", 1).encode()
    page.set_input_files("input[type=file]", {"name": "products.csv", "mimeType": "text/csv", "buffer": changed})
    page.get_by_role("button", name="See what would change").click()
    page.get_by_text("Another file").wait_for()
