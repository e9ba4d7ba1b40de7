"""Where a report's tallies come from: counts for saved funnels, journeys for every other question."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from analytics.models import FunnelCount, Journey, offsets
from analytics.questions import EXPERIMENT, NONE, Question
from analytics.tallies import SUMS, Sums, Tally, gaps_from, measured
from analytics.walking import walk

Values = Sequence[str]  # values of the columns a question needs
Walk = tuple[str, list[int], Sums, Values]  # path, times, sums, and those


def tallies(question: Question) -> dict[str, Tally]:
    """A tally per value of the column that `by` names; all of it under "" when nothing is split."""
    return _counted(question) if question.saved and not question.only else _walked(question)


def column(field: str) -> str:
    return "arms" if field == "variant" or field.startswith(EXPERIMENT) else field


def _counted(question: Question) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    split = column(question.by)
    cells = (
        FunnelCount.objects.filter(funnel=question.funnel.slug, field="" if split == "kind" else split)
        .between(question.first, question.last)
        .of_kinds(question.kinds)
        .annotate(text=Cast("gaps", TextField()))
        .values_list("kind" if split == "kind" else "value", "reached", "n", *SUMS, "text")
    )
    for value, reached, n, cents, said, missing, text in cells.iterator(chunk_size=2_000):
        gaps = gaps_from(orjson.loads(text)) if len(text) > 2 else {}
        found[value].add(reached, n, (cents, said, missing), gaps)
    return found


def _walked(question: Question) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    fields = [*([question.by] if question.by else []), *(field for field, _ in question.only)]
    columns = list(dict.fromkeys(column(field) for field in fields))
    wanted = _matcher(question, columns)
    for path, at, sums, values in _units(question, columns):
        if wanted(values):
            reached, gaps = measured(walk(question.funnel, path, at))
            found[values[0] if question.by else ""].add_one(reached, sums, gaps)
    return found


def _units(question: Question, columns: list[str]) -> Iterator[Walk]:
    """Journeys, or all journeys of a participant as one walk with the values of the first."""
    journeys = Journey.objects.between(question.first, question.last).of_kinds(question.kinds)
    rows = (
        journeys.order_by("participant", "start")
        .values_list("participant", "start", "path", "pauses", *SUMS, *columns)
        .iterator(chunk_size=2_000)
    )
    if question.unit == "journey":
        return ((row[2], offsets(row[3]), row[4:7], row[7:]) for row in rows)
    return (_joined(list(mine)) for _, mine in groupby(rows, itemgetter(0)))


def _joined(rows: list[Sequence]) -> Walk:  # type: ignore[type-arg]
    return (
        "".join(row[2] for row in rows),
        [row[1] + offset for row in rows for offset in offsets(row[3])],
        (sum(row[4] for row in rows), sum(row[5] for row in rows), sum(row[6] for row in rows)),
        rows[0][7:],
    )


def _matcher(question: Question, columns: list[str]) -> Callable[[Values], bool]:
    wanted = [(columns.index(column(field)), field, "" if value == NONE else value) for field, value in question.only]

    def matches(values: Values) -> bool:
        return all(
            value in values[place].split(";") if field == "variant" else value == values[place]
            for place, field, value in wanted
        )

    return matches
