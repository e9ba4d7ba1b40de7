"""A report is written in the admin: by mouse, by keys alone, and without the script."""

import re

import pytest

from tests.browser.phone import LAPTOP
from tests.stack.demo import eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
ADD, LIST = "/admin/analytics/savedreport/add/", "/admin/analytics/savedreport/"


def line(page) -> str:
    return page.locator("[name=line]").input_value()


def drawn(page) -> list[str]:
    return page.locator("[data-preview-picture] h3").all_inner_texts()


def test_a_report_is_built_moved_saved_and_counted(analyst):
    analyst.goto(ADD)
    analyst.get_by_label("Question").fill("Who taps and does not buy?")
    analyst.get_by_label("Name", exact=True).first.fill("Tap to buy")
    for name in ("select_promotion", "purchase", "view_item"):
        analyst.get_by_label("Add a step…").select_option(name)
    assert line(analyst) == "select_promotion,purchase,view_item"
    analyst.get_by_label("Move step 3 up").click()
    analyst.locator(".step-card").nth(1).get_by_label("may be left out").check()
    analyst.locator(".step-card").nth(2).get_by_text("Limits").click()
    analyst.locator(".step-card").nth(2).get_by_label("at most").fill("1h")
    analyst.locator(".step-card").nth(0).get_by_label("Name").fill("Tapped")
    assert line(analyst) == "select_promotion,view_item:optional,purchase:within=1h"
    assert eventually(lambda: [re.sub(r"^\d+\s*", "", label) for label in drawn(analyst)][:1] == ["Tapped"], 15)
    analyst.get_by_role("button", name="Save").click()
    analyst.wait_for_url(f"**{LIST}")
    analyst.wait_for_selector(".saved-list li:has-text('Who taps') .small-funnel", timeout=30_000)
    analyst.get_by_role("link", name="Who taps and does not buy?").click()
    assert "funnel=tap-to-buy" in analyst.url


def test_steps_are_moved_and_taken_out_by_keys_alone_and_the_focus_stays(analyst):
    analyst.goto(f"{ADD}?copy=shop")
    analyst.get_by_label("Move step 1 down").focus()
    analyst.keyboard.press("Enter")
    assert line(analyst) == "add_to_cart,view_item,begin_checkout,purchase"
    assert analyst.evaluate("document.activeElement.closest('.step-card').querySelector('b').textContent") == "2"
    analyst.get_by_label("Remove step 2").focus()
    analyst.keyboard.press("Space")
    assert line(analyst) == "add_to_cart,begin_checkout,purchase"


def test_a_line_written_by_hand_becomes_cards_and_a_slip_is_said_beside_it(analyst):
    analyst.goto(ADD)
    analyst.get_by_text("On one line").click()
    analyst.locator("[name=line]").fill("view_item,!refund,purchase:within=2h")
    assert eventually(lambda: analyst.locator(".step-card").count() == 2, 15)
    assert analyst.locator(".step-card").nth(1).get_by_label("at most").input_value() == "2h"
    analyst.locator("[name=line]").fill("view_item,teleport")
    wrong = analyst.locator("[data-wrong=line]")
    wrong.wait_for(state="visible", timeout=15_000)
    assert "There is no step “teleport”" in wrong.inner_text()


def test_without_the_script_the_line_is_a_field_and_works(browser, stack, analyst):
    context = browser.new_context(**LAPTOP, base_url=stack.url, java_script_enabled=False)
    context.add_cookies(analyst.context.cookies())
    page = context.new_page()
    page.goto(ADD)
    page.get_by_label("Question").fill("Who reads and does not buy?")
    page.locator("[name=name]").fill("Plain")
    page.locator("[name=line]").fill("view_item,purchase")
    page.get_by_role("button", name="Save").click()
    assert "“Plain” is saved." in page.inner_text("body")
    context.close()
