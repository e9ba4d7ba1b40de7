"""A video is dropped onto its page in the admin, and plays in the feed."""

import re
from base64 import b64encode

import pytest

from tests.browser.buyer import PLAYING
from tests.films import film

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
READY_MS = 30_000

DROP = """([zone, bytes, name]) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, {type: "video/mp4"}));
    zone.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def dropped(page, content: bytes, name: str) -> None:
    zone = page.locator("[data-drop-video]").element_handle()
    page.evaluate(DROP, [zone, b64encode(content).decode(), name])


def test_a_video_dropped_in_the_admin_is_prepared_and_plays_in_the_feed(analyst, new_buyer):
    page = analyst
    page.goto("/admin/shop/video/add/")
    said = page.locator("[data-said]")
    dropped(page, film(size=(160, 90)), "wide.mp4")
    said.filter(has_text="wider than tall").wait_for()

    dropped(page, film(size=(360, 640), seconds=3), "morning.mp4")
    said.filter(has_text="morning.mp4 is here").wait_for()
    page.locator(".select2-selection").first.click()
    page.locator(".select2-results__option", has_text=re.compile("@")).first.click()
    page.locator("[name=caption]").press_sequentially("Morning light")  # which types the slug as well
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/**")
    page.locator(".chip-good", has_text="Ready").wait_for(timeout=READY_MS)
    page.locator("[data-preview] video").wait_for()

    buyer = new_buyer()
    buyer.page.goto("/?video=morning-light")
    buyer.page.wait_for_function(f"() => {PLAYING}.some(video => video.currentSrc.includes('/media/videos/'))")
