"""A buyer walks all six stages on a phone, and the report finds exactly this walk."""

import time

import pytest

from tests.stack.demo import eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PATIENCE_S = 10
QUIET_S = 6


def stages(analyst) -> list[int]:
    answer = analyst.request.get("/api/funnels/stages/?kind=visitor")
    return [step["count"] for step in answer.json()["steps"]]


def arms(analyst) -> dict[str, int]:
    """How many journeys of each arm opened a product page."""
    answer = analyst.request.get("/api/funnels/shop/?kind=visitor&by=experiment:trust")
    return {name: steps[0]["count"] for name, steps in answer.json()["segments"].items()}


def quiet(analyst) -> list[int]:
    """The stages once nothing comes in any more from pages that other tests have left."""
    seen, since = stages(analyst), time.monotonic()
    while time.monotonic() - since < QUIET_S:
        time.sleep(0.5)
        if (now := stages(analyst)) != seen:
            seen, since = now, time.monotonic()
    return seen


def test_a_walk_through_all_six_stages_is_one_more_in_each(new_buyer, analyst):
    before = quiet(analyst)
    buyer = new_buyer()
    buyer.watch()
    buyer.tap_the_anchor()
    buyer.page.locator("[data-block=reviews], [data-block=reviews_short]").first.scroll_into_view_if_needed()
    buyer.put_into_cart()
    buyer.to_checkout()
    buyer.fill_address()
    buyer.pay()
    buyer.open_ticket("Where is my parcel? It should have come on Tuesday.")
    walked = [count + 1 for count in before]
    assert eventually(lambda: stages(analyst) == walked, PATIENCE_S), (before, stages(analyst))

    analyst.goto("/admin/analytics/funnel/?kind=visitor")
    drawn = [int(text.replace(",", "")) for text in analyst.locator(".funnel .count").all_inner_texts()]
    assert drawn == walked


def test_a_simulated_month_and_live_clicks_recount_to_the_same_numbers(new_buyer, stack):
    buyer = new_buyer()
    buyer.watch()
    buyer.open_product("lip-butter")
    buyer.page.context.close()

    def settled() -> bool:
        code, said = stack.run("recount", "--check")
        return code == 0 and "drift 0" in said

    # A beacon may arrive between the counting and the check: then the next look finds it counted.
    assert eventually(settled, seconds=20), stack.run("recount", "--check")


def test_two_browsers_in_different_arms_see_different_pages_and_the_report_shows_each(new_buyer, analyst):
    seen = {}
    for _ in range(12):  # each arm is half of all: twelve in one arm happen once in two thousand runs
        buyer = new_buyer()
        buyer.open_product("rose-serum")
        blocks = buyer.page.locator("[data-block]").evaluate_all("all => all.map(block => block.dataset.block)")
        seen["trust-first" if "assurances_badges" in blocks else "control"] = blocks
        if len(seen) == 2:
            break
    assert seen["control"] != seen["trust-first"]

    both = {"trust=control", "trust=trust-first"}
    assert eventually(lambda: {arm for arm, count in arms(analyst).items() if count} >= both, PATIENCE_S), arms(analyst)
