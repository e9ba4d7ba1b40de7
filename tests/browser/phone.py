"""A phone: Chromium at 390×844 with a touch screen."""

import os
import shutil
import time

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
}
LAPTOP = {"viewport": {"width": 1440, "height": 900}}
AT_LAPTOP = LAPTOP | {"is_mobile": False, "has_touch": False, "device_scale_factor": 1}  # what PHONE says, unsaid


def chromium_path(*, whole: bool = False) -> str:
    """The one without windows, which is lighter; only a `whole` one keeps pages as they stand for who goes back."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    named = os.environ.get("CHROMIUM_PATH") or "chromium-headless-shell"
    found = next(filter(None, map(shutil.which, [*names, named] if whole else [named, *names])), None)
    if not found:
        raise RuntimeError("No Chromium was found: install the package chromium, or name one with CHROMIUM_PATH=…")
    return found


def open_browser(playwright, *, whole: bool = False, **more):
    return playwright.chromium.launch(executable_path=chromium_path(whole=whole), args=FLAGS, **more)


class Finger:
    """Comes down, moves, and leaves, as a thumb does."""

    def __init__(self, page) -> None:
        self.hand = page.context.new_cdp_session(page)

    def touch(self, kind: str, *points: tuple[int, int], at: float | None = None) -> None:
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self.hand.send("Input.dispatchTouchEvent", told | ({"timestamp": at} if at else {}))

    def double_tap(self, x: int, y: int) -> None:
        """Two taps a sixth of a second apart by their own clock, however late a busy machine delivers them."""
        for at in (time.time(), time.time() + 0.16):
            self.touch("touchStart", (x, y), at=at)
            self.touch("touchEnd", at=at + 0.04)

    def swipe_up(self) -> None:
        """Over more than half of the screen, in a tenth of a second by its own clock: a shorter one that a busy
        machine delivers slowly is no swipe, and the clip rightly falls back to where it was."""
        began = time.time()
        self.touch("touchStart", (180, 650), at=began)
        for step in range(1, 11):
            self.touch("touchMove", (180, 650 - 50 * step), at=began + 0.01 * step)
        self.touch("touchEnd", at=began + 0.11)
