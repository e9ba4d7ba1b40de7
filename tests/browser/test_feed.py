"""The feed in a buyer's hands: by thumb, and by mouse and keys on a laptop."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.buyer import no_sheet
from tests.browser.phone import AT_LAPTOP, Finger

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PLAYS = """slug => {
    const video = document.querySelector(`[data-video="${slug}"] video`);
    return video && !video.paused && video.currentTime > 0;
}"""
RESTS = """() => {
    const feed = document.getElementById("feed");
    return feed.scrollTop % feed.clientHeight === 0 && !feed.style.scrollSnapType;
}"""
LISTENS = """() => {
    window.told = [];
    document.addEventListener("journey:said", ({ detail }) => window.told.push(detail.step));
}"""
CATCHES_THE_HEART = """() => {
    window.heart = new Promise((found) => new MutationObserver(() => {
        const heart = document.querySelector(".heart-pop");
        if (heart) found([parseFloat(heart.style.left), parseFloat(heart.style.top)]);
    }).observe(document.body, {subtree: true, childList: true}));
}"""


def card(buyer, place: int = 0):
    return buyer.page.locator("[data-video]").nth(place)


def plays(buyer, place: int) -> str:
    """Wait until this clip plays; its slug."""
    slug = card(buyer, place).get_attribute("data-video")
    buyer.page.wait_for_function(PLAYS, arg=slug)
    return slug


def test_a_swipe_snaps_to_the_next_clip_and_only_the_one_after_it_loads(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/")
    plays(buyer, 0)
    Finger(buyer.page).swipe_up()
    plays(buyer, 1)
    buyer.page.wait_for_function(RESTS)
    videos = buyer.page.locator("[data-video] video")
    assert videos.evaluate_all("all => all.slice(0, 4).map(v => v.preload)") == ["auto", "auto", "auto", "none"]
    assert videos.evaluate_all("all => all.filter(v => !v.paused).length") == 1


def test_a_double_tap_likes_under_the_finger_and_a_single_one_pauses(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/?video=pillow-for-pineapple")
    plays(buyer, 0)
    buyer.page.evaluate(CATCHES_THE_HEART)  # it is gone in less than a second
    with buyer.page.expect_response("**/engage"):
        Finger(buyer.page).double_tap(120, 300)
    left, top = buyer.page.evaluate("heart")
    assert (abs(left - 120) < 2, abs(top - 300) < 2) == (True, True)
    buyer.page.wait_for_selector('[data-engage-kind="like"][aria-pressed="true"]')
    buyer.page.reload()
    buyer.page.wait_for_selector('[data-mine="like:pillow-for-pineapple"][aria-pressed="true"]')
    plays(buyer, 0)
    buyer.page.touchscreen.tap(120, 300)
    buyer.page.wait_for_function("() => document.querySelector('video').paused")


def test_a_comment_shows_for_another_buyer_and_can_be_taken_back(new_buyer):
    anna, ben = new_buyer(), new_buyer()
    open_comments(anna)
    field = anna.page.locator("#comments input[name=text]")
    field.fill("The scent is gone after an hour, sadly")
    anna.page.get_by_role("button", name="Send").tap()
    anna.page.locator(".comment", has_text="sadly").get_by_text("You", exact=True).wait_for()
    open_comments(ben)
    ben.page.locator(".comment", has_text="sadly").wait_for()
    anna.page.get_by_role("button", name=re.compile("^Delete your comment")).tap()
    anna.page.locator(".comment", has_text="sadly").wait_for(state="detached")


def open_comments(buyer) -> None:
    buyer.page.goto("/?video=sunday-pour")
    card(buyer).get_by_role("button", name=re.compile("^Comments")).tap()
    buyer.page.locator("#comments .comment").first.wait_for()


def test_the_card_comes_after_its_delay_beside_the_pill_and_goes_back_into_it(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/?video=quiet-on-tile")
    buyer.page.evaluate(LISTENS)
    plays(buyer, 0)
    popup, pill = card(buyer).locator(".popup"), card(buyer).locator(".anchor")
    pill.wait_for()
    assert not popup.is_visible()
    popup.wait_for(timeout=10_000)
    buyer.page.wait_for_function("() => told.includes('view_promotion')")  # it has slid in, and was seen for a second
    assert buyer.page.evaluate("told").count("view_promotion") == 1
    pill_box, box, rail = (card(buyer).locator(one).bounding_box() for one in (".anchor", ".popup", ".rail"))
    assert box["y"] >= pill_box["y"] + pill_box["height"]
    assert box["x"] + box["width"] <= rail["x"]
    popup.get_by_role("button", name="Close this card").tap()
    popup.wait_for(state="hidden")
    assert pill.is_visible()


def test_each_product_of_several_goes_into_the_cart_from_its_row(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/?video=three-bottle-morning")
    card(buyer).locator(".anchor").tap()
    rows = buyer.page.locator("#products .pick")
    rows.first.wait_for()
    assert rows.count() == 3
    for place in (0, 2):
        rows.nth(place).get_by_role("button", name=re.compile("to cart")).tap()
        buyer.page.wait_for_selector(f'#products .badge:text-is("{1 if place == 0 else 2}")')
    rows.nth(1).locator("a").tap()
    buyer.page.wait_for_url(re.compile("/p/rose-serum"))


def test_a_finger_on_the_line_moves_through_the_clip(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/")
    plays(buyer, 0)
    line = card(buyer).locator(".clip-line")
    box, finger = line.bounding_box(), Finger(buyer.page)
    finger.touch("touchStart", (40, int(box["y"]) + 12))
    for x in range(60, 330, 30):
        finger.touch("touchMove", (x, int(box["y"]) + 12))
    time = card(buyer).locator(".clip-time")
    expect(time).to_have_text(re.compile(r"^0:0\d / 0:0\d$"))
    finger.touch("touchEnd")
    time.wait_for(state="hidden")
    buyer.page.wait_for_function(
        "() => { const v = document.querySelector('video'); return v.currentTime > v.duration * 0.7 }"
    )


def test_a_laptop_has_keys_and_a_mouse_for_everything(new_buyer):
    buyer = new_buyer(**AT_LAPTOP)
    page = buyer.page
    page.goto("/")
    plays(buyer, 0)
    page.keyboard.press("m")
    page.keyboard.press("l")
    page.wait_for_selector('[data-sound][aria-pressed="true"]')
    page.wait_for_selector('[data-mine^="like:"][aria-pressed="true"]')
    page.keyboard.press("ArrowDown")
    plays(buyer, 1)
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelectorAll('video')[1].paused")
    page.mouse.move(720, 500)
    page.mouse.down()
    page.mouse.move(720, 150, steps=6)
    page.mouse.up()
    plays(buyer, 2)
    page.wait_for_function(RESTS)
    page.mouse.wheel(0, 600)
    plays(buyer, 3)
    page.mouse.click(720, 300, button="right")
    page.get_by_role("radio", name="2×").check()
    page.wait_for_function("() => document.querySelectorAll('video')[3].playbackRate === 2")
    page.keyboard.press("Escape")
    no_sheet(page)
    page.reload()
    plays(buyer, 0)
    page.wait_for_selector('[data-sound][aria-pressed="true"]')


def test_what_does_not_interest_is_skipped_and_does_not_come_back(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/")
    slug = plays(buyer, 0)
    finger = Finger(buyer.page)
    finger.touch("touchStart", (150, 350))
    buyer.page.get_by_role("button", name=re.compile("Not interested")).wait_for()
    finger.touch("touchEnd")
    buyer.page.get_by_role("button", name=re.compile("Not interested")).tap()
    buyer.page.locator(f'[data-video="{slug}"]').wait_for(state="detached")
    plays(buyer, 0)
    no_sheet(buyer.page)
    buyer.page.goto("/")
    assert buyer.page.locator(f'[data-video="{slug}"]').count() == 0


def test_without_a_network_the_feed_says_so_and_goes_on_when_it_is_back(new_buyer):
    buyer = new_buyer()
    buyer.page.goto("/")
    plays(buyer, 0)
    buyer.page.context.set_offline(True)
    banner = buyer.page.get_by_text("You are offline.")
    banner.wait_for()
    card(buyer).get_by_role("button", name=re.compile("^Comments")).tap()
    buyer.page.get_by_text("This did not load.").wait_for()
    buyer.page.context.set_offline(False)
    banner.wait_for(state="hidden")
    buyer.page.get_by_role("button", name="Try again").tap()
    buyer.page.locator("#comments .comment").first.wait_for()


def test_who_wants_no_motion_starts_each_clip_with_a_tap(new_buyer):
    buyer = new_buyer(reduced_motion="reduce")
    buyer.page.goto("/")
    card(buyer).locator(".anchor").wait_for()
    assert buyer.page.locator("video").first.evaluate("video => video.paused")
    buyer.page.touchscreen.tap(120, 300)
    plays(buyer, 0)


def test_a_caption_that_is_cut_on_a_narrower_phone_can_be_read(new_buyer):
    page = new_buyer().page
    page.goto("/?video=lip-butter-no-mirror")
    more = page.locator("[data-video=lip-butter-no-mirror] .caption-more")
    expect(more).to_be_hidden()
    page.set_viewport_size({"width": 300, "height": 700})
    more.tap()
    expect(more).to_have_text("less")
    page.set_viewport_size({"width": 390, "height": 844})
    more.tap()
    expect(more).to_be_hidden()
