"""A buyer walks all six stages on a phone, and the report finds exactly this walk."""

import re
import time

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.phone import LAPTOP, PHONE, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PATIENCE_S = 10


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = open_browser(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser, stack):
    context = browser.new_context(**PHONE, base_url=stack.url)
    page = context.new_page()
    page.set_default_timeout(8_000)
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="module")
def analyst(browser, stack):
    """A page of the admin, signed in."""
    context = browser.new_context(**LAPTOP, base_url=stack.url)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", stack.user)
    page.fill("input[name=password]", stack.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def counts(analyst) -> list[int]:
    answer = analyst.request.get("/api/funnels/stages/?kind=visitor")
    return [step["count"] for step in answer.json()["steps"]]


def swipe_up(page) -> None:
    feed = page.locator("[data-video]").first
    feed.evaluate("card => card.parentElement.scrollBy({top: innerHeight, behavior: 'smooth'})")


def test_a_walk_through_all_six_stages_is_one_more_in_each(phone, analyst):
    before = counts(analyst)
    started = time.monotonic()

    phone.goto("/")
    playing = "videos => videos.filter(video => !video.paused).length"
    phone.wait_for_function(f"() => ({playing})([...document.querySelectorAll('video')]) === 1")
    swipe_up(phone)
    anchor = phone.locator("[data-video] [data-anchor]:visible").first
    anchor.wait_for()
    phone.wait_for_timeout(1_500)  # an anchor counts as seen after a second
    anchor.tap()

    phone.wait_for_url(re.compile("/p/"))
    phone.locator("[data-block=reviews], [data-block=reviews_short]").first.scroll_into_view_if_needed()
    put_into_cart(phone)
    phone.goto("/cart")
    phone.get_by_role("link", name=re.compile("checkout", re.I)).tap()
    check_out(phone)
    phone.wait_for_url(re.compile("/orders/"))
    open_a_ticket(phone)
    walked = time.monotonic()

    while counts(analyst) != [count + 1 for count in before]:
        assert time.monotonic() - walked < PATIENCE_S, (before, counts(analyst))
        time.sleep(0.3)
    assert time.monotonic() - started < 120

    analyst.goto("/admin/analytics/funnel/?kind=visitor")
    for count in counts(analyst):
        expect(analyst.locator("main, #content, body").first).to_contain_text(str(count))


def put_into_cart(phone) -> None:
    phone.locator("button[name=method][value=cart]:visible").first.tap()
    sheet = phone.locator("dialog[open]")
    if sheet.count():
        sheet.locator("label:has(input[name=sku]:not(:disabled))").first.tap()
        sheet.locator("button[type=submit]").first.tap()
    phone.wait_for_load_state()


def check_out(phone) -> None:
    fill_address(phone)
    phone.get_by_role("button", name=re.compile("place order|pay", re.I)).first.tap()


def fill_address(phone) -> None:
    answers = {"name": "Ada Byron", "street": "12 Rose Lane", "city": "Portland", "postcode": "97201"}
    for name, text in answers.items():
        phone.fill(f"[name={name}]", text)


def open_a_ticket(phone) -> None:
    phone.get_by_role("link", name=re.compile("help", re.I)).first.tap()
    phone.fill("textarea", "Where is my parcel? It should have come on Tuesday.")
    phone.get_by_role("button", name=re.compile("send|open", re.I)).first.tap()
    phone.wait_for_url(re.compile("/support/[A-Za-z0-9-]+$"))
