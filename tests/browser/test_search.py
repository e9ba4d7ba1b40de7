"""Searching with a thumb and with a keyboard."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]


def test_from_the_shop_tab_by_a_suggestion_and_a_filter_to_a_product(new_buyer):
    page = new_buyer().page
    page.goto("/shop")
    page.get_by_role("link", name=re.compile("Search products", re.I)).tap()
    field = page.get_by_role("combobox")
    field.press_sequentially("scrunch")
    page.get_by_role("option").first.tap()
    page.wait_for_url(re.compile(r"/search\?q="))
    page.get_by_role("link", name="Filters").tap()
    page.get_by_text("In stock", exact=True).tap()
    page.get_by_role("button", name="Show results").tap()
    page.wait_for_url(re.compile("stock=1"))
    assert page.locator(".active-chips .chip").all_inner_texts() == ["Remove filter\nIn stock"]
    page.locator("[data-item=satin-scrunchies]").tap()
    page.wait_for_url(re.compile("/p/satin-scrunchies"))


def test_arrows_choose_a_suggestion_enter_takes_it_and_it_is_remembered(new_buyer):
    page = new_buyer().page
    page.goto("/search")
    field = page.get_by_role("combobox")
    field.press_sequentially("ros")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    chosen = page.locator('[role=option][aria-selected="true"]')
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    title = chosen.inner_text()
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    page.goto("/search")
    assert page.locator("[data-recent] li").all_inner_texts() == [title]
    page.get_by_role("button", name="Clear").tap()
    page.reload()
    assert page.locator("[data-recent]").is_hidden()


def test_a_shelf_goes_on_by_itself(new_buyer):
    page = new_buyer().page
    page.goto("/shop")
    page.locator("[data-more]").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelectorAll('[data-list=shop] [data-item]').length > 20")
