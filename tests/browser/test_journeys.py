"""An analyst at the desk: from the funnel to a drop, to the journeys behind it, to one of them."""

import csv
import re
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scenes.showroom import in_the_dark
from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
JOURNEYS = "/admin/analytics/journey/"
FUNNEL = "/admin/analytics/funnel/"


def number_in(text: str) -> int:
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def found(page: Page) -> int:
    return number_in(page.locator(".found").inner_text())


def wide(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def readable(page: Page) -> None:
    """By axe, light and dark, on a desk and on a phone."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for dark in (False, True):
            in_the_dark(page, dark)
            assert violations(page, ".report") == []
        assert wide(page) <= 0
    in_the_dark(page, False)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_journeys_are_narrowed_opened_and_read(analyst):
    page = analyst
    page.goto(JOURNEYS)
    everything = found(page)
    page.get_by_label("Reached").select_option(label="4 Link")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("stage__gte=4"))
    assert 0 < found(page) < everything
    readable(page)
    page.get_by_text("More filters").click()
    page.get_by_label("Device").select_option("phone")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("device__exact=phone"))
    on_phones = found(page)
    assert 0 < on_phones <= everything
    page.locator(".only a", has_text="device: phone").click()
    expect(page.locator(".only")).not_to_contain_text("device")
    assert found(page) >= on_phones


def test_a_journey_is_a_sentence_and_the_rooms_it_went_through(analyst):
    page = analyst
    yesterday = datetime.now(UTC).date() - timedelta(days=1)  # today's are of other tests, and rough
    page.goto(f"{JOURNEYS}?stage__gte=4&day__lte={yesterday}")  # from the feed into the shop
    page.locator("#result_list .field-began a").first.click()
    expect(page.locator(".verdict")).to_have_text(re.compile(r"^(Watched|Opened|Tapped|Looked).*, left\.$"))
    titles = page.locator(".line h4").all_inner_texts()
    assert [title for title in titles if title.startswith(("Watched", "Opened"))]
    assert page.locator(".line h3").count() >= 2
    readable(page)


def test_every_step_of_a_journey_can_be_copied(analyst):
    page = analyst
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{JOURNEYS}?has=purchase")
    page.locator("#result_list .field-began a").first.click()
    expect(page.locator(".fact h4").first).to_contain_text("Bought order")
    order = page.locator(".fact .notes a").first.inner_text().split()[-1]
    page.locator(".raw > summary").click()
    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert f'"order": "{order}"' in page.evaluate("navigator.clipboard.readText()")
    readable(page)


def test_a_mark_on_the_strip_leads_to_its_step(analyst):
    page = analyst
    page.goto(f"{JOURNEYS}?has=purchase")
    page.locator("#result_list .field-began a").first.click()
    mark = page.locator(".mark.fact").first
    step = mark.get_attribute("href")
    mark.click()
    expect(page.locator(f".row{step}")).to_be_in_viewport()
    expect(page.locator(f".row{step} h4")).to_contain_text("Bought order")


def test_a_drop_leads_to_exactly_its_journeys_and_those_to_a_file(analyst):
    page = analyst
    page.goto(f"{FUNNEL}?funnel=shop&period=all")
    lost = page.locator(".drop small a").first
    many = number_in(lost.inner_text())
    lost.click()
    expect(page.locator(".of-a-report .verdict strong")).to_have_text(re.compile(rf"^{many:,} journeys?$"))
    expect(page.locator(".of-a-report")).to_contain_text("that reached Product page and not Added to cart")
    assert found(page) == many
    page.get_by_label("Who").select_option(label="simulated")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("kind__in=simulated"))
    assert found(page) <= many
    with page.expect_download() as started:
        page.get_by_role("link", name="Download CSV").click()
    rows = list(csv.DictReader(started.value.path().read_text().splitlines()))
    assert len(rows) == found(page)
    assert {"v" in row["path"] and "t" not in row["path"].split("v", 1)[1] for row in rows} == {True}
    page.get_by_role("link", name="Product page to purchase").click()
    expect(page.locator(".drop small a").first).to_have_text(re.compile(f"^{many:,} lost"))


def test_where_they_went_instead_opens_their_journeys(analyst):
    page = analyst
    page.goto(f"{FUNNEL}?funnel=shop&period=all")
    page.locator(".bar a.lost").first.click()
    people = page.locator(".verdict a").first
    many = number_in(people.inner_text())
    people.click()
    assert found(page) == many
    page.go_back()
    went = page.locator(".sankey a.ribbon").first
    took = number_in(went.get_attribute("aria-label"))
    page.goto(went.get_attribute("href"))
    expect(page.locator(".of-a-report")).to_contain_text("(then: ")
    assert found(page) == took


def test_a_number_of_a_report_of_ones_own_leads_to_its_journeys_and_back(analyst):
    """Built, counted, opened, and read down to one person."""
    page, again = analyst, token_hex(2)  # what was saved by a first try would refuse the second
    page.goto("/admin/analytics/savedreport/add/")
    page.get_by_label("Question").fill(f"Who sees an anchor and does not tap? {again}")
    page.get_by_label("Name", exact=True).first.fill(f"Anchor to tap {again}")
    for step in ("view_promotion", "select_promotion"):
        page.get_by_label("Add a step…").select_option(step)
    page.locator("[data-preview-picture] h3").nth(1).wait_for()  # what comes in moves the button
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/savedreport/", timeout=90_000)  # a worker may be counting: the two wait for each other
    page.get_by_role("link", name=f"Who sees an anchor and does not tap? {again}").click()
    lost = page.locator(".drop small a").first
    many = number_in(lost.inner_text())
    lost.click()
    assert found(page) == many > 0
    expect(page.locator(".of-a-report a").first).to_have_text(f"Anchor to tap {again}")
    page.locator("th.column-began a").first.click()  # the oldest: today's are of other tests, who tap before they see
    page.locator("#result_list .field-began a").first.click()
    expect(page.locator(".line .notes", has_text="saw the anchor of").first).to_be_visible()
    expect(page.locator(".line .notes", has_text="tapped the anchor of")).to_have_count(0)
    page.go_back()
    page.locator(".of-a-report a").first.click()
    assert number_in(page.locator(".drop small a").first.inner_text()) == many


def test_a_journey_is_printed_without_the_frame_around_it(analyst):
    page = analyst
    page.goto(f"{JOURNEYS}?has=purchase")
    page.locator("#result_list .field-began a").first.click()
    page.emulate_media(media="print")
    try:
        assert page.locator(".neighbours").is_visible() is False
        assert page.locator(".line .fact h4").first.is_visible()
        assert page.locator("#nav-sidebar").is_visible() is False
    finally:
        page.emulate_media(media="screen")
