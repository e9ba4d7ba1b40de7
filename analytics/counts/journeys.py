"""A participant's events become journeys: pure, so that counting twice gives the same rows twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import orjson

from analytics.models import TEXT, Visit, packed
from analytics.semantics.funnels import SECOND_US
from analytics.semantics.stages import reached
from journey.steps import Step

QUIET_US = 30 * 60 * SECOND_US
DAY_US = 86_400 * SECOND_US
EPOCH = date(1970, 1, 1).toordinal()
PURCHASE = Step.PURCHASE.letter
PRODUCT = '"product"'


class Taken(NamedTuple):
    """An event as counting reads it; props are still text, as few of them are needed."""

    participant: int
    at: int
    step: str
    context: int
    props: str | None
    trail: int
    n: int


class Draft(NamedTuple):
    """The row of a journey, as plain values; the names are Journey's fields."""

    participant: int
    start: int
    stop: int
    day: date
    kind: str
    arms: str
    device: str
    browser: str
    source: str
    video: str
    product: str
    creator: str
    category: str
    campaign: str
    visit: str
    study: str
    path: str
    pauses: bytes
    stage: int
    revenue_cents: int
    said: int
    missing: int
    sights: str = ""

    def as_row(self) -> tuple[Any, ...]:
        return self._replace(day=str(self.day))  # type: ignore[arg-type]


Contexts = Mapping[int, tuple[str, str, str, str, str]]  # id → device, browser, source, arms, campaign


def day_of(at: int) -> date:
    return date.fromordinal(EPOCH + at // DAY_US)


def days_later(start: int, offset: int | None) -> int:
    """Midnights between the start of a journey and so many microseconds after it; 0 for what never was."""
    return (start + offset) // DAY_US - start // DAY_US if offset else 0


def split(events: Iterable[Taken]) -> Iterator[list[Taken]]:
    """Events in order, of one participant after the other → walks; more than 30 quiet minutes begin a new one."""
    walked: list[Taken] = []
    for event in events:
        if walked and (event[0] != walked[-1][0] or event[1] - walked[-1][1] > QUIET_US):
            yield walked
            walked = []
        walked.append(event)
    if walked:
        yield walked


class About(NamedTuple):
    """What a journey does not know of itself."""

    kind: str
    visit: str
    study: str
    said: int  # steps that were numbered
    missing: int  # steps of them that never arrived


def draft(events: Sequence[Taken], about: About, contexts: Contexts) -> Draft:
    participant = events[0].participant
    times = [event[1] for event in events]
    path = "".join([event[2] for event in events])
    device, browser, source, arms, campaign = _first_of_each(
        [contexts[name] for name in dict.fromkeys(e[3] for e in events)]
    )
    texts = [event[4] for event in events if event[4]]
    entry = _first_with("video", texts)
    return Draft(
        participant,
        times[0],
        times[-1],
        day_of(times[0]),
        about.kind,
        arms,
        device,
        browser,
        source,
        _text(entry.get("video")),
        _text(_first_with("product", texts).get("product")),
        _text(entry.get("creator")),
        _text(_first_with("category", [text for text in texts if PRODUCT in text]).get("category")),
        campaign,
        about.visit,
        about.study,
        path,
        packed(times),
        reached(path, times[-1] - times[0], lambda: times).bit_length(),
        sum(_cents(event[4]) for event in events if event[2] == PURCHASE) if PURCHASE in path else 0,
        about.said,
        about.missing,
    )


def visit_of(start: int, gone: int | None, known_before: bool) -> str:
    """Whether a journey is somebody's first. `gone`: when they were first seen, if those events may be cleared."""
    seen_before = known_before or (gone is not None and start - gone > QUIET_US)
    return (Visit.RETURNING if seen_before else Visit.NEW).value


def _first_of_each(contexts: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if len(contexts) == 1:
        return iter(contexts[0])
    return (next(filter(None, values), "") for values in zip(*contexts, strict=True))


def _first_with(name: str, texts: Iterable[str]) -> dict[str, Any]:
    """Properties of the first event that has this one; looks at the text first, as parsing is dear."""
    mark = f'"{name}"'
    for text in texts:
        if mark in text:
            props: dict[str, Any] = orjson.loads(text)
            if _text(props.get(name)):
                return props
    return {}


def _text(value: Any) -> str:
    """A slug out of properties, which may hold anything."""
    return str(value)[:TEXT] if isinstance(value, str | int) else ""


def _cents(text: str | None) -> int:
    value = orjson.loads(text).get("value") if text else None
    return value if type(value) is int else 0
