"""What a person reads of a journey: a showing of a video, a page and what was read on it, an act."""

from dataclasses import dataclass, field
from typing import Any

from analytics.timelines.told import Told
from journey.steps import Step

MS = 1_000  # microseconds
SEGMENTS = 20
LEAVING = 100 * MS  # all that is in sight is told at once when a page is left
TROUBLE = frozenset(
    {Step.CHECKOUT_ERROR, Step.FIELD_ERROR, Step.SCRIPT_ERROR, Step.RAGE_TAP, Step.DEAD_TAP, Step.BACK_BOUNCE}
)
FACTS = frozenset({Step.PURCHASE, Step.CANCEL, Step.REFUND, Step.SUPPORT_OPEN, Step.SUPPORT_RESOLVED})
TAPS = frozenset(
    {
        Step.VIDEO_ENGAGE,
        Step.SELECT_PROMOTION,
        Step.SELECT_ITEM,
        Step.SELECT_VARIANT,
        Step.ADD_TO_CART,
        Step.REMOVE_FROM_CART,
        Step.ADD_TO_WISHLIST,
        Step.CLAIM_COUPON,
        Step.OPEN_SHEET,
        Step.RAGE_TAP,
        Step.DEAD_TAP,
        Step.PURCHASE,
    }
)


def amount(value: Any) -> int | None:
    """A number that can be one; properties may hold anything."""
    return value if type(value) is int and value >= 0 else None


@dataclass(slots=True)
class Card:
    """One or more events that are read as one thing."""

    events: list[Told]
    kind: str = "act"

    @property
    def first(self) -> Told:
        return self.events[0]

    @property
    def at(self) -> int:
        return self.first.at

    @property
    def until(self) -> int:
        return max(event.at for event in self.events)

    @property
    def step(self) -> Step:
        return self.first.step

    @property
    def stage(self) -> int:
        """The furthest of its stages; 0 where none of them belongs to one."""
        return max((int(event.step.stage or 0) for event in self.events), default=0)

    @property
    def times(self) -> int:
        return len(self.events)

    @property
    def is_trouble(self) -> bool:
        return any(event.step in TROUBLE for event in self.events)

    @property
    def is_fact(self) -> bool:
        return self.step in FACTS

    @property
    def is_tap(self) -> bool:
        return any(event.step in TAPS for event in self.events)

    def value(self, name: str) -> Any:
        """The last that was said of it; None when nothing was."""
        return next((event.props[name] for event in reversed(self.events) if event.props.get(name) is not None), None)

    def last_of(self, step: Step) -> Told | None:
        return next((event for event in reversed(self.events) if event.step is step), None)

    def first_of(self, step: Step) -> Told | None:
        return next((event for event in self.events if event.step is step), None)


@dataclass(slots=True)
class Showing(Card):
    """A video on the screen, from half of it being there until it is gone."""

    kind: str = "showing"
    video: str = ""
    ended: bool = False

    @property
    def at(self) -> int:
        """Where all but the summary was lost, it began as long before as was played."""
        if self.step is Step.WATCH and self.times == 1:
            return max(0, self.first.at - (self.watched or 0))
        return self.first.at

    @property
    def watched(self) -> int | None:
        """Microseconds that were played, as the summary says; without one, as far as is known."""
        said = [amount(event.props.get("watch_ms")) for event in self.events]
        return max((ms * MS for ms in said if ms is not None), default=None)

    @property
    def furthest(self) -> int | None:
        said = [amount(event.props.get(name)) for event in self.events for name in ("furthest_percent", "percent")]
        percents = [percent for percent in said if percent is not None]
        if self.last_of(Step.VIDEO_COMPLETE) or self.loops:
            return 100
        return min(100, max(percents)) if percents else None

    @property
    def loops(self) -> int:
        said = [amount(event.props.get(name)) for event in self.events for name in ("loops", "loop")]
        return max((loops for loops in said if loops is not None), default=0)

    @property
    def segments(self) -> list[bool]:
        """Which twentieths were played; without a mask, those up to the furthest point."""
        if (mask := amount(self.value("seen"))) is not None:
            return [bool(mask >> bit & 1) for bit in range(SEGMENTS)]
        played = round((self.furthest or 0) * SEGMENTS / 100)
        return [bit < played for bit in range(SEGMENTS)]

    @property
    def has_mask(self) -> bool:
        return amount(self.value("seen")) is not None

    @property
    def muted(self) -> bool | None:
        said = self.value("muted")
        return said if isinstance(said, bool) else None

    @property
    def anchor_seen(self) -> Told | None:
        return self.first_of(Step.VIEW_PROMOTION)

    @property
    def anchor_tapped(self) -> Told | None:
        return self.first_of(Step.SELECT_PROMOTION)

    @property
    def engaged(self) -> list[str]:
        return [str(event.props.get("kind", "")) for event in self.events if event.step is Step.VIDEO_ENGAGE]


@dataclass(slots=True)
class Page(Card):
    """A page, with what of it was on the screen and for how long."""

    kind: str = "page"
    blocks: dict[str, int] = field(default_factory=dict)  # in the order of reading; microseconds, 0 when not told
    scrolled: int = 0  # percent
    lists: list[str] = field(default_factory=list)

    def read(self, event: Told) -> None:
        if name := str(event.props.get("block") or ""):
            self.blocks[name] = (amount(event.props.get("dwell_ms")) or 0) * MS

    @property
    def last_read(self) -> str:
        """Of the blocks that were on the screen when the page was left, the one that was for longest."""
        reads = [event for event in self.events if event.step is Step.VIEW_BLOCK and event.props.get("block")]
        leaving = [str(event.props["block"]) for event in reads if reads[-1].at - event.at <= LEAVING]
        return max(leaving, key=lambda name: self.blocks[name], default="")


@dataclass(slots=True)
class Away(Card):
    """The page was left, or the phone put away, for a while."""

    kind: str = "away"

    @property
    def is_back(self) -> bool:
        return self.last_of(Step.PAGE_SHOWN) is not None
