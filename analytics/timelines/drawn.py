"""Cards as they are drawn: how far apart, in which band, with which words and links. Pure but for addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from operator import itemgetter

from analytics.models import STAGES
from analytics.screens.slugs import found_in_admin, named, picture, poster
from analytics.shares import percent_of
from analytics.timelines.cards import MS, Away, Card, Page, Showing
from analytics.timelines.told import Told
from analytics.timelines.words import beside, block_name, clock, counted, money, sentence, spell
from journey.steps import Step

SECOND = 1_000 * MS
PX_A_SECOND = 3
LONG_PAUSE = 10 * SECOND  # from here on a pause is said in words
BROKEN = 30 * SECOND  # a longer one is drawn no longer: the line is broken
LINKED = (("order", "Order"), ("ticket", "Ticket"))


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    text: str
    percent: float


@dataclass(frozen=True, slots=True)
class Row:
    """One card, in its place."""

    number: int
    card: Card
    title: str
    notes: list[str]
    clock: str
    took: str
    gap: int  # pixels above: time without anything, up to BROKEN
    pause: str  # in words when it was long
    is_broken: bool
    tall: int  # pixels at least: the time it took
    picture: str
    bars: list[Bar]
    links: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows until a further stage is reached."""

    stage: int
    label: str
    since: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Mark:
    """On the strip that shows the whole journey to scale; in percent of its length."""

    row: Row
    left: float
    width: float
    kind: str


def rows(cards: Sequence[Card]) -> list[Row]:
    drawn, quiet_since = [], 0
    for number, card in enumerate(cards, 1):
        drawn.append(_row(number, card, max(0, card.at - quiet_since)))
        quiet_since = max(quiet_since, card.until)
    return [replace(row, took=_stay(drawn, row)) if row.card.kind == "page" else row for row in drawn]


def bands(drawn: Sequence[Row], since: Sequence[int | None]) -> list[Band]:
    """Every row in the furthest stage that was reached when it ended. `since`: when each was, as reports count it."""
    labels, ends = dict(STAGES), accumulate((row.card.until for row in drawn), max)
    stages = [sum(1 for at in since if at is not None and at <= end) for end in ends]
    found = []
    for stage, group in groupby(zip(stages, drawn, strict=True), itemgetter(0)):
        began = since[stage - 1] if stage else 0
        mine = [row for _, row in group]
        found.append(Band(stage, labels[stage] if stage else "No video yet", clock(began or 0), mine))
    return found


def marks(drawn: Sequence[Row], length: int) -> Iterator[Mark]:
    """What is worth seeing from afar: showings and pages as bars, taps as dots, trouble and facts above them."""
    for row in drawn:
        card = row.card
        kind = "trouble" if card.is_trouble else "fact" if card.is_fact else "tap" if card.is_tap else ""
        if card.kind in ("showing", "page", "away"):
            width = max(0, _left(drawn, row) - card.at)
            yield Mark(row, percent_of(card.at, length), percent_of(width, length), card.kind)
        if kind:
            yield Mark(row, percent_of(card.at, length), 0, kind)


def _left(drawn: Sequence[Row], row: Row) -> int:
    """When it was over. A page is on the screen until the next one, or a video, is."""
    if row.card.kind != "page":
        return row.card.until
    later = (one.card.at for one in drawn[row.number :] if one.card.kind in ("page", "showing"))
    return next(later, max(row.card.until, drawn[-1].card.until))


def _stay(drawn: Sequence[Row], row: Row) -> str:
    """How long a page was on the screen, as the sentence above says it of the last one."""
    took = _left(drawn, row) - row.card.at
    return spell(took) if took >= SECOND else ""


