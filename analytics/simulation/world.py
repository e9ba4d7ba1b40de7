"""What the simulated buyers walk through: the catalogue and the pages, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from random import Random

from analytics.simulation import traits
from analytics.simulation.traits import ProductTraits, VideoTraits
from analytics.simulation.troubles import NONE, Trouble

ZIPF = 0.8  # the most popular video against the tenth: six times as often


@dataclass(frozen=True, slots=True)
class Video:
    slug: str
    creator: str
    products: tuple[str, ...]  # the first one is the anchor
    popularity: int  # only the order counts


@dataclass(frozen=True, slots=True)
class Product:
    slug: str
    creator: str
    skus: tuple[tuple[str, int], ...]  # (code, price in cents)
    shipping_cents: int = 0
    category: str = ""

    @property
    def cheapest_cents(self) -> int:
        return min(cents for _, cents in self.skus)


@dataclass(frozen=True)
class World:
    """`troubles` are planted: slug of a video or a product → what is wrong with it. The salt makes other traits."""

    videos: tuple[Video, ...]
    products: dict[str, Product]
    currency: str
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    salt: str = ""

    def with_trouble(self, trouble: Trouble, slugs: tuple[str, ...] = ()) -> "World":
        """The same world with this planted, in the named videos and products or in all there are."""
        named = slugs or (*(video.slug for video in self.videos), *self.products)
        return replace(self, troubles={**self.troubles, **dict.fromkeys(named, trouble)})

    def trouble(self, video: str, product: str = "") -> Trouble:
        """What is wrong on the way from a video to a product: what the product has, where the video has nothing."""
        of_video, of_product = self.troubles.get(video, NONE), self.troubles.get(product, NONE)
        return of_product if of_video is NONE else of_video

    def video_traits(self, slug: str) -> VideoTraits:
        return traits.video_traits(slug, self.salt)

    def product_traits(self, slug: str) -> ProductTraits:
        return traits.product_traits(slug, self.salt)

    @cached_property
    def ranked(self) -> tuple[Video, ...]:
        return tuple(sorted(self.videos, key=lambda video: (-video.popularity, video.slug)))

    @cached_property
    def _zipf(self) -> list[float]:
        return list(accumulate((rank + 1) ** -ZIPF for rank in range(len(self.videos))))

    @cached_property
    def creators(self) -> tuple[str, ...]:
        return tuple(sorted({video.creator for video in self.videos}))

    def popular(self, rng: Random) -> Video:
        return rng.choices(self.ranked, cum_weights=self._zipf)[0]

    def feed(self, rng: Random) -> Iterator[Video]:
        """Videos as someone meets them: popular ones sooner, each one once."""
        met: set[str] = set()
        while len(met) < len(self.videos):
            video = self.popular(rng)
            if video.slug not in met:
                met.add(video.slug)
                yield video

    def store_of(self, creator: str) -> list[Product]:
        return self._stores.get(creator, [])

    @cached_property
    def _stores(self) -> dict[str, list[Product]]:
        stores: dict[str, list[Product]] = {}
        for product in self.products.values():
            stores.setdefault(product.creator, []).append(product)
        return stores
