"""Every step a browser can tell is told in one walk, and nothing of it is lost, however the phone is treated."""

import os
import random
import re

import pytest

from journey.steps import Step, Teller
from tests.browser.buyer import Buyer
from tests.browser.ledger import Kept, Ledger, put_away, take_up
from tests.browser.phone import PHONE, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]

BROWSER_STEPS = {step.value for step in Step if step.teller is Teller.BROWSER}
WALKS = int(os.environ.get("WALKS", "3"))  # WALKS=100 is the long form
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 20_000}


@pytest.fixture
def walk(browser, stack, answered):
    """Makes buyers whose every word is written down; returns (buyer, ledger)."""
    contexts = []

    def begin(**more):
        context = browser.new_context(**PHONE | more, base_url=stack.url)
        context.add_cookies([answered])
        contexts.append(context)
        ledger = Ledger(context, stack)
        return Buyer(context.new_page()), ledger

    yield begin
    for context in contexts:
        context.close()


def heard(page, ledger: Ledger, step: str) -> None:
    """Wait until the browser has said so."""
    page.wait_for_function(f"() => (localStorage.ledger ?? '').includes('\"step\":\"{step}\"')", timeout=25_000)


def test_one_walk_through_all_rooms_tells_every_step_a_browser_can_tell(walk):
    buyer, ledger = walk()
    page = buyer.page
    page.goto("/")
    for step in ("video_view", "focused_view", "video_loop", "view_promotion"):
        heard(page, ledger, step)
    put_away(page)
    take_up(page)
    page.locator("[data-video] [data-open=comments]").first.tap()
    heard(page, ledger, "open_sheet")
    page.goto("/p/mini-waffle-maker")
    page.evaluate("setTimeout(() => { throw new Error('no such thing /search?q=secret') })")
    title = page.locator("[data-block=title] h1")
    title.scroll_into_view_if_needed()
    for _ in range(3):
        title.tap()
    heard(page, ledger, "rage_tap")
    page.evaluate("document.querySelector('[data-block=title] h1').style.cursor = 'pointer'")
    title.tap()
    heard(page, ledger, "dead_tap")
    page.wait_for_timeout(1_200)  # a block was read after a second
    page.locator(
        "[data-block=also] [data-item], [data-block=you_may_like] [data-item], [data-list] [data-item]"
    ).last.scroll_into_view_if_needed()
    heard(page, ledger, "scroll")
    heard(page, ledger, "view_item_list")
    page.locator("[data-list] a[data-item]").last.tap()
    page.wait_for_url(re.compile("/p/(?!mini-waffle-maker)"))
    page.go_back()
    heard(page, ledger, "back_bounce")
    page.goto("/?video=sunday-pour")
    buyer.tap_the_anchor()
    buyer.put_into_cart()
    buyer.to_checkout()
    page.get_by_role("button", name="Place order").tap()
    heard(page, ledger, "field_error")
    buyer.fill_address()
    buyer.pay()
    assert BROWSER_STEPS - ledger.steps == set()
    assert ledger.steps - BROWSER_STEPS == set()
    assert ledger.kept() == Kept()
    [error] = [event["props"] for event in ledger.said if event["step"] == "script_error"]
    assert "secret" not in str(error)


def test_what_was_said_without_a_network_arrives_when_it_is_back(walk):
    buyer, ledger = walk()
    page = buyer.page
    page.goto("/")
    heard(page, ledger, "video_start")
    page.context.set_offline(True)
    heard(page, ledger, "focused_view")
    page.context.set_offline(False)
    assert ledger.kept() == Kept()


def killed_with_words_unsent(page, ledger: Ledger) -> None:
    """Nothing gets through any more, not even a last beacon, and then the next page of the tab is opened."""
    page.goto("/")
    heard(page, ledger, "video_start")
    page.route("**/journey/beacon", lambda route: route.abort())
    page.evaluate("navigator.sendBeacon = () => true")  # it is never told whether it came
    heard(page, ledger, "video_view")
    page.goto("/shop", wait_until="commit")
    page.unroute("**/journey/beacon")
    page.goto("/cart")


def test_what_a_killed_page_could_not_send_is_sent_by_the_next_one(walk):
    buyer, ledger = walk()
    killed_with_words_unsent(buyer.page, ledger)
    assert ledger.kept() == Kept()


