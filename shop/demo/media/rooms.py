"""The empty rooms: walls with arches, windows or stars, and the floor in front of them."""

import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .drawing import art, rgb, stamp
from .scenes import Set

ROOM = (660, 1172)
MIDDLE = (ROOM[0] / 2, ROOM[1] / 2)


def build(room: Set) -> Image.Image:
    """The room at 660x1172, a little larger than the frame so that the camera can move."""
    plate = gradient(ROOM, *room.wall)
    glow(plate, MIDDLE[0], MIDDLE[1] - 120, 760, room.glow, 0.5)
    STYLES[room.style](plate, room)
    if room.floor:
        _floor(plate, room)
    return ImageChops.add(plate.filter(ImageFilter.GaussianBlur(1.6)), _grain(), 1, -4)


def gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    k = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    line = np.array(rgb(top), np.float32) * (1 - k) + np.array(rgb(bottom), np.float32) * k
    return Image.fromarray((np.broadcast_to(line, (size[1], size[0], 3)) + 0.5).astype(np.uint8), "RGB")


def mix(a: str, b: str, share: float) -> str:
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(rgb(a), rgb(b), strict=True))


def glow(plate: Image.Image, x: float, y: float, size: float, colour: str, strength: float) -> None:
    stamp(plate, art(f"blob:{colour}"), x, y, size / 128, alpha=strength)


def _grain() -> Image.Image:
    noise = np.random.default_rng(7).integers(2, 7, (ROOM[1], ROOM[0], 1), dtype=np.uint8)
    return Image.fromarray(np.repeat(noise, 3, 2), "RGB")


def _floor(plate: Image.Image, room: Set) -> None:
    level = int(MIDDLE[1] + room.horizon)
    ground = gradient((ROOM[0], ROOM[1] - level), *room.floor)
    edge = Image.new("L", ground.size, 255)
    ImageDraw.Draw(edge).rectangle((0, 0, ROOM[0], 7), fill=0)
    plate.paste(ground, (0, level), edge.filter(ImageFilter.GaussianBlur(5)))
    stamp(plate, art("blob:#000000"), MIDDLE[0], level - 4, 7, alpha=0.1, tall=0.03)
    stamp(plate, art(f"blob:{room.glow}"), MIDDLE[0], level + 120, 4.4, alpha=0.4, tall=0.3)


def _overlay(plate: Image.Image, mask: Image.Image, colour: str, strength: float = 1) -> None:
    plate.paste(Image.new("RGB", plate.size, colour), (0, 0), mask.point(lambda v: v * strength))


def _shadowed(plate: Image.Image, mask: Image.Image) -> None:
    """A recess: darker at its upper left rim, as if cut into the wall."""
    inner = ImageChops.subtract(mask, ImageChops.offset(mask, 14, 16)).filter(ImageFilter.GaussianBlur(12))
    _overlay(plate, ImageChops.multiply(inner, mask), "#2a1420", 0.3)


def _arch(plate: Image.Image, room: Set) -> None:
    mask, pen = _mask()
    x, y = MIDDLE
    pen.ellipse((x - 215, y - 400, x + 215, y + 30), fill=255)
    pen.rectangle((x - 215, y - 185, x + 215, y + 420), fill=255)
    _overlay(plate, mask, room.accent)
    glow(plate, x, y - 60, 420, room.glow, 0.45)
    _shadowed(plate, mask)


def _disc(plate: Image.Image, room: Set) -> None:
    mask, pen = _mask()
    x, y = MIDDLE
    pen.ellipse((x - 235, y - 330, x + 235, y + 140), fill=255)
    _overlay(plate, mask.filter(ImageFilter.GaussianBlur(0.8)), room.accent)
    glow(plate, x - 70, y - 180, 300, room.glow, 0.5)


