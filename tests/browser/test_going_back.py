"""Going back: from a sheet to the page it lies on, and from a product to the place one came from."""

import re

import pytest

from tests.browser.phone import LAPTOP

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PLACE = "document.getElementById('phone').scrollTop"


def open_sheets(page) -> list[str]:
    return page.locator("dialog[open]").evaluate_all("sheets => sheets.map(sheet => sheet.id)")


def no_sheet(page) -> None:
    page.wait_for_function("() => !document.querySelector('dialog[open]') && !history.state?.sheet")


def test_back_closes_a_sheet_and_leaves_the_page_only_then(new_buyer):
    page = new_buyer().page
    page.goto("/shop")
    page.goto("/p/mini-waffle-maker")
    page.locator("a[data-open=choose]").tap()
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