def test_without_the_copy_in_the_tab_that_would_be_lost(walk):
    """The guard removed: nothing can be written into the storage of the tab."""
    buyer, ledger = walk()
    buyer.page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error() } })")
    killed_with_words_unsent(buyer.page, ledger)
    assert ledger.kept().lost


def test_two_tabs_and_one_that_was_duplicated_repeat_no_number(walk):
    buyer, ledger = walk()
    page = buyer.page
    page.goto("/")
    heard(page, ledger, "video_start")
    with page.expect_popup() as opened:
        page.evaluate("window.open(location.href)")  # it takes the storage of the tab along
    opened.value.goto("/p/rose-serum")
    opened.value.locator("[data-block=title]").first.wait_for()
    page.goto("/shop")
    opened.value.goto("/cart")
    assert ledger.kept() == Kept()


def may_be_kept(route) -> None:
    """Without `no-store` Chromium keeps a page as it stands, and brings it back when one goes back."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "cache-control"}
    route.fulfill(response=answer, headers=headers)


def test_a_page_that_is_brought_back_as_it_stood_goes_on_with_its_numbers(playwright, stack):
    keeping = open_browser(playwright, whole=True, ignore_default_args=["--disable-back-forward-cache"])
    context = keeping.new_context(**PHONE, base_url=stack.url)
    ledger, page = Ledger(context, stack), context.new_page()
    page.route("**/p/*", may_be_kept)
    page.goto("/p/mini-waffle-maker")
    number = page.evaluate("document.body.dataset.number")
    page.goto("/shop")
    page.evaluate("history.back()")  # and not go_back(), which waits for a page that loads
    heard(page, ledger, "page_shown")
    assert page.evaluate("document.body.dataset.number") == number
    [shown] = [event for event in ledger.said if event["step"] == "page_shown"]
    assert (shown["trail"], shown["props"]) == (number, {"reason": "restored"})
    assert ledger.kept() == Kept()
    keeping.close()


def test_a_shop_that_asks_to_wait_is_left_alone_and_gets_everything_later(walk):
    buyer, ledger = walk()
    page = buyer.page
    asked = []

    def busy(route):
        asked.append(route.request)
        route.fulfill(status=503, headers={"Retry-After": "3"}) if len(asked) == 1 else route.continue_()

    page.route("**/journey/beacon", busy)
    page.goto("/")
    heard(page, ledger, "video_view")
    assert ledger.kept() == Kept()
    assert len(asked) >= 2


def test_who_may_not_be_heard_any_more_is_not_asked_again_and_leaves_nothing_behind(walk):
    page = walk()[0].page
    asked = []
    page.route("**/journey/beacon", lambda route: (asked.append(1), route.fulfill(status=403)))
    page.goto("/")
    page.wait_for_function("() => Object.keys(sessionStorage).length === 0 && document.readyState === 'complete'")
    page.wait_for_timeout(5_000)
    assert len(asked) == 1
    assert page.evaluate("Object.keys(sessionStorage)") == []


def rough_walk(page, chance: random.Random, devtools) -> None:
    """Swipe, look, lose the network, switch apps, reload: all in some order."""
    for _ in range(6):
        match chance.randrange(6):
            case 0:
                page.evaluate("document.querySelector('#feed, #phone, html').scrollBy({top: innerHeight})")
            case 1:
                page.context.set_offline(True)
                page.wait_for_timeout(chance.randrange(300, 1_500))
                page.context.set_offline(False)
            case 2:
                put_away(page)
                page.wait_for_timeout(chance.randrange(100, 600))
                take_up(page)
            case 3:
                devtools.send("Network.emulateNetworkConditions", SLOW)
            case 4:
                page.goto(chance.choice(["/", "/p/rose-serum", "/shop", "/cart", "/@mira-glows"]))
            case 5:
                page.reload()
        page.wait_for_timeout(chance.randrange(200, 1_500))


@pytest.mark.parametrize("seed", range(1, WALKS + 1))
def test_rough_walks_lose_and_reorder_nothing(walk, seed):
    buyer, ledger = walk()
    page = buyer.page
    page.goto("/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    rough_walk(page, random.Random(seed), devtools)
    page.goto("/cart")
    said = ledger.said
    assert len(said) > 5
    assert ledger.kept() == Kept()
