"""What a video or a product is like. It hangs on its name alone: a star is a star under every seed."""

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from math import exp
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class VideoTraits:
    """Factors around 1."""

    hook: float  # on the time watched
    pull: float  # on taps of the anchor
    charm: float  # on likes, comments, follows


@dataclass(frozen=True, slots=True)
class ProductTraits:
    """Factors around 1."""

    appeal: float  # on reading the page
    price: float  # on putting it into the cart, stronger for the thrifty
    trust: float  # on going through with the purchase
    quality: float  # on not needing help afterwards


@cache
def video_traits(slug: str, salt: str = "") -> VideoTraits:
    name = slug + salt
    return VideoTraits(
        hook=_factor(name, "hook", 0.15), pull=_factor(name, "pull", 0.4), charm=_factor(name, "charm", 0.35)
    )


@cache
def product_traits(slug: str, salt: str = "") -> ProductTraits:
    name = slug + salt
    return ProductTraits(
        appeal=_factor(name, "appeal", 0.2),
        price=_factor(name, "price", 0.2),
        trust=_factor(name, "trust", 0.15),
        quality=_factor(name, "quality", 0.3),
    )


def _share(name: str, trait: str) -> float:
    """A number in (0, 1) that hangs on nothing but the two."""
    digest = blake2b(f"{trait}:{name}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest) + 1) / (2**64 + 1)


def _factor(name: str, trait: str, sigma: float) -> float:
    return exp(NormalDist(0, sigma).inv_cdf(_share(name, trait)))
