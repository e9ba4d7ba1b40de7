"""The journey inspector beside the phone on a laptop."""

import pytest

from tests.browser.buyer import Buyer
from tests.browser.phone import LAPTOP

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
COUNTED_MS = 15_000


@pytest.fixture
def desk(browser, stack):
    buyer = Buyer(browser.new_context(**LAPTOP, base_url=stack.url).new_page())
    yield buyer.page
    buyer.page.context.close()
    assert buyer.problems == []


def names(page) -> list[str]:
    return page.locator(".inspector-steps .step-name").all_inner_texts()


def test_steps_appear_as_they_happen_and_end_counted_once_each(desk):
    desk.goto("/")
    desk.locator(".inspector-steps [data-step=video_start]").wait_for()
    desk.goto("/p/rose-serum")
    desk.locator("[data-block=shop_card]").first.scroll_into_view_if_needed()
    desk.locator(".inspector-steps [data-step=scroll]").first.wait_for()
    counted = "() => document.querySelectorAll('.inspector-steps li:not([data-state=counted])').length === 0"
    desk.wait_for_function(counted, timeout=COUNTED_MS)
    seen = names(desk)
    assert seen.index("view_item") < seen.index("video_start") < seen.index("view_feed")
    assert (seen.count("view_item"), seen.count("view_feed")) == (1, 1)
    reached = desk.locator(".inspector-stages > .is-reached").evaluate_all("all => all.map(item => item.dataset.stage)")
    assert {"1", "5"} <= set(reached)


def test_the_arm_shown_is_the_one_of_the_events(desk):
    desk.goto("/p/rose-serum")
    blocks = desk.locator("[data-block]").evaluate_all("all => all.map(block => block.dataset.block)")
    mine = desk.locator(".inspector-who div", has_text="Trust first").locator(".inspector-arm")
    mine.wait_for()
    shown = mine.inner_text()
    assert (shown == "Control") == ("assurances_badges" not in blocks)
    desk.locator(".inspector-steps [data-step=view_item][data-state=counted]").wait_for(timeout=COUNTED_MS)
    answer = desk.request.get("/journey/inspector/steps").json()
    said = {arm for step in answer["steps"] for arm in step["arms"].split(";") if arm.startswith("trust=")}
    assert said == {"trust=control" if shown == "Control" else "trust=trust-first"}


def test_starting_over_is_somebody_new(desk):
    desk.goto("/cart")
    before = desk.locator(".inspector code").inner_text()
    desk.get_by_role("button", name="Start over").click()
    desk.wait_for_url("**/")
    desk.locator(".inspector code").wait_for()
    assert desk.locator(".inspector code").inner_text() != before


def test_a_phone_never_asks_for_it(new_buyer):
    page = new_buyer().page
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/shop")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "inspector" in url] == []
    assert page.locator("[data-inspector]").is_hidden()
