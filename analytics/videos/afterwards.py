"""What became of an order: counted beside it, on its day, however much later it came.

When the journey of the order is closed for good, what comes later counts in its own journey; what had been counted
beside the order before is known by the time up to which it was told.
"""

from collections.abc import Iterable, Mapping

from analytics.counts.journeys import Taken
from analytics.videos.lines import Line, Lines, Part, parts_of
from analytics.videos.orders import Order
from analytics.videos.reader import Reader, props_of
from analytics.videos.sights import MOST_CENTS, TEXT, Props, Sights, more, name_in, tick, whole
from journey.steps import Step

Fact = tuple[Sights, Taken]  # the journey in which it was told, and the event
Seen = set[tuple[str, str, tuple[str, str]]]  # step, order, and the product or video it counted for


def tell(reader: Reader, facts: Iterable[Fact], frozen: int, closed: Mapping[str, Order]) -> None:
    """`closed`: the orders of journeys that are closed."""
    seen: Seen = set()  # an order is cancelled once, however often it is said
    tickets: dict[str, list[Part]] = {}
    for here, event in facts:
        props = props_of(event)
        if event.step in OUTCOMES:
            _came_to(tickets.get(name_in(props, "ticket", TEXT), []), event, props)
            continue
        code = name_in(props, "order", TEXT)
        sights, order = _place_of(reader, here, code, frozen, closed)
        if code in closed and event.at <= closed[code].told:
            _told(Sights(0, 0), event.step, order, code, props, seen)  # it stands beside the order already
            continue
        told = _told(sights, event.step, order, code, props, seen)
        if event.step == OPEN:
            tickets[name_in(props, "ticket", TEXT)] = told
        if order and sights is not here:
            reader.bought[code] = sights, order._replace(told=max(order.told, event.at))
    for code, (sights, order) in reader.bought.items():
        sights.orders[code] = order.kept()


def _place_of(
    reader: Reader, here: Sights, code: str, frozen: int, closed: Mapping[str, Order]
) -> tuple[Sights, Order | None]:
    if code in closed:
        return here, closed[code]
    sights, order = reader.bought.get(code, (here, None))
    return (here if sights.stop < frozen else sights), order


def _told(sights: Sights, letter: str, order: Order | None, code: str, props: Props, seen: Seen) -> list[Part]:
    """Returns where it was counted."""
    cents = whole(props.get("value"), MOST_CENTS) or 0
    counted = list(parts_of(sights, _lines(letter, order, props), cents))
    for part in counted:
        name = letter, code, part.key
        COUNTED[letter](part, props, name in seen, order is not None)
        seen.add(name)
    return counted


def _lines(letter: str, order: Order | None, props: Props) -> Lines:
    """A ticket or a review may be about a product that no order is known of, or about another one of the order."""
    named = name_in(props, "product", TEXT) if letter in (OPEN, REVIEW) else ""
    if order:
        return order.lines_about(props, named)
    return (Line(named, ""),) if named else ()


def _came_to(counted: Iterable[Part], event: Taken, props: Props) -> None:
    """What became of a ticket; an answer that says no more is nothing yet."""
    kind, stars = name_in(props, "kind"), props.get("stars")
    outcome = "solved" if event.step == SOLVED else f"csat:{stars}" if kind == "csat" else kind
    for part in counted:
        tick(part.found, "Tu", outcome)


def _cancelled(part: Part, props: Props, again: bool, ordered: bool) -> None:
    if not again:
        more(part.found, "n")
        more(part.found, "nc", part.cents)


def _refunded(part: Part, props: Props, again: bool, ordered: bool) -> None:
    if not again:
        more(part.found, "R")
    more(part.found, "Rc", part.cents)


def _returned(part: Part, props: Props, again: bool, ordered: bool) -> None:
    if not again:
        more(part.found, "m")
    tick(part.found, "mr", name_in(props, "reason"))


def _ticket(part: Part, props: Props, again: bool, ordered: bool) -> None:
    if ordered and not again:
        more(part.found, "To")
    more(part.found, "T")
    tick(part.found, "Tk", name_in(props, "kind"))


def _reviewed(part: Part, props: Props, again: bool, ordered: bool) -> None:
    stars = props.get("stars")
    if type(stars) is int and 1 <= stars <= 5:
        more(part.found, "V")
        tick(part.found, "Vs", stars)


OPEN, REVIEW = Step.SUPPORT_OPEN.letter, Step.SUBMIT_REVIEW.letter
SOLVED = Step.SUPPORT_RESOLVED.letter
OUTCOMES = {SOLVED, Step.SUPPORT_REPLY.letter}
COUNTED = {
    Step.CANCEL.letter: _cancelled,
    Step.REFUND.letter: _refunded,
    Step.REQUEST_RETURN.letter: _returned,
    OPEN: _ticket,
    REVIEW: _reviewed,
}
