"""Everything that a report counts, one by one: whose journeys it is, how it walked, and what came next."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from analytics.answers.next_steps import Hop, next_steps, place_of
from analytics.answers.questions import EXPERIMENT, NONE, Question, column
from analytics.answers.sources import Counted, walks
from analytics.semantics.funnels import Funnel
from analytics.semantics.walking import Walked

SEPARATOR = " · "  # between the values of a segment that several fields split


class Followed(NamedTuple):
    """One journey, all journeys of a participant as one walk, or one attempt of a journey."""

    ids: tuple[int, ...]  # of the journeys
    participant: int
    start: int  # of the first event, in microseconds since 1970
    day: date | None  # on which it entered; None when it never did
    path: str  # letters of the steps, as they are stored
    marked: str  # with marks for events on which the funnel puts conditions
    at: list[int]  # microseconds since the start
    walked: Walked
    events: Sequence[int | None]  # the places in the path of what took the steps, where that was asked
    value: str  # of what the question is split by, as a segment of its report is called
    values: Sequence[str]  # of the columns that were asked for

    def place(self, funnel: Funnel, step: int) -> int:
        """The place in the path of the event that took a step."""
        taken = self.events[step] if self.events else None
        return place_of(funnel, self.walked, self.marked, self.at, step) if taken is None else taken

    def next_steps(self, funnel: Funnel, step: int) -> list[Hop]:
        """What came after the last required step before this one, which it must have reached."""
        return next_steps(self.path[self.place(funnel, funnel.before(step) or 0) + 1 :])


def followed(question: Question, columns: Sequence[str] = ()) -> Iterator[Followed]:
    """`columns`: names of Journey's columns to bring along."""
    plain = _without_marks(question.funnel)
    needed = [*map(column, [*question.by, *(field for field, _ in question.only)]), *columns]
    names = list(dict.fromkeys(needed))
    places = [names.index(name) for name in columns]
    for one in walks(question, columns):
        if one.n:
            yield _followed(question, one, plain, places)


def _followed(question: Question, one: Counted, plain: dict[int, str], places: list[int]) -> Followed:
    unit = one.unit
    return Followed(
        unit.keys,
        unit.participant,
        unit.start,
        one.day,
        unit.path.translate(plain) if plain else unit.path,
        unit.path,
        unit.at,
        one.traced.walked,
        one.traced.events,
        segment_of(question.by, one.values),
        [unit.values[place] for place in places],
    )


def _without_marks(funnel: Funnel) -> dict[int, str]:
    """How marked events are written without their marks."""
    return {ord(mark): letter for letter, marks in funnel.alphabet.items() for mark in marks.values()}


def segment_of(by: Sequence[str], values: Sequence[str]) -> str:
    """What the segment of these values is called; empty when nothing is split."""
    return SEPARATOR.join(value_of(field, value) for field, value in zip(by, values, strict=True))


def value_of(by: str, value: str) -> str:
    """A column's value as the segment it belongs to is called."""
    if by.startswith(EXPERIMENT):
        slug = by.removeprefix(EXPERIMENT)
        value = next((pair for pair in value.split(";") if pair.partition("=")[0] == slug), "")
    return value or NONE