def _sunset(plate: Image.Image, room: Set) -> None:
    """A sun thrown on the wall by a lamp."""
    x, y = MIDDLE[0] - 50, MIDDLE[1] - 90
    glow(plate, x, y, 760, "#ff6a4a", 0.7)
    stamp(plate, art("disc:#ff4f5e"), x, y, 400 / 256)
    glow(plate, x, y + 70, 230, "#ffd36b", 1)
    glow(plate, x, y + 110, 130, "#fff3b8", 0.9)


def _window(plate: Image.Image, room: Set) -> None:
    """Sun through four panes, slanted across the wall."""
    mask, pen = _mask()
    for row in range(3):
        for column in range(2):
            x, y = 120 + column * 190, 130 + row * 210 + column * 50
            pen.polygon([(x, y), (x + 165, y + 44), (x + 205, y + 230), (x + 40, y + 186)], fill=255)
    _overlay(plate, mask.filter(ImageFilter.GaussianBlur(9)), room.accent, 0.55)


def _leaves(plate: Image.Image, room: Set) -> None:
    dice, shade = random.Random(5), Image.new("L", plate.size)
    for index in range(26):
        leaf = art("leaf:#ffffff").getchannel("A").resize((60, 190)).rotate(dice.uniform(20, 100), expand=True)
        along = index / 26
        shade.paste(255, (int(along * 620 - 120), int(60 + 260 * along + dice.uniform(-150, 90))), leaf)
    _overlay(plate, shade.filter(ImageFilter.GaussianBlur(11)), room.accent, 0.35)


def _tiles(plate: Image.Image, room: Set) -> None:
    mask, pen = _mask()
    for row in range(16):
        for column in range(-1, 6):
            x, y = column * 132 + (row % 2) * 66, row * 66
            pen.rounded_rectangle((x + 4, y + 4, x + 128, y + 62), 8, fill=150 + (row * 31 + column * 47) % 90)
    _overlay(plate, mask.filter(ImageFilter.GaussianBlur(1)), room.accent, 0.5)


def _stars(plate: Image.Image, room: Set) -> None:
    dice = random.Random(3)
    for _ in range(60):
        size = dice.choice((3, 4, 5, 8))
        stamp(
            plate,
            art(f"blob:{room.accent}"),
            dice.uniform(0, ROOM[0]),
            dice.uniform(0, 760),
            size / 100,
            alpha=dice.uniform(0.3, 1),
        )


def _rays(plate: Image.Image, room: Set) -> None:
    mask, pen = _mask()
    box = (MIDDLE[0] - 1300, MIDDLE[1] - 1320, MIDDLE[0] + 1300, MIDDLE[1] + 1280)
    for angle in range(0, 360, 24):
        pen.pieslice(box, angle, angle + 12, fill=255)
    _overlay(plate, mask.filter(ImageFilter.GaussianBlur(2)), room.accent, 0.4)


def _dots(plate: Image.Image, room: Set) -> None:
    mask, pen = _mask()
    for row in range(24):
        for column in range(12):
            x, y = column * 62 + (row % 2) * 31, row * 54
            pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=255)
    _overlay(plate, mask.filter(ImageFilter.GaussianBlur(0.8)), room.accent, 0.45)


def _waves(plate: Image.Image, room: Set) -> None:
    x = np.arange(ROOM[0])
    for index in range(4):
        mask, pen = _mask()
        top = 330 + index * 120 + 46 * np.sin(x / (95 + 17 * index) + index * 1.9)
        pen.polygon([(0, ROOM[1]), *zip(x.tolist(), top.tolist(), strict=True), (ROOM[0], ROOM[1])], fill=255)
        _overlay(plate, mask.filter(ImageFilter.GaussianBlur(1)), room.accent, 0.22)


def _mask() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    mask = Image.new("L", ROOM)
    return mask, ImageDraw.Draw(mask)


STYLES = {
    "plain": lambda plate, room: None, "arch": _arch, "disc": _disc, "window": _window, "leaves": _leaves,
    "tiles": _tiles, "stars": _stars, "rays": _rays, "dots": _dots, "waves": _waves,
    "sunset": _sunset,
}  # fmt: skip
