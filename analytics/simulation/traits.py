"""What a video or a product is like. Read here and nowhere else, so that a fault has one place to be planted."""

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from math import exp
from statistics import NormalDist

ONLY_FUN_SHARE = 0.17  # of videos: everyone enjoys them and nobody buys
SHOCK_SHARE = 0.15  # of products: nobody expected the price


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
def video_traits(slug: str) -> VideoTraits:
    only_fun = _share(slug, "entertaining") < ONLY_FUN_SHARE
    return VideoTraits(
        hook=_factor(slug, "hook", 0.25),
        pull=_factor(slug, "pull", 0.45) * (0.02 if only_fun else 1),
        charm=_factor(slug, "charm", 0.4) * (1.4 if only_fun else 1),
    )


@cache
def product_traits(slug: str) -> ProductTraits:
    shock = _share(slug, "price shock") < SHOCK_SHARE
    return ProductTraits(
        appeal=_factor(slug, "appeal", 0.25),
        price=_factor(slug, "price", 0.25) * (0.25 if shock else 1),
        trust=_factor(slug, "trust", 0.2),
        quality=_factor(slug, "quality", 0.4),
    )


def _share(slug: str, trait: str) -> float:
    """A number in (0, 1) that hangs on nothing but the slug: a star is a star under every seed."""
    digest = blake2b(f"{trait}:{slug}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest) + 1) / (2**64 + 1)


def _factor(slug: str, trait: str, sigma: float) -> float:
    return exp(NormalDist(0, sigma).inv_cdf(_share(slug, trait)))
