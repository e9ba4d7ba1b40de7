"""Going back: from a sheet to the page it lies on, and from a product to the place one came from."""

import re

import pytest

from tests.browser.buyer import no_sheet
from tests.browser.phone import LAPTOP, Finger

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PLACE = "document.getElementById('phone').scrollTop"


def open_sheets(page) -> list[str]:
    return page.locator("dialog[open]").evaluate_all("sheets => sheets.map(sheet => sheet.id)")


def test_back_closes_a_sheet_and_leaves_the_page_only_then(new_buyer):
    page = new_buyer().page
    page.goto("/shop")
    page.goto("/p/mini-waffle-maker")
    page.locator("a[data-open=choose]").tap()
    page.locator("#choose[open]").wait_for()
    assert open_sheets(page) == ["choose"]
    page.go_back()
    no_sheet(page)
    assert page.url.endswith("/p/mini-waffle-maker")
    page.locator("a[data-open=choose]").tap()
    page.locator("#choose [data-close]").first.tap()
    no_sheet(page)
    page.go_back()
    page.wait_for_url("**/shop")


def test_a_sheet_that_takes_the_place_of_another_is_closed_by_one_back(new_buyer):
    page = new_buyer().page
    page.goto("/")
    page.locator("[data-open=share]").first.tap()
    page.locator("#share [data-open=menu]").tap()
    page.locator("#menu [data-open=report]").tap()
    page.wait_for_function("() => document.querySelectorAll('dialog[open]').length === 1 && report.open")
    assert open_sheets(page) == ["report"]
    page.go_back()
    no_sheet(page)
    assert re.search(r"/(\?video=[\w-]+)?$", page.url)


def test_on_a_laptop_one_comes_back_to_the_same_place_of_a_page(new_buyer):
    page = new_buyer(**LAPTOP, is_mobile=False, has_touch=False).page
    page.goto("/shop")
    page.mouse.move(720, 500)
    page.mouse.wheel(0, 700)
    page.wait_for_function(f"() => {PLACE} === 700 && history.state?.at === 700")
    page.locator(".product-card").first.evaluate("card => card.click()")  # a real one would scroll to it first
    page.wait_for_url("**/p/*")
    page.go_back()
    page.wait_for_url("**/shop")
    page.wait_for_function(f"() => {PLACE} === 700")


@pytest.mark.parametrize(
    ("path", "opener", "sheet", "shown"),
    [
        ("/?video=sunday-pour", "[data-open=comments]", "#comments", ".comment"),
        ("/p/rose-serum", ".product-bar [value=cart]", "#choose", ".choose-head"),
    ],
)
def test_a_sheet_is_pulled_down_by_its_head_and_comes_back_when_it_was_not_far(new_buyer, path, opener, sheet, shown):
    page = new_buyer().page
    page.goto(path)
    page.locator(opener).first.tap()
    page.locator(f"{sheet}[open] {shown}").first.wait_for()
    stands = settled_at(page, sheet)
    finger = Finger(page)
    pull(finger, stands, 60)
    finger.touch("touchMove", (195, int(stands) + 20))
    finger.touch("touchEnd")
    assert settled_at(page, sheet) == stands
    pull(finger, stands, 400)
    assert page.locator(sheet).bounding_box()["y"] > stands + 300
    finger.touch("touchEnd")
    no_sheet(page)
    assert page.url.endswith(path)


def pull(finger: Finger, top: float, far: int) -> None:
    """From the grabber down, and hold."""
    finger.touch("touchStart", (195, int(top) + 10))
    for by in range(20, far + 1, 20):
        finger.touch("touchMove", (195, int(top) + 10 + by))


def settled_at(page, sheet: str) -> float:
    """Where its top is once it moves no more."""
    page.wait_for_function("sheet => !document.querySelector(sheet).getAnimations().length", arg=sheet)
    return page.locator(sheet).bounding_box()["y"]
