"""Buyers' pictures for reviews: product pictures as a phone would have taken them, in somebody's light."""

import random
from pathlib import Path

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

SIDE = 480
GRAIN = 0.06
# The light of a room: how it colours the picture at the top and at the bottom.
LIGHTS = [
    ((255, 226, 186), (214, 170, 126)),  # a lamp in the evening
    ((206, 220, 240), (168, 180, 204)),  # a window on a grey day
    ((255, 246, 224), (226, 206, 170)),  # the kitchen at noon
    ((226, 236, 214), (178, 190, 160)),  # under trees
    ((244, 214, 214), (200, 160, 170)),  # a pink bathroom
]


def snap(product: str, number: int, pictures: Path) -> Image.Image:
    """The same product and number always give the same picture."""
    dice = random.Random(f"{product} {number}")
    still = Image.open(pictures / f"{product}-{dice.choice([1, 2])}.webp").convert("RGB")
    held = _held(still, dice)
    lit = ImageChops.multiply(held, _light(*dice.choice(LIGHTS)))
    soft = ImageEnhance.Contrast(lit).enhance(1.12).filter(ImageFilter.GaussianBlur(dice.choice([0, 0.6, 1.0])))
    return Image.blend(soft, _grain(dice), GRAIN)


def _held(still: Image.Image, dice: random.Random) -> Image.Image:
    """Not quite straight, not quite in the middle, a little too close."""
    turned = still.rotate(dice.uniform(-11, 11), Image.Resampling.BICUBIC)
    side = round(still.width * dice.uniform(0.66, 0.74))
    left = (still.width - side) // 2 + dice.randint(-24, 24)
    top = (still.height - side) // 2 + dice.randint(0, 40)
    held = turned.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return held.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if dice.random() < 0.4 else held


def _light(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    column = Image.new("RGB", (1, 2))
    column.putdata([top, bottom])
    return column.resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def _grain(dice: random.Random) -> Image.Image:
    small = Image.frombytes("L", (SIDE // 2, SIDE // 2), dice.randbytes((SIDE // 2) ** 2))
    return small.resize((SIDE, SIDE)).convert("RGB")
