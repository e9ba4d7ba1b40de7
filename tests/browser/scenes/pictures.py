"""Photographs of scenes, and sheets of many of them to look at."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as Lost

from tests.browser.phone import LAPTOP
from tests.browser.scenes.showroom import Scene, Showroom, settled

LOOKS: dict[str, dict[str, Any]] = {
    "390 light": {"size": (390, 844), "scheme": "light"},
    "390 dark": {"size": (390, 844), "scheme": "dark"},
    "360 light": {"size": (360, 640), "scheme": "light"},
    "360 dark": {"size": (360, 640), "scheme": "dark"},
}
ON_A_LAPTOP = {
    "feed",
    "shop",
    "product",
    "choose to add, one sold out",
    "cart",
    "checkout",
    "orders",
    "ticket answered",
}
COLUMNS, ROWS = 5, 2
WIDTH, LABEL, GAP = 320, 24, 12


def photograph(browser: Browser, room: Showroom, scenes: Iterable[Scene], folder: Path) -> dict[str, list[Path]]:
    """One visit a scene, seen in every look; the pictures by look. A scene nobody can get to any more is said."""
    taken: dict[str, list[Path]] = {}
    for scene in scenes:
        try:
            with room.opened(browser, scene, device_scale_factor=1) as page:
                settled(page)
                for look, how in _looks(scene).items():
                    taken.setdefault(look, []).append(_shot(page, scene, look, how, folder))
        except (Lost, KeyError) as problem:
            print(f"! {scene.name}: {str(problem).splitlines()[0]}", flush=True)  # noqa: T201
    laptop = [one for one in scenes if one.name in ON_A_LAPTOP]
    taken["laptop"] = [_on_a_laptop(browser, room, scene, folder) for scene in laptop]
    return taken


def _looks(scene: Scene) -> dict[str, dict[str, Any]]:
    if not scene.is_desk:
        return LOOKS
    return {f"desk {scheme}": {"size": (1440, 900), "scheme": scheme} for scheme in ("light", "dark")}


def _shot(page: Page, scene: Scene, look: str, how: dict[str, Any], folder: Path) -> Path:
    page.set_viewport_size(dict(zip(("width", "height"), how["size"], strict=True)))
    page.emulate_media(color_scheme=how["scheme"])
    page.wait_for_timeout(350)  # what fades between two schemes has faded
    name = re.sub(r"\W+", "-", f"{scene.room} {scene.name}")
    path = folder / look.replace(" ", "-") / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    return path


def _on_a_laptop(browser: Browser, room: Showroom, scene: Scene, folder: Path) -> Path:
    phone = Scene(scene.name, scene.who, scene.go)
    with room.opened(browser, phone, **LAPTOP, is_mobile=False, user_agent=None) as page:
        page.wait_for_timeout(1_500)  # the inspector has something to show
        return _shot(page, scene, "laptop", {"size": (1440, 900), "scheme": "light"}, folder)


def contact_sheets(taken: dict[str, list[Path]], folder: Path) -> list[Path]:
    """Ten pictures each, with their names above them."""
    made = []
    for look, paths in taken.items():
        columns, rows = (COLUMNS, ROWS) if look[0] == "3" else (2, 2)
        for number, start in enumerate(range(0, len(paths), columns * rows), 1):
            sheet = _sheet(paths[start : start + columns * rows], columns, WIDTH if columns == COLUMNS else 800)
            made.append(folder / f"{look.replace(' ', '-')}-{number:02}.png")
            sheet.save(made[-1])
    return made


def _sheet(paths: list[Path], columns: int, width: int) -> Image.Image:
    pictures = [_narrow(Image.open(path).convert("RGB"), width) for path in paths]
    height = max(picture.height for picture in pictures) + LABEL + GAP
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + GAP) + GAP, rows * height + GAP), "#8a8d96")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for place, (path, picture) in enumerate(zip(paths, pictures, strict=True)):
        left, top = GAP + place % columns * (width + GAP), GAP + place // columns * height
        pen.text((left, top), path.stem, fill="#000", font=font)
        sheet.paste(picture, (left, top + LABEL))
    return sheet


def _narrow(picture: Image.Image, width: int) -> Image.Image:
    return picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
