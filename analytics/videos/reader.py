"""Reads one participant's events in order, and remembers what later ones need to know of earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from analytics.counts.journeys import Taken
from analytics.videos.lines import Line, Lines, lines_in
from analytics.videos.orders import Order
from analytics.videos.sights import MOST_PIECES, TEXT, Found, Props, Sights, Tap, name_in, whole

Key = tuple[int, Any]  # trail, and what tells one summary of a page from another


class Told(NamedTuple):
    """A summary: the last one of a showing counts, in the journey in which it was told."""

    n: int
    sights: Sights
    video: str
    props: Props


@dataclass(slots=True)
class Page:
    """One view of a product page, until the next page is opened."""

    product: str
    video: str
    at: int
    found: Found
    carted: bool = False
    claimed: bool = False
    chosen: bool = False
    bounced: bool = False
    scrolled: int = 0
    sheets: set[str] = field(default_factory=set)
    vitals: dict[str, tuple[int, str]] = field(default_factory=dict)  # name → milliseconds, rating
    blocks: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)  # block → n, at, dwell, depth


class Reader:
    """Handlers take it and an event, and write into `here`, the journey that is being read."""

    def __init__(self) -> None:
        self.here = Sights(0, 0)
        self.walked: list[Sights] = []
        self.walk: Sequence[Taken] = ()
        # By trail: a page may be used in more than one journey.
        self.pages: dict[int, Page] = {}
        self.opened: list[Page] = []
        self.current: dict[int, str] = {}
        self.showings: dict[tuple[int, str], list[int]] = {}  # when it began, if that is known; whether it was viewed
        self.told: dict[Key, Told] = {}
        self.alone: list[Told] = []
        self.bought: dict[str, tuple[Sights, Order]] = {}
        self.taps: dict[str, Tap] = {}  # product → the last one in an earlier journey

    def begin(self, walk: Sequence[Taken]) -> None:
        self.taps |= self.here.taps
        self.here, self.walk = Sights(walk[0].at, walk[-1].at), walk
        self.walked.append(self.here)
        # What is true only while a journey lasts.
        self.place = ""  # letter of the last page
        self.page: Page | None = None  # the product page that is open
        self.left: Page | None = None  # the last one that was opened
        self.came_from: dict[str, str] = {}  # product → the video that led to it last
        self.deal: Lines | None = None  # the checkout that is open
        self.viewed: dict[str, None] = {}  # videos, in order
        self.carted: set[str] = set()
        self.prices: dict[str, int] = {}

    def video_of(self, props: Props, product: str) -> str:
        """The video an event names, or else the last one in this journey that led to the product."""
        named = props.get("video")
        return named[:100] if type(named) is str and named else self.came_from.get(product, "")

    def lines_of(self, props: Props) -> Lines:
        """What is being bought: the lines an event tells, or the one product that it names."""
        if told := lines_in(props):
            return tuple(line._replace(video=line.video or self.came_from.get(line.product, "")) for line in told)
        product, pieces = name_in(props, "product", TEXT), whole(props.get("quantity"), MOST_PIECES) or 0
        return (Line(product, self.video_of(props, product), 0, pieces),)


def props_of(event: Taken) -> dict[str, Any]:
    return orjson.loads(event[4]) if event[4] else {}
