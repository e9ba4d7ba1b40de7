"""Pictures for the README, or of everything there is to see; starts a demo of its own.

make screenshots                    those of the README, into docs/screenshots
make screenshots ARGS=DIR           into another folder
make screenshots ARGS="--all DIR"   every scene of tests/browser/scenes on two phones, and contact sheets
"""

import argparse
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.buyer import Buyer
from tests.browser.phone import LAPTOP, PHONE, open_browser
from tests.browser.scenes import SCENES, Showroom
from tests.browser.scenes.pictures import contact_sheets, photograph
from tests.stack.demo import PASSWORD, Demo, free_port

JOURNEYS = 5_000
ARRIVED = """
from shop.models import Order
from tests.shop.later import pass_days
pass_days(Order.objects.get(code="{code}"), 10)
"""


class Camera:
    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder

    def opened(self, like: dict) -> Page:
        return self.browser.new_context(**like, base_url=self.url).new_page()

    def shoot(self, page: Page, name: str, full: bool = False) -> None:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        page.screenshot(path=self.folder / f"{name}.jpg", type="jpeg", quality=82, full_page=full)
        print(name, flush=True)  # noqa: T201


def shop(camera: Camera, demo: Demo) -> None:
    buyer = Buyer(camera.opened(PHONE))
    page = buyer.page
    page.goto("/?video=quiet-on-tile")
    page.locator(".popup:visible").first.wait_for(timeout=12_000)
    camera.shoot(page, "feed")
    page.goto("/@mira-glows?tab=shop")
    camera.shoot(page, "store")
    page.goto("/shop")
    camera.shoot(page, "shop")
    buyer.open_product("lip-butter")
    camera.shoot(page, "product")
    page.locator(".product-bar [value=cart]").tap()
    camera.shoot(page, "choose")
    buyer.choose()
    page.get_by_role("status").filter(has_text="cart").first.wait_for()
    page.goto("/cart")
    camera.shoot(page, "cart")
    buyer.to_checkout()
    buyer.fill_address()
    camera.shoot(page, "checkout")
    buyer.pay()
    camera.shoot(page, "order")
    code = last_order(page)
    buyer.open_ticket("Where is my parcel? It should have come on Tuesday.")
    camera.shoot(page, "ticket")
    arrived(demo, code)
    page.goto(f"/orders/{code}/return?step=kind")
    page.locator("form.wizard input[type=checkbox]").first.check()
    page.get_by_role("button", name="Continue").last.tap()
    camera.shoot(page, "return")
    page.context.close()


def last_order(page: Page) -> str:
    return page.url.partition("/orders/")[2].partition("?")[0]


def arrived(demo: Demo, code: str) -> None:
    """Ten days go by for this order, and the task that moves parcels has come by."""
    status, said = demo.run("shell", "-v0", "-c", ARRIVED.format(code=code))
    assert status == 0, said


def laptop(camera: Camera) -> None:
    page = camera.opened(LAPTOP)
    page.goto("/")
    page.wait_for_timeout(3_500)
    camera.shoot(page, "laptop")
    page.context.close()


def report(camera: Camera) -> None:
    page = camera.opened(LAPTOP)
    page.goto("/admin/login/")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile("/admin/$"))
    camera.shoot(page, "dashboard", full=True)
    page.goto("/admin/analytics/diagnosis/")
    page.locator("th.what a").first.click()
    camera.shoot(page, "diagnosis", full=True)
    page.goto("/admin/analytics/videoday/")
    page.locator("a[href*='/videoday/of/']").first.click()
    camera.shoot(page, "video", full=True)
    page.goto("/admin/experiments/trust/")
    camera.shoot(page, "experiment", full=True)
    page.goto("/admin/journey/variant/add/")
    page.locator("#design iframe").wait_for()
    camera.shoot(page, "design")
    page.goto("/admin/shop/ticket/")
    camera.shoot(page, "inbox")
    page.goto("/admin/analytics/funnel/?by=video")
    camera.shoot(page, "funnel", full=True)
    page.goto("/admin/analytics/journey/?stage=5")
    page.locator("#result_list tbody a").first.click()
    camera.shoot(page, "journey")
    page.context.close()


def for_the_readme(browser: Browser, demo: Demo, folder: Path) -> None:
    camera = Camera(browser, demo.url, folder)
    shop(camera, demo)
    time.sleep(6)  # until the walk is counted
    laptop(camera)
    report(camera)


def everything(browser: Browser, demo: Demo, folder: Path) -> None:
    taken = photograph(browser, Showroom(demo), SCENES, folder)
    for sheet in contact_sheets(taken, folder):
        print(sheet)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/screenshots"))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="shots-"))
    demo = Demo(data, free_port(), journeys=0 if asked.all else JOURNEYS)
    try:
        demo.ready()
        with sync_playwright() as playwright:
            browser = open_browser(playwright)
            (everything if asked.all else for_the_readme)(browser, demo, asked.folder)
            browser.close()
    finally:
        demo.stop()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
