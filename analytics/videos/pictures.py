"""What the pages draw: the watch curve with its anchor, names and days as bars, blocks in the order of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics.shares import Whisker, whisker
from analytics.videos.behind import Opener
from analytics.videos.fields import Spread, share
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

SEGMENTS = 20
MOST_DAYS = 120
Url = Callable[[str], str]  # of the journeys behind what has this name


@dataclass(frozen=True, slots=True)
class Bar:
    """`height` is percent of the tallest."""

    name: str
    n: int
    height: float
    share: Whisker | None = None
    url: str = ""  # the journeys behind it


@dataclass(frozen=True, slots=True)
class Second:
    """What happened to the anchor in one second of the clip."""

    at: int
    seen: int
    tapped: int
    seen_height: float
    tapped_height: float
    seen_url: str = ""
    tapped_url: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """How many still watched: percents of all showings, along the clip. `seconds` is how far the marks go."""

    line: str
    area: str
    percents: list[float]
    showings: int
    seconds: int
    marks: list[Second]

    @property
    def empty(self) -> bool:
        return not self.showings and not self.marks

    @property
    def first_seen(self) -> Second | None:
        """The second in which the anchor was seen most."""
        return max(self.marks, key=lambda mark: (mark.seen, -mark.at)) if any(m.seen for m in self.marks) else None


def curve_of(figures: VideoFigures, opens: Opener) -> Curve:
    played = [figures.curve.get(str(segment), 0) for segment in range(SEGMENTS)]
    whole = figures.curve_showings
    percents = [100 * n / whole for n in played] if whole else []
    points = [f"{50 * (place + 0.5):.1f},{200 - 2 * percent:.1f}" for place, percent in enumerate(percents)]
    if points:
        points = [f"0,{200 - 2 * percents[0]:.1f}", *points, f"1000,{200 - 2 * percents[-1]:.1f}"]
    marks = _marks(figures.anchor_at, figures.tap_at, opens)
    area = " ".join(["0,200", *points, "1000,200"]) if points else ""
    return Curve(" ".join(points), area, percents, whole, max((mark.at for mark in marks), default=0) + 1, marks)


def _marks(seen: Spread, tapped: Spread, opens: Opener) -> list[Second]:
    most_seen, most_tapped = max(seen.values(), default=1), max(tapped.values(), default=1)
    return [
        Second(
            at,
            one := seen.get(str(at), 0),
            two := tapped.get(str(at), 0),
            100 * one / most_seen,
            100 * two / most_tapped,
            opens("anchor_at", named=str(at)) if one else "",
            opens("tap_at", named=str(at)) if two else "",
        )
        for at in sorted({*map(int, seen), *map(int, tapped)})
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a product page, at its usual place: percents of page views, of exits, and mean seconds."""

    name: str
    place: float
    seen: Whisker | None
    n: int
    seconds: float
    seconds_length: float
    last: Whisker | None
    last_n: int
    worst: bool
    url: str
    last_url: str


def blocks_of(figures: ProductFigures, opens: Opener) -> list[Block]:
    """In the order of the page. Pages whose blocks tell no place stand in the order in which most read them."""
    dwell = {name: figures.dwell_ms.get(name, 0) / n / 1000 for name, n in figures.blocks.items()}
    longest = max(dwell.values(), default=0.0) or 1.0
    most_left = max(figures.last_blocks.values(), default=0)
    exits = sum(figures.last_blocks.values())
    drawn = [
        Block(
            name.replace("_", " "),
            figures.places.get(name, 0) / n,
            whisker(share(n, figures.page_views)),
            n,
            dwell[name],
            100 * dwell[name] / longest,
            whisker(share(last := figures.last_blocks.get(name, 0), exits)),
            last,
            bool(most_left) and last == most_left,
            opens("blocks", named=name),
            opens("last_blocks", named=name) if last else "",
        )
        for name, n in figures.blocks.items()
    ]
    return sorted(drawn, key=lambda block: (block.place, -block.n, block.name))


def bars_of(spread: Mapping[str, int], url: Url, whole: int = 0, unit: str = "") -> list[Bar]:
    """Names with their counts, the largest first; shares of `whole`, where one is given."""
    top = max(spread.values(), default=0) or 1
    return [
        Bar(name.replace("_", " ") + unit, n, 100 * n / top, whisker(share(n, whole)) if whole else None, url(name))
        for name, n in sorted(spread.items(), key=lambda item: (-item[1], item[0]))
    ]


def histogram_of(spread: Mapping[str, int], url: Url, size: float, last: int) -> list[Bar]:
    """Every step from 0 to the last one that holds something; `size` is how many seconds a step is wide."""
    if not spread:
        return []
    top, end = max(spread.values()), min(last, max(map(int, spread)))
    names = [f"{step * size:g} s{' and more' if step == last else ''}" for step in range(end + 1)]
    counts = [spread.get(str(step), 0) for step in range(end + 1)]
    return [
        Bar(name, n, 100 * n / top, url=url(str(step)) if n else "")
        for step, (name, n) in enumerate(zip(names, counts, strict=True))
    ]


def trend_of(days: Mapping[date, Any], figures: Sequence[str], opens: Opener, until: date | None) -> list[Bar]:
    """Every day from the first that has something, also those that have nothing; the last ones of a long time."""
    if not days:
        return []
    first, last = min(days), max(max(days), until or max(days))
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    counts = {day: sum(getattr(days[day], name) for name in figures) if day in days else 0 for day in every}
    top = max(counts.values()) or 1
    return [
        Bar(f"{day:%-d %b %Y}", n, 100 * n / top, url=opens(*figures, day=day) if n else "")
        for day, n in counts.items()
    ]