def _row(number: int, card: Card, pause: int) -> Row:
    took = card.until - card.at
    return Row(
        number,
        card,
        _title(card),
        list(_notes(card)),
        clock(card.at),
        spell(took) if took >= SECOND and card.kind != "showing" else "",
        round(min(pause, BROKEN) / SECOND * PX_A_SECOND),
        spell(pause) if pause >= LONG_PAUSE else "",
        pause > BROKEN,
        round(min(took, BROKEN) / SECOND * PX_A_SECOND),
        _picture(card),
        _bars(card) if isinstance(card, Page) else [],
        list(_links(card)),
    )


def _title(card: Card) -> str:
    if isinstance(card, Showing):
        return f"Watched {named(card.video) or 'a video'}"
    if isinstance(card, Away):
        return "Left the page, or put the phone away" if card.step is Step.PAGE_HIDDEN else "Came back to the page"
    if isinstance(card, Page) and card.step in (Step.VIEW_BLOCK, Step.SCROLL):
        return "Read on a page whose opening is not known"
    fields = list(dict.fromkeys(str(event.props.get("field", "")) for event in card.events))
    if card.step is Step.FIELD_ERROR and len(fields) > 1:
        return f"{len(fields)} fields were not filled in well: {', '.join(block_name(name) for name in fields)}"
    said = sentence(card.step, card.first.props)
    return f"{said}, {card.times} times" if card.kind == "act" and card.times > 1 else said


def _notes(card: Card) -> Iterator[str]:
    if isinstance(card, Showing):
        yield from _of_showing(card)
        return
    if isinstance(card, Away):
        yield "and came back" if card.is_back and card.times > 1 else ""
        return
    value = money(card.first.props.get("value"), card.first.props.get("currency"))
    yield value
    yield from beside(card.step, card.first.props)
    if isinstance(card, Page):
        unmeasured = [] if any(card.blocks.values()) else [block_name(name) for name in card.blocks]
        yield f"saw {', '.join(unmeasured)}" if unmeasured else ""
        yield f"scrolled to {card.scrolled} %" if card.scrolled else ""
        lists = [name for name in dict.fromkeys(card.lists) if name]
        yield f"saw the list{'s' if len(lists) > 1 else ''} {', '.join(lists)}" if lists else ""


def _of_showing(card: Showing) -> Iterator[str]:
    yield spell(card.watched) + " played" if card.watched is not None else "how long is not known"
    if card.loops:
        yield counted(card.loops, "loop")
    if card.muted is not None:
        yield "muted" if card.muted else "with sound"
    for told, words in ((card.anchor_seen, "saw"), (card.anchor_tapped, "tapped")):
        if told:
            yield f"{words} {_anchor(told.props.get('product'))} {_moment(told, card)}"
    for kind in card.engaged:
        yield {"like": "liked it", "save": "saved it", "share": "shared it", "comment": "commented"}.get(kind, kind)


def _anchor(product: object) -> str:
    return f"the anchor of {named(str(product))}" if product else "the anchor"


def _moment(told: Told, card: Card) -> str:
    """Of the clip, as the browser says; otherwise since the card began."""
    ms = told.props.get("at_video_ms")
    return (
        f"at {spell(ms * MS)} of the clip"
        if type(ms) is int and ms >= 0
        else f"{spell(told.at - card.at)} after it began"
    )


def _picture(card: Card) -> str:
    if isinstance(card, Showing):
        return poster(card.video)
    return picture(str(card.value("product") or "")) if card.step in (Step.VIEW_ITEM, Step.ADD_TO_CART) else ""


def _bars(page: Page) -> list[Bar]:
    longest = max(page.blocks.values(), default=0)
    if not longest:  # how long was not told
        return []
    return [
        Bar(block_name(name), spell(dwell) if dwell else "", percent_of(dwell, longest))
        for name, dwell in page.blocks.items()
    ]


def _links(card: Card) -> Iterator[tuple[str, str]]:
    for name, label in LINKED:
        code = str(card.value(name) or "")
        if address := found_in_admin(name, code):
            yield f"{label} {code}", address


__all__ = ["Band", "Bar", "Mark", "Row", "bands", "marks", "rows"]
