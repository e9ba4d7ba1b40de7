"""Buying with keys alone, and without anything that moves; and what a page weighs."""

import re

import pytest

from tests.browser.phone import AT_LAPTOP

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]

LIGHT_ENOUGH = 100 * 1024  # bytes of a page as they come over the wire, without pictures and films
MEDIA = {"image", "media"}
MOVING = "document.getAnimations().filter(one => one.playState === 'running').map(one => one.effect.target.className)"
FOCUSED = "document.activeElement.matches.bind(document.activeElement)"


def tab_to(page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}({selector!r})"):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_keys_alone_open_the_sheet_choose_and_put_into_the_cart(new_buyer):
    buyer = new_buyer()
    page = buyer.page
    page.goto("/p/rose-serum")
    tab_to(page, ".product-bar [value=cart]")
    page.keyboard.press("Enter")
    page.locator("#choose[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator("#choose[open]").wait_for(state="detached")
    assert page.evaluate(f"{FOCUSED}('.product-bar [value=cart]')")
    page.keyboard.press("Space")
    tab_to(page, "#choose [name=sku]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[data-choose-now]")
    page.keyboard.press("Enter")
    buyer.in_the_cart()
    page.goto("/cart")
    assert page.get_by_text("50 ml").is_visible()


def test_keys_alone_lead_from_a_video_to_the_order(new_buyer):
    page = new_buyer(**AT_LAPTOP).page
    page.goto("/?video=quiet-on-tile")
    page.locator(".anchor.is-shown").first.wait_for()
    tab_to(page, ".anchor")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/p/cloud-slides"))
    tab_to(page, ".product-bar [value=buy_now]")
    page.keyboard.press("Enter")
    page.locator("#choose[open]").wait_for()
    tab_to(page, "#choose [name=sku]")
    page.keyboard.press("Space")
    tab_to(page, "[data-choose-now]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/checkout"))
    tab_to(page, "[name=full_name]")
    for typed in ("Kay Board", "1 Tab Street", "", "Salem", "Oreg", "97301"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    tab_to(page, "[name=payment]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[type=submit], .bar button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/orders/"))
    assert page.get_by_text("Loop wallet").is_visible()


@pytest.mark.parametrize(
    ("path", "opener"),
    [("/?video=sunday-pour", "[data-open=comments]"), ("/p/rose-serum", ".product-bar [value=cart]")],
)
def test_who_wants_no_motion_sees_none(new_buyer, path, opener):
    page = new_buyer(reduced_motion="reduce").page
    page.goto(path)
    page.locator(opener).first.tap()
    page.locator("dialog[open]").wait_for()
    assert page.evaluate(MOVING) == []
    assert page.evaluate("[...document.querySelectorAll('video')].filter(video => !video.paused).length") == 0


@pytest.mark.parametrize("path", ["/", "/p/rose-serum", "/shop"])
def test_a_page_without_its_media_is_light(new_buyer, path):
    page = new_buyer().page
    come = []
    page.on("requestfinished", lambda request: come.append(request))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    weights = {
        re.sub(r"^https?://[^/]+", "", request.url): request.sizes()["responseBodySize"]
        for request in come
        if request.resource_type not in MEDIA
    }
    assert path in weights
    assert sum(weights.values()) <= LIGHT_ENOUGH, weights
