"""Who looks at the admin on a phone reads every page without pushing it sideways."""

import pytest

from tests.browser.phone import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PAGES = [
    "/admin/",
    "/admin/health/",
    "/admin/lost-steps/",
    "/admin/steps/",
    "/admin/analytics/funnel/?kind=all&funnel=path&by=device,source&compare=previous",
    "/admin/analytics/funnel/drop/?kind=all",
    "/admin/analytics/savedreport/add/",
    "/admin/analytics/journey/",
    "/admin/analytics/videoday/of/sleep-in-it/",
    "/admin/analytics/productday/of/cloud-pillow/",
    "/admin/analytics/diagnosis/",
    "/admin/analytics/diagnosis/video/sleep-in-it/",
    "/admin/analytics/schedule/1/change/",
    "/admin/journey/variant/",
    "/admin/journey/variant/add/",
    "/admin/journey/variant/compare/",
    "/admin/journey/experiment/add/",
    "/admin/journey/change/",
]
CUT = """() => [...document.querySelectorAll("#result_list td")]
  .filter((cell) => cell.scrollHeight > cell.clientHeight + 1).map((cell) => cell.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def phone(browser, analyst):
    context = browser.new_context(
        **PHONE, base_url=analyst.evaluate("location.origin"), storage_state=analyst.context.storage_state()
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_phone(address, phone):
    assert phone.goto(address).status == 200
    assert phone.evaluate("document.documentElement.scrollWidth") == phone.evaluate("innerWidth") == 390


def test_what_was_changed_is_read_in_full(phone):
    phone.goto("/admin/journey/variant/add/")
    phone.fill("[name=name]", "For a phone")
    phone.fill("[name=slug]", "for-a-phone")
    phone.locator("[name=_save]").click()
    phone.goto("/admin/journey/change/")
    assert "for-a-phone" in phone.locator("#result_list").inner_text()
    assert phone.evaluate(CUT) == []
