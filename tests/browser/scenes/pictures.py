"""Photographs of scenes, and sheets of many of them to look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from playwright.sync_api import Error as Lost

from tests.browser.phone import LAPTOP
from tests.browser.scenes.showroom import Scene, Showroom, in_the_dark, phone, settled

Look = tuple[ViewportSize, Literal["light", "dark"]]
TALL, SMALL, DESK = ({"width": width, "height": height} for width, height in [(390, 844), (360, 640), (1440, 900)])
LOOKS: dict[str, Look] = {
    "390 light": (TALL, "light"),
    "390 dark": (TALL, "dark"),
    "360 light": (SMALL, "light"),
    "360 dark": (SMALL, "dark"),
}
AT_A_DESK: Look = (DESK, "light")
LOOKS_OF_STAFF: dict[str, Look] = {
    "desk": AT_A_DESK,
    "desk dark": (DESK, "dark"),
    "desk on a phone": (TALL, "light"),
    "desk on a phone dark": (TALL, "dark"),
}
MOUSE = {"is_mobile": False, "has_touch": False, "user_agent": None}
ON_A_LAPTOP = {
    "feed",
    "shop",
    "product",
    "choose to add, one sold out",
    "cart",
    "checkout",
    "orders",
    "ticket answered",
    "not asked yet in the feed",
    "my data",
}
COLUMNS, ROWS = 5, 2
WIDTH, LABEL, GAP = 320, 24, 12


def photograph(browser: Browser, room: Showroom, scenes: list[Scene], folder: Path) -> dict[str, list[Path]]:
    """One visit a scene, seen in every look; the pictures by look. A scene nobody can get to any more is said."""
    taken: dict[str, list[Path]] = {}
    desk = [one for one in scenes if one.is_desk]
    hand = [one for one in scenes if not one.is_desk]
    for looks, wanted, like in [
        (LOOKS, hand, {}),
        (LOOKS_OF_STAFF, desk, LAPTOP | MOUSE),
        ({"laptop": AT_A_DESK}, [one for one in hand if one.name in ON_A_LAPTOP], LAPTOP | MOUSE | {"has_touch": True}),
    ]:
        context = phone(browser, room, **like)
        for scene in wanted:
            for look, path in _shots(context, room, scene, looks, folder):
                taken.setdefault(look, []).append(path)
        context.close()
    return taken


def _shots(
    context: BrowserContext, room: Showroom, scene: Scene, looks: dict[str, Look], folder: Path
) -> Iterator[tuple[str, Path]]:
    try:
        with room.opened(context, scene) as page:
            settled(page)
            for look, (size, scheme) in looks.items():
                path = folder / look.replace(" ", "-") / f"{scene.slug}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=scheme)
                if scene.is_desk:
                    in_the_dark(page, scheme == "dark")
                page.wait_for_timeout(1_500 if look == "laptop" else 350)  # the inspector has heard, colours have faded
                page.screenshot(path=path)
                yield look, path
    except (Lost, KeyError) as problem:
        print(f"! {scene}: {str(problem).splitlines()[0]}", flush=True)  # noqa: T201


def contact_sheets(taken: dict[str, list[Path]], folder: Path) -> list[Path]:
    """Ten pictures each, with their names above them."""
    made = []
    for look, paths in taken.items():
        columns, rows = (COLUMNS, ROWS) if look[0] == "3" or "phone" in look else (2, 2)
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
