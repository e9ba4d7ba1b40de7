"""What a question looks at, one after the other: a journey, or all journeys of a participant as one walk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from analytics.answers.questions import NONE, Question, column
from analytics.answers.told import Told, told_of
from analytics.counts.tallies import SUMS, Sums
from analytics.keeping.horizons import frozen_before
from analytics.models import DayQuerySet, Journey, offsets
from analytics.semantics.conditions import marked

CHUNK = 500
Values = Sequence[str]  # values of the columns a question needs
Row = Sequence[Any]  # a journey: key, participant, start, path, pauses, sums, columns


class Unit(NamedTuple):
    keys: tuple[int, ...]  # of its journeys
    participant: int
    start: int  # of its first event, in microseconds since 1970
    path: str  # with marks for events on which conditions are put
    at: list[int]  # microseconds since the start
    sums: Sums
    values: Values  # of the first of its journeys
    told: Sequence[Told] = ()  # what each event says, where that is asked


def units(question: Question, columns: list[str]) -> Iterator[Unit]:
    """Those that a question is about, each with its values of these columns, which must hold all that it asks of."""
    wanted = matcher(question, columns)
    found = (unit for unit in _joined(question, columns) if wanted(unit.values))
    if not question.reads_events:
        return found
    return (unit for some in _chunks(found) for unit in _with_what_they_say(question, some))


def unread(question: Question) -> int:
    """How many journeys of a question's days cannot be asked what their events said: those are gone, or about to go."""
    return _journeys(question).filter(stop__lt=frozen_before()).count() if question.reads_events else 0


def matcher(question: Question, columns: list[str]) -> Callable[[Values], bool]:
    wanted = [(columns.index(column(field)), field, value) for field, value in question.only]

    def matches(values: Values) -> bool:
        return all(accepts(field, value, values[place]) for place, field, value in wanted)

    return matches


def accepts(field: str, wanted: str, value: str) -> bool:
    """Whether a column's value is the one that a field must have."""
    wanted = "" if wanted == NONE else wanted
    return wanted in value.split(";") if field == "variant" else value == wanted


def _journeys(question: Question) -> DayQuerySet:
    return Journey.objects.between(question.first, question.last).of_kinds(question.kinds)


def _joined(question: Question, columns: list[str]) -> Iterator[Unit]:
    journeys = _journeys(question)
    if question.reads_events:
        journeys = journeys.filter(stop__gte=frozen_before())
    rows = (
        journeys.order_by("participant", "start")
        .values_list("pk", "participant", "start", "path", "pauses", *SUMS, *columns)
        .iterator(chunk_size=2_000)
    )
    if question.unit != "participant":
        return (_unit([row]) for row in rows)
    return (_unit(list(mine)) for _, mine in groupby(rows, itemgetter(1)))


def _unit(rows: list[Row]) -> Unit:
    begin = rows[0][2]
    return Unit(
        tuple(row[0] for row in rows),
        rows[0][1],
        begin,
        "".join(row[3] for row in rows),
        [row[2] - begin + offset for row in rows for offset in offsets(row[4])],
        (sum(row[5] for row in rows), sum(row[6] for row in rows), sum(row[7] for row in rows)),
        rows[0][8:],
    )


def _with_what_they_say(question: Question, some: list[Unit]) -> Iterator[Unit]:
    funnel = question.funnel
    letters = frozenset(funnel.alphabet) | (funnel.taking if question.reads_values else frozenset())
    told = told_of([(unit.participant, unit.start, unit.path, unit.at) for unit in some], letters)
    for unit, said in zip(some, told, strict=True):
        path = marked(funnel.alphabet, unit.path, [one.props for one in said])
        yield unit._replace(path=path, told=said)


def _chunks(found: Iterable[Unit]) -> Iterator[list[Unit]]:
    waiting = iter(found)
    while some := list(islice(waiting, CHUNK)):
        yield some
