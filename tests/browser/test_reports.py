"""The funnel report as an analyst uses it: compare, open a drop, ask what a word means; also by keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.stack]
FUNNEL = "/admin/analytics/funnel/?period=all&kind=all"


@pytest.fixture
def report(analyst, new_buyer):
    """The report of all days, after somebody has watched."""
    buyer = new_buyer()
    buyer.page.goto("/")
    buyer.page.wait_for_timeout(4_000)
    buyer.page.goto("/shop")
    page = analyst
    for _ in range(20):
        page.goto(FUNNEL)
        if page.locator(".funnel").count():
            return page
        page.wait_for_timeout(1_000)
    raise AssertionError("nobody was counted")


def test_two_periods_are_compared_and_the_comparison_is_taken_away_again(report):
    report.goto(FUNNEL.replace("all", "7", 1))
    report.get_by_text("Compare", exact=False).first.click()
    report.get_by_label("same days last week").check()
    report.get_by_role("button", name="Compare").click()
    expect(report.locator("#comparison")).to_contain_text("Against")
    assert "compare=week" in report.url
    assert "video=" not in report.url  # what is empty stays out of the address
    report.get_by_title("Take this away").first.click()
    expect(report.locator("#comparison")).to_have_count(0)


def test_the_trend_comes_after_the_page_and_has_a_table(report):
    expect(report.locator("svg.trend [data-bar]").first).to_be_visible()
    report.get_by_text("The days as a table").click()
    expect(report.locator("#trend table")).to_be_visible()


def test_arrows_go_from_bar_to_bar_and_enter_opens_what_stands_behind(report):
    bars = report.locator("[data-bars] [data-bar]")
    bars.first.focus()
    report.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()
    report.keyboard.press("End")
    expect(bars.last).to_be_focused()
    report.keyboard.press("Home")
    expect(bars.first).to_be_focused()
    report.keyboard.press("ArrowRight")
    link = bars.nth(1).get_attribute("href")
    report.keyboard.press("Enter")
    report.wait_for_url(f"**{link}")


def test_the_name_of_a_metric_says_what_it_means(report):
    word = report.get_by_role("button", name="Of the step before")
    tip = report.get_by_text("Of those who took the last required step before")
    expect(tip).to_be_hidden()
    word.focus()
    expect(tip).to_be_visible()


def test_a_menu_opens_over_the_page_offers_values_and_closes(report):
    report.get_by_text("Filter", exact=True).first.click()
    device = report.get_by_role("combobox", name="device")
    expect(device).to_be_visible()
    report.wait_for_function("document.querySelector('#values-device').options.length > 0")
    device.fill("phone")
    report.keyboard.press("Escape")
    expect(device).to_be_hidden()


def test_a_drop_says_where_they_went_and_what_distinguishes_them(report):
    report.locator(".drop a").first.click()
    expect(report.locator("h1", has_text="Who came to")).to_be_visible()
    expect(report.locator("svg.sankey .ribbon").first).to_be_attached()
    expect(report.locator("[data-part]")).to_have_count(0)
    expect(report.locator("#features")).to_contain_text("compare")
