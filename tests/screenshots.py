"""Pictures for the README, or of everything there is to see; starts a demo of its own.

make screenshots                    those of the README, into docs/screenshots
make screenshots ARGS=DIR           into another folder
make screenshots ARGS="--all DIR"   every scene of tests/browser/scenes on two phones in light and dark, and contact sheets
"""

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from tests.browser.buyer import Buyer
from tests.browser.phone import LAPTOP, PHONE, open_browser
from tests.stack.demo import PASSWORD, Demo, free_port

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")
JOURNEYS = 5_000


def shoot(page: Page, name: str, full: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=82, full_page=full)
    print(name)  # noqa: T201


def shop(browser, url: str) -> None:
    context = browser.new_context(**PHONE, base_url=url)
    buyer = Buyer(context.new_page())
    page = buyer.page
    page.goto("/")
    page.locator("[data-anchor]:visible").first.wait_for()
    shoot(page, "feed")
    page.goto("/@mira-glows")
    shoot(page, "profile")
    buyer.open_product("rose-serum")
    shoot(page, "product")
    buyer.put_into_cart()
    page.goto("/cart")
    shoot(page, "cart")
    buyer.to_checkout()
    buyer.fill_address()
    shoot(page, "checkout")
    buyer.pay()
    shoot(page, "order")
    buyer.open_ticket("Where is my parcel? It should have come on Tuesday.")
    shoot(page, "ticket")
    context.close()


def laptop(browser, url: str) -> None:
    context = browser.new_context(**LAPTOP, base_url=url)
    page = context.new_page()
    page.goto("/")
    page.wait_for_timeout(3_500)
    shoot(page, "laptop")
    context.close()


def report(browser, url: str) -> None:
    context = browser.new_context(**LAPTOP, base_url=url)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile("/admin/$"))
    page.goto("/admin/analytics/funnel/?by=video")
    shoot(page, "funnel", full=True)
    page.emulate_media(color_scheme="dark")
    page.reload()
    shoot(page, "funnel-dark")
    page.emulate_media(color_scheme="light")
    page.goto("/admin/analytics/journey/?stage=5")
    page.locator("#result_list tbody a").first.click()
    shoot(page, "journey")
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="shots-"))
    demo = Demo(data, free_port(), journeys=JOURNEYS)
    try:
        demo.ready()
        with sync_playwright() as playwright:
            browser = open_browser(playwright)
            shop(browser, demo.url)
            time.sleep(6)  # until the walk is counted
            laptop(browser, demo.url)
            report(browser, demo.url)
            browser.close()
    finally:
        demo.stop()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
