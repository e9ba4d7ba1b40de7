"""One participant's walks → what each of their journeys did to videos and products. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from analytics.counts.journeys import DAY_US, Taken
from analytics.videos import buying, looking, watching
from analytics.videos.afterwards import COUNTED, OUTCOMES, Fact, tell
from analytics.videos.orders import Order
from analytics.videos.reader import Reader
from analytics.videos.sights import Found, Sights, Tap

HANDLERS = looking.HANDLERS | watching.HANDLERS | buying.HANDLERS


@dataclass(slots=True)
class Closed:
    """What is remembered of a participant's journeys that are not counted again; days are numbered since 1970."""

    videos: dict[str, int] = field(default_factory=dict)  # slug → the last day it was shown on
    products: dict[str, int] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)

    def remember(self, start: int, sights: str) -> None:
        """Of the next journey, in order."""
        kept, day = orjson.loads(sights) if sights else {}, start // DAY_US
        self.videos |= {slug: day for slug, found in kept.get("v", {}).items() if "j" in found}
        self.products |= {slug: day for slug, found in kept.get("p", {}).items() if "jv" in found}
        self.taps |= {product: Tap(*tap) for product, tap in kept.get("t", {}).items()}
        self.orders |= {code: Order.of(order) for code, order in kept.get("o", {}).items()}


NOTHING = Closed()


def sights_of(walks: Sequence[Sequence[Taken]], frozen: int = 0, closed: Closed = NOTHING) -> list[str]:
    """The sights of each walk. Walks that stopped before `frozen` are closed."""
    reader = Reader()
    reader.taps |= closed.taps
    facts = [fact for walk in walks for fact in _read(reader, walk)]
    for told in (*reader.told.values(), *reader.alone):
        watching.watched(told)
    for page in reader.opened:
        looking.closed(page)
    tell(reader, facts, frozen, closed.orders)
    _since(reader.walked, closed)
    return [sights.text() for sights in reader.walked]


def _read(reader: Reader, walk: Sequence[Taken]) -> list[Fact]:
    """Everything but what became of orders, which waits until all orders are known."""
    reader.begin(walk)
    facts, handlers = [], HANDLERS
    for event in walk:
        if handle := handlers.get(event[2]):
            handle(reader, event)
        elif event[2] in COUNTED or event[2] in OUTCOMES:
            facts.append((reader.here, event))
    return facts


def _since(walked: Sequence[Sights], closed: Closed) -> None:
    videos, products = dict(closed.videos), dict(closed.products)
    for sights in walked:
        day = sights.start // DAY_US
        _met(sights.videos, "j", videos, day)
        _met(sights.products, "jv", products, day)


def _met(figures: Mapping[str, Found], mark: str, last_day: dict[str, int], day: int) -> None:
    """How long ago the participant last met each of them, once a day: how many people met it in any period follows."""
    for slug, found in figures.items():
        if mark in found:
            before = last_day.get(slug)
            if before is None or before < day:
                found["S"] = {"0" if before is None else str(day - before): 1}
                last_day[slug] = day
