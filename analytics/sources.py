"""Where a report's tallies come from: counts for saved funnels, journeys for every other question."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from analytics.funnels import walk
from analytics.models import FunnelCount, Journey, offsets
from analytics.questions import EXPERIMENT, NONE, Question
from analytics.tallies import Tally, gaps_from

Dimensions = Sequence[str]  # values of the columns a question needs
Walk = tuple[str, list[int], int, Dimensions]  # path, times, cents, dimensions


def tallies(question: Question) -> dict[str, Tally]:
    """A tally per value of the column that `by` names; all of it under "" when nothing is split."""
    return _counted(question) if question.saved else _walked(question)


def column(field: str) -> str:
    return "arms" if field == "variant" or field.startswith(EXPERIMENT) else field


def _columns(question: Question) -> list[str]:
    fields = [*([question.by] if question.by else []), *(field for field, _ in question.only)]
    return list(dict.fromkeys(column(field) for field in fields))


def _counted(question: Question) -> dict[str, Tally]:
    columns = _columns(question)
    wanted, found = _matcher(question, columns), dict[str, Tally]()
    cells = (
        FunnelCount.objects.filter(funnel=question.funnel.slug)
        .between(question.first, question.last)
        .of_kinds(question.kinds)
        .annotate(text=Cast("gaps", TextField()))
        .values_list("reached", "n", "revenue_cents", "text", *columns)
    )
    for reached, n, revenue_cents, text, *dimensions in cells.iterator(chunk_size=2_000):
        if wanted(dimensions):
            tally = found.setdefault(dimensions[0] if question.by else "", Tally())
            tally.add(reached, n, revenue_cents, gaps_from(orjson.loads(text)) if len(text) > 2 else {})
    return found


def _walked(question: Question) -> dict[str, Tally]:
    columns = _columns(question)
    wanted, found = _matcher(question, columns), dict[str, Tally]()
    for path, at, revenue_cents, dimensions in _units(question, columns):
        if wanted(dimensions):
            tally = found.setdefault(dimensions[0] if question.by else "", Tally())
            tally.add_walk(walk(question.funnel, path, at), revenue_cents)
    return found


def _units(question: Question, columns: list[str]) -> Iterator[Walk]:
    """Journeys, or all journeys of a participant as one walk with the dimensions of the first."""
    journeys = Journey.objects.between(question.first, question.last).of_kinds(question.kinds)
    rows = (
        journeys.order_by("participant", "start")
        .values_list("participant", "start", "path", "pauses", "revenue_cents", *columns)
        .iterator(chunk_size=2_000)
    )
    if question.unit == "journey":
        return ((path, offsets(pauses), cents, dimensions) for _, _, path, pauses, cents, *dimensions in rows)
    return (_joined(list(mine)) for _, mine in groupby(rows, itemgetter(0)))


def _joined(rows: list[Sequence]) -> Walk:  # type: ignore[type-arg]
    return (
        "".join(row[2] for row in rows),
        [row[1] + offset for row in rows for offset in offsets(row[3])],
        sum(row[4] for row in rows),
        rows[0][5:],
    )


def _matcher(question: Question, columns: list[str]) -> Callable[[Dimensions], bool]:
    wanted = [(columns.index(column(field)), field, "" if value == NONE else value) for field, value in question.only]

    def matches(dimensions: Dimensions) -> bool:
        return all(
            value in dimensions[place].split(";") if field == "variant" else value == dimensions[place]
            for place, field, value in wanted
        )

    return matches
