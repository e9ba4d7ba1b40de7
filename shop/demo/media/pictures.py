"""Product pictures and avatars: studio stills made of the same goods and rooms as the clips."""

from pathlib import Path

from PIL import Image

from . import rooms
from .clips import portrait
from .drawing import art, stamp
from .goods import MODELS
from .looks import LOOKS, Look
from .scenes import Good, Set

SIDE = 640
CENTRE = (SIDE / 2, SIDE / 2)


def studio(top: str, bottom: str, style: str, horizon: float) -> Image.Image:
    """The middle of a room as a square."""
    room = Set(
        (top, bottom),
        (rooms.mix(top, "#ffffff", 0.35), bottom),
        horizon,
        style,
        rooms.mix(top, "#ffffff", 0.6),
        "#ffffff",
    )
    left, upper = (rooms.ROOM[0] - SIDE) // 2, (rooms.ROOM[1] - SIDE) // 2 + 20
    return rooms.build(room).crop((left, upper, left + SIDE, upper + SIDE))


def place(ground: Image.Image, good: Good, x: float, y: float, size: float) -> None:
    picture = portrait(good, 0, 640, 2)
    stamp(ground, picture, CENTRE[0] + x, CENTRE[1] + y, size / picture.width)


def listing(slug: str, look: Look) -> Image.Image:
    """Alone on a light ground."""
    ground = studio(*look.light, "plain", 150)
    place(ground, Good(slug, (look.yaw,), (look.pitch,), (look.shown,)), 0, 38 - 2 * look.pitch, look.size * 1.1)
    return ground


def with_props(slug: str, look: Look) -> Image.Image:
    """From another side, in use where it opens, with what belongs to it."""
    ground = studio(look.light[1], look.light[0], "sunset" if look.style == "sunset" else "window", 90)
    good = Good(slug, (look.yaw + 30,), (look.pitch + 10,), (look.open,))
    prop(ground, look.props[1], -205, 50, 150, -10)
    place(ground, good, 15, 28 - 2 * look.pitch, look.size * 1.0)
    prop(ground, look.props[0], 215, 190, 150, 12)
    return ground


def on_colour(slug: str, look: Look) -> Image.Image:
    """On a podium before its own colour."""
    ground = studio(*look.bold, look.style, 130)
    prop(ground, look.props[0], -215, -150, 140, -14, blur=5)
    prop(ground, look.props[1], 225, -90, 110, 16, blur=3)
    good = Good(slug, (look.yaw * 0.5,), (look.pitch,), (look.shown,),
                rooms.mix(look.bold[0], "#ffffff", 0.25))  # fmt: skip
    place(ground, good, 0, 33 - 2 * look.pitch, look.size * 0.98)
    prop(ground, look.props[0], -220, 215, 150, -8)
    prop(ground, look.props[1], 235, 290, 190, 14, blur=9)
    return ground


def prop(ground: Image.Image, code: str, x: float, y: float, size: float, turn: float, blur: float = 0) -> None:
    stamp(
        ground,
        art("blob:#3a2430"),
        CENTRE[0] + x + 6,
        CENTRE[1] + y + size * 0.43,
        size * 1.1 / 256,
        alpha=0.3 if not blur else 0,
        tall=0.22,
    )
    if code in MODELS:
        place(ground, Good(code, pitch=(6,), table=False), x, y, size * 1.5)
        return
    picture = art(code, blur)
    stamp(ground, picture, CENTRE[0] + x, CENTRE[1] + y, size / (256 if blur else picture.width), turn)


def avatar(code: str, top: str, bottom: str) -> Image.Image:
    ground = rooms.gradient((192, 192), top, bottom)
    rooms.glow(ground, 70, 50, 200, "#ffffff", 0.5)
    if code in MODELS:
        stamp(ground, portrait(Good(code, pitch=(6,), table=False), 0, 640, 2), 96, 110, 238 / 640)
    else:
        stamp(ground, art(code), 96, 112, 172 / 512)
    return ground


def develop(slug: str, folder: Path) -> str:
    shots = (listing, with_props, on_colour)
    for number, shot in enumerate(shots, 1):
        shot(slug, LOOKS[slug]).save(folder / f"{slug}-{number}.webp", quality=80, method=6)
    return slug
