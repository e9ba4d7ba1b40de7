"""What is drawn for everyone is pressed where it is this buyer's own: when a page opens, and in what comes later."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]

FOLLOW = '[data-creator="{}"] [data-mine^="follow:"]'
PRESSED = "([selector, count]) => document.querySelectorAll(`${selector}[aria-pressed=true]`).length >= count"


def test_who_is_followed_is_followed_on_cards_that_come_later_and_after_a_reload(new_buyer):
    page, stranger = new_buyer().page, new_buyer().page
    page.goto("/")
    card = page.locator("[data-creator]").first
    follow = FOLLOW.format(card.get_attribute("data-creator"))
    card.locator('[data-mine^="follow:"]').tap()
    page.wait_for_function(PRESSED, arg=[follow, 1])
    for _ in range(3):
        seen = page.locator("[data-video]").count()
        page.locator("[data-video]").last.evaluate("card => card.scrollIntoView()")
        page.wait_for_function("seen => document.querySelectorAll('[data-video]').length > seen", arg=seen)
    page.wait_for_function(PRESSED, arg=[follow, 2])
    page.goto("/")
    page.wait_for_function(PRESSED, arg=[follow, 1])
    assert page.locator("#mine").count() == 0
    stranger.goto("/")
    assert stranger.locator("[data-mine][aria-pressed=true]").count() == 0
