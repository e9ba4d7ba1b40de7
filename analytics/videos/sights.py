"""What one journey did to videos and products: figures by their codes, and the text that is kept of them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

TEXT = 100  # a longer slug is cut, as in the journey's own columns
NAME = 60  # a longer name of a block, a reason, an element is cut
MOST_MS = 86_400_000
MOST_CENTS = 10**11
MOST_PIECES = 10_000

Found = dict[str, Any]  # code of a figure → number, or name → number
Props = Mapping[str, Any]


class Tap(NamedTuple):
    """Where an anchor was tapped last, and when."""

    video: str
    at: int


class Sights:
    """The figures of one journey."""

    __slots__ = ("orders", "products", "start", "stop", "taps", "videos")

    def __init__(self, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.videos: dict[str, Found] = {}
        self.products: dict[str, Found] = {}
        self.orders: dict[str, list[Any]] = {}  # code → what is kept of an order (orders.py)
        self.taps: dict[str, Tap] = {}  # product → the last one on its anchor

    def video(self, slug: str) -> Found:
        found = self.videos.get(slug)
        if found is None:
            found = self.videos[slug] = {}
        return found

    def product(self, slug: str) -> Found:
        found = self.products.get(slug)
        if found is None:
            found = self.products[slug] = {}
        return found

    def of(self, product: str, video: str) -> Iterable[Found]:
        """The figures of both, as far as they are known."""
        if product:
            yield self.product(product)
        if video:
            yield self.video(video)

    def text(self) -> str:
        """Empty for a journey that met neither."""
        if not self.videos and not self.products:
            return ""
        kept: dict[str, Any] = {"v": self.videos, "p": self.products}
        if self.orders:
            kept["o"] = self.orders
        if self.taps:
            kept["t"] = {product: [*tap] for product, tap in self.taps.items()}
        return orjson.dumps(kept).decode()


def once(found: Found, code: str) -> None:
    found[code] = 1


def more(found: Found, code: str, n: int = 1) -> None:
    found[code] = found.get(code, 0) + n


def tick(found: Found, code: str, name: object, n: int = 1) -> None:
    """One more of a name; nothing when there is no name."""
    if name == "":
        return
    key, names = str(name), found.get(code)
    if names is None:
        found[code] = {key: n}
    else:
        names[key] = names.get(key, 0) + n


def whole(value: Any, most: int) -> int | None:
    """A number out of properties, which may hold anything."""
    return min(value, most) if type(value) is int and value >= 0 else None


def name_in(props: Props, key: str, length: int = NAME) -> str:
    value = props.get(key)
    return value[:length] if type(value) is str else ""


def slug_in(text: str | None) -> str:
    """The video of an event as the beacon tells it: its first property, which is read without parsing the others."""
    if text is None:
        return ""
    if text.startswith('{"video":"'):
        slug = text[10 : text.find('"', 10)]
        if "\\" not in slug:
            return slug[:TEXT]
    return name_in(orjson.loads(text), "video", TEXT) if '"video"' in text else ""
