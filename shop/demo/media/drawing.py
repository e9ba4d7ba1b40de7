"""Flat art: emoji, soft lights, drops, steam and the stamp that puts any picture on a frame."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from .masks import MASKS, SIDE

EMOJI = Path()


def use_emoji(folder: Path) -> None:
    global EMOJI
    EMOJI = folder


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=512)
def art(name: str, blur: float = 0) -> Image.Image:
    """Code points ("1f339") or "shape:#colour"; blur in pixels of the 256-pixel original."""
    picture = shape(*name.split(":")) if ":" in name else emoji(name)
    if not blur:
        return picture
    room = Image.new("RGBA", (SIDE + int(blur * 6), SIDE + int(blur * 6)))
    room.paste(picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS), (int(blur * 3), int(blur * 3)))
    return room.convert("RGBa").filter(ImageFilter.GaussianBlur(blur)).convert("RGBA")


def emoji(code: str) -> Image.Image:
    """An emoji at twice its size: colours and alpha are scaled premultiplied, so edges stay clean."""
    small = Image.open(EMOJI / f"{code}.webp").convert("RGBA")
    return small.convert("RGBa").resize((SIDE * 2, SIDE * 2), Image.Resampling.LANCZOS).convert("RGBA")


def shape(kind: str, colour: str) -> Image.Image:
    mask, lights = MASKS[kind]()
    picture = Image.new("RGBA", (SIDE, SIDE), (*rgb(colour), 0))
    if lights is not None:
        tint, up, down = (
            np.array(rgb(colour), np.float32),
            np.maximum(lights, 0)[..., None],
            np.minimum(lights, 0)[..., None],
        )
        flat = tint * (1 + 0.6 * down) + (255 - tint) * up
        picture = Image.fromarray(np.clip(flat, 0, 255).astype(np.uint8), "RGB").convert("RGBA")
    picture.putalpha(Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8)))
    return picture


def stamp(frame: Image.Image, picture: Image.Image, x: float, y: float, scale: float, turn: float = 0,
          alpha: float = 1, tall: float = 1, light: bool = False) -> None:  # fmt: skip
    """Put a picture on the frame around (x, y) with parts of a pixel kept, so slow moves stay smooth."""
    if alpha <= 0.01 or scale <= 0.002 or tall <= 0.002:
        return
    while scale < 0.5 and min(picture.size) > 16:
        picture, scale = halved(picture), scale * 2
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    w, h = picture.width * scale, picture.height * scale * tall
    wide, high = int(abs(w * c) + abs(h * s)) + 3, int(abs(w * s) + abs(h * c)) + 3
    left, top = int(np.floor(x - wide / 2)), int(np.floor(y - high / 2))
    a, b, d, e = c / scale, s / scale, -s / (scale * tall), c / (scale * tall)
    ox, oy = left - x, top - y
    place = (a, b, picture.width / 2 + a * ox + b * oy, d, e, picture.height / 2 + d * ox + e * oy)
    crop = picture.transform((wide, high), Image.Transform.AFFINE, place, Image.Resampling.BICUBIC)
    mask = crop.getchannel("A")
    if alpha < 1:
        mask = mask.point(lambda v: v * alpha)
    if light:
        spot = (left, top, left + wide, top + high)
        ground = frame.crop(spot)
        crop = Image.composite(ImageChops.screen(ground, crop.convert("RGB")), ground, mask)
        frame.paste(crop, (left, top))
    else:
        frame.paste(crop, (left, top), mask)


def halved(picture: Image.Image) -> Image.Image:
    return picture.convert("RGBa").reduce(2).convert("RGBA")
