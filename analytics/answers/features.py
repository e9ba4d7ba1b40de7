"""What was known of a unit when it stood before a step: who it is, what it did before, and what it did there. Pure.

Whatever happened later could be what going on, or leaving, brought with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from analytics.answers.followed import Followed
from analytics.semantics.conditions import Asked
from analytics.semantics.funnels import Funnel, Order, names_of
from journey.steps import Step

WHO, BEFORE, THERE = "who", "before", "there"
# How one leaves a page, what another step says better, and what says nothing of what somebody did.
SILENT = frozenset(
    {
        *(Step.PAGE_HIDDEN, Step.PAGE_SHOWN, Step.WEB_VITAL, Step.TRAIL_END, Step.CONSENT),
        *(Step.VIDEO_IMPRESSION, Step.VIDEO_VIEW, Step.VIDEO_PROGRESS, Step.WATCH),
        Step.VIEW_BLOCK,  # some block always is: only which one it was says something
    }
)
_SILENT = frozenset(step.letter for step in SILENT)
# The way to the sale: between two steps of a funnel, going on is made of these.
THE_WAY = (
    *(Step.VIDEO_START, Step.FOCUSED_VIEW, Step.VIEW_PROMOTION, Step.SELECT_PROMOTION, Step.VIEW_ITEM),
    *(Step.SELECT_VARIANT, Step.ADD_TO_CART, Step.VIEW_CART, Step.BEGIN_CHECKOUT),
    *(Step.ADD_SHIPPING_INFO, Step.ADD_PAYMENT_INFO, Step.PURCHASE),
)
VIDEO = frozenset({Step.VIDEO_IMPRESSION.letter, Step.VIDEO_START.letter})
OF_VIDEO = ("video", "creator")  # known as soon as a video was seen
COLUMNS = ("device", "browser", "source", "campaign", "visit", "arms", "video", "creator")
DETAILS = {Step.VIEW_BLOCK: "block", Step.OPEN_SHEET: "sheet", Step.CHECKOUT_ERROR: "kind", Step.FIELD_ERROR: "field"}
# Somewhere else: what is done from there on is what leaving was followed by.
AWAY = frozenset(
    {
        *(Step.VIEW_FEED, Step.VIDEO_START, Step.VIEW_PROFILE, Step.VIEW_SHOP, Step.VIEW_ITEM_LIST, Step.SEARCH),
        *(Step.SELECT_ITEM, Step.VIEW_SUPPORT, Step.VIEW_ORDER),
    }
)


class Feature(NamedTuple):
    when: str
    name: str


class Stay(NamedTuple):
    """The time before a step: from the start to the arrival at the step before it, and from there to its end."""

    arrived: int  # the place in the path of the event that took the step before
    end: int  # the place behind its last event
    until: int  # microseconds since the start: when they went on or away, or when the usual time had passed


def stay_of(funnel: Funnel, unit: Followed, step: int, usual_us: float) -> Stay:
    before = funnel.before(step) or 0
    arrived = unit.place(funnel, before)
    went_on = unit.walked.at[step] if unit.walked.reached >> step & 1 else None
    until = unit.at[arrived] + round(usual_us)
    until = until if went_on is None else min(until, went_on)
    away = away_from(funnel, step)
    end = arrived + 1
    while end < len(unit.at) and unit.at[end] < until and unit.path[end] not in away:
        end += 1
    return Stay(arrived, end, min(until, unit.at[end]) if end < len(unit.at) else until)


def away_from(funnel: Funnel, step: int) -> set[str]:
    """Letters with which one leaves the step before for somewhere else."""
    return {one.letter for one in AWAY} - outcome_of(funnel, step) - stored(funnel.steps[funnel.before(step) or 0])


def features_of(funnel: Funnel, unit: Followed, step: int, stay: Stay) -> Iterator[Feature]:
    earlier = set(unit.path[: stay.arrived + 1])
    yield from _who(unit.values, knows_video=bool(earlier & VIDEO))
    for letter in sorted(earlier - no_signs_before(funnel, step)):
        yield Feature(BEFORE, Step.of_letter(letter).meaning)
    there = set(unit.path[stay.arrived + 1 : stay.end])
    for letter in sorted(there - no_signs_there(funnel, step)):
        yield Feature(THERE, Step.of_letter(letter).meaning)


def no_signs_before(funnel: Funnel, step: int) -> set[str]:
    """Letters that say nothing of who goes on when they were taken before, or at, the step before."""
    taken = {letter for steps in funnel.steps[:step] for letter in stored(steps)}
    # In any order the step itself may have come first: then it decides, and is no sign.
    decided = outcome_of(funnel, step) if funnel.order is Order.ANY else set()
    return taken | decided | _SILENT


def no_signs_there(funnel: Funnel, step: int) -> set[str]:
    return outcome_of(funnel, step) | _SILENT | ({Step.OPEN_SHEET.letter} if choices(funnel, step) else set())


def choices(funnel: Funnel, step: int) -> set[Feature]:
    """What is opened to choose a size: where that leads into the cart, it is going on, and no sign of it."""
    into_the_cart = outcome_of(funnel, step) & {Step.SELECT_VARIANT.letter, Step.ADD_TO_CART.letter}
    return {Feature(THERE, f"{Step.OPEN_SHEET.meaning}: choose")} if into_the_cart else set()


def stored(steps: frozenset[Asked]) -> frozenset[str]:
    """Letters of all events that can take a step, whatever conditions are put on them."""
    return frozenset(step.letter for step in names_of(steps))


def outcome_of(funnel: Funnel, step: int) -> set[str]:
    """Letters of what going on is, or is made of: the step, those after it, and the way to the sale up to them."""
    letters = {letter for steps in funnel.steps[step:] for letter in stored(steps)}
    last = max((place for place, one in enumerate(THE_WAY) if one.letter in letters), default=-1)
    before = stored(funnel.steps[funnel.before(step) or 0])
    first = min((place for place, one in enumerate(THE_WAY) if one.letter in before), default=len(THE_WAY))
    return letters | {one.letter for one in THE_WAY[first : last + 1]}


def _who(values: Sequence[str], knows_video: bool) -> Iterator[Feature]:
    for name, value in zip(COLUMNS, values, strict=True):
        if knows_video or name not in OF_VIDEO:
            yield from who_has(name, value)


def who_has(name: str, value: str) -> Iterator[Feature]:
    """What a column's value says of somebody."""
    if name == "arms":
        yield from (Feature(WHO, f"arm {pair}") for pair in value.split(";") if pair)
    elif value:
        yield Feature(WHO, f"{name} {value}")


def detail_of(step: Step, props: Mapping[str, Any], when: str) -> Feature | None:
    """What a block, a sheet or an error was, where the event says so."""
    named = props.get(DETAILS[step])
    return Feature(when, f"{step.meaning}: {named}") if isinstance(named, str) and named else None


def details_of(
    events: Iterable[tuple[int, Step, Mapping[str, Any]]], start: int, arrived: int, until: int
) -> set[Feature]:
    """Of events of one participant as (time, step, properties)."""
    found = set()
    for at, step, props in events:
        if start <= at < until or at == arrived:
            found.add(detail_of(step, props, BEFORE if at <= arrived else THERE))
    return {feature for feature in found if feature}
