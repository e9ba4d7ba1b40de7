"""Events → cards. Pure: what belongs together is read together, however it interleaves on its way."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from analytics.counts.summaries import superseded
from analytics.timelines.cards import Away, Card, Page, Showing
from analytics.timelines.told import Told
from journey.steps import Step

PAGES = frozenset(
    {
        Step.VIEW_FEED,
        Step.VIEW_PROFILE,
        Step.VIEW_CART,
        Step.VIEW_ITEM,
        Step.BEGIN_CHECKOUT,
        Step.VIEW_ORDER,
        Step.VIEW_SUPPORT,
        Step.VIEW_SHOP,
        Step.SEARCH,
    }
)
READING = frozenset({Step.VIEW_BLOCK, Step.SCROLL, Step.VIEW_ITEM_LIST})
OF_A_VIDEO = frozenset(
    {
        Step.VIDEO_IMPRESSION,
        Step.VIDEO_START,
        Step.VIDEO_VIEW,
        Step.VIDEO_LOOP,
        Step.VIDEO_PROGRESS,
        Step.VIDEO_COMPLETE,
        Step.WATCH,
        Step.FOCUSED_VIEW,
        Step.VIEW_PROMOTION,
        Step.SELECT_PROMOTION,
    }
)
SILENT = frozenset({Step.WEB_VITAL, Step.TRAIL_END})  # about the instrument: among the raw events only
MINUTE = 60_000_000
TURNING = 3_000_000  # microseconds that the next page may take to come
Kind = TypeVar("Kind", bound=Card)


def fold(events: Iterable[Told]) -> list[Card]:
    """In the order in which they began. Of a summary that was told more than once, the last one is read."""
    taken = list(events)
    earlier = superseded((event.trail, event.n, event.step, event.props) for event in taken)
    folding = Folding()
    for event in taken:
        if event.step not in SILENT and (event.trail, event.n) not in earlier:
            folding.take(event)
    return list(_without_turning_pages(sorted(folding.cards, key=lambda card: card.at)))


def _without_turning_pages(cards: list[Card]) -> Iterator[Card]:
    """A page is hidden as well when the next one takes its place, before or just after that one came: no leaving."""
    opened: Card | None = None
    for card, later in zip_longest(cards, cards[1:]):
        if isinstance(card, Page):
            opened = card
        turned = opened is not None and opened.first.trail != card.first.trail
        turns = isinstance(later, Page) and later.at - card.at < TURNING
        if not (isinstance(card, Away) and not card.is_back and (turned or turns)):
            yield card


def _at_once(card: Card, event: Told) -> bool:
    """The fields of a form are refused together."""
    return event.step is Step.FIELD_ERROR and card.first.trail == event.trail and event.at - card.until < TURNING


class Folding:
    """The cards so far, and those that what comes next may still belong to."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self._showings: dict[tuple[int, str], Showing] = {}  # the one that goes on, by page and video
        self._latest: dict[str, Showing] = {}  # by video, for what the server tells of it
        self._pages: dict[int, Page] = {}  # by trail: what is read is told until the page is left

    def take(self, event: Told) -> None:
        if event.step in OF_A_VIDEO and (event.props.get("video") or not event.props.get("product")):
            self._watch(event)
        elif event.step is Step.VIDEO_ENGAGE and self._is_showing(event):
            self._latest[str(event.props["video"])].events.append(event)
        elif event.step in PAGES:
            self._pages[event.trail] = self._add(Page([event]))
        elif event.step in READING:
            self._read(event)
        elif event.step in (Step.PAGE_HIDDEN, Step.PAGE_SHOWN):
            self._leave(event)
        else:
            self._act(event)

    def _watch(self, event: Told) -> None:
        video = str(event.props.get("video") or "")
        place = (event.trail, video)
        showing = self._showings.get(place)
        if showing is None or self._is_over(showing, event):
            showing = self._add(Showing([event], video=video))
            self._showings[place] = self._latest[video] = showing
        else:
            showing.events.append(event)
        if event.step is Step.WATCH and event.props.get("reason") not in (None, "playing"):
            showing.ended = True

    def _is_over(self, showing: Showing, event: Told) -> bool:
        """A showing without a name (only the path is known) ends with whatever comes between."""
        again = event.step is Step.VIDEO_IMPRESSION and showing.last_of(Step.VIDEO_IMPRESSION) is not None
        return showing.ended or again or (not showing.video and self.cards[-1] is not showing)

    def _is_showing(self, event: Told) -> bool:
        latest = self._latest.get(str(event.props.get("video") or ""))
        return latest is not None and latest.video != "" and event.at - latest.until < MINUTE

    def _read(self, event: Told) -> None:
        page = self._pages.get(event.trail)
        if page is None:  # its first event was lost, or came before this journey
            page = self._pages[event.trail] = self._add(Page([event]))
        else:
            page.events.append(event)
        if event.step is Step.VIEW_BLOCK:
            page.read(event)
        elif event.step is Step.SCROLL and isinstance(percent := event.props.get("percent"), int):
            page.scrolled = max(page.scrolled, percent)
        elif event.step is Step.VIEW_ITEM_LIST:
            page.lists.append(str(event.props.get("list", "")))

    def _leave(self, event: Told) -> None:
        last = self.cards[-1] if self.cards else None
        if isinstance(last, Away) and not last.is_back and last.first.trail == event.trail:
            last.events.append(event)
        else:
            self._add(Away([event]))

    def _act(self, event: Told) -> None:
        """The same once more, with nothing between, is one card that says how often."""
        last = self.cards[-1] if self.cards else None
        same = last is not None and last.kind == "act" and last.step is event.step
        if last and same and (last.first.props == event.props or _at_once(last, event)):
            last.events.append(event)
        else:
            self._add(Card([event]))

    def _add(self, card: Kind) -> Kind:
        self.cards.append(card)
        return card
