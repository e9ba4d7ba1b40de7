"""What reports ask of columns."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.answers.questions import Question, column
from analytics.answers.units import accepts
from analytics.columns.grouping import Taken, groups, tallied
from analytics.columns.measuring import NONE, bucketed, expect, measured
from analytics.columns.units import Units, units
from analytics.columns.walks import Ints, Walks, sealed
from analytics.counts.journeys import DAY_US, day_of
from analytics.counts.tallies import Gaps, Tally, Told, Values, sum_of
from analytics.semantics.funnels import Funnel


class Walked(NamedTuple):
    reached: Ints
    buckets: npt.NDArray[np.int16]
    began: Ints  # days since 1970; NONE for who never did


def told(question: Question) -> Told:
    """A tally per values of the columns that `by` names, and of all."""
    found = asked(question)
    parts, gaps = _grouped(question, found, walked(question.funnel, found), ())
    tallies = {values: tally for (_, values), tally in parts.items()}
    return Told(sum_of(tallies.values(), gaps), tallies)


def daily(question: Question) -> dict[tuple[date, Values], Tally]:
    """The same by the day on which the reported attempt began; nobody who never did."""
    found = asked(question)
    done = walked(question.funnel, found)
    began = done.began != NONE
    some = found.only(began)
    days, _ = _grouped(question, some, Walked(*(part[began] for part in done)), (done.began[began],))
    return {(day_of(day[0] * DAY_US), values): tally for (day, values), tally in days.items()}


def asked(question: Question, more: Sequence[str] = ()) -> Units:
    """The units of a question, with the codes of all columns that it asks about, and of more."""
    found = units(question, [*(column(field) for field in question.counted_by), *more])
    if not question.only:
        return found
    wanted = [found.where(column(field), partial(accepts, field, value)) for field, value in question.only]
    return found.only(np.logical_and.reduce(wanted))


def walked(funnel: Funnel, found: Units) -> Walked:
    """How far each unit got, the buckets of its gaps and the day it began; the parts side by side."""

    def one(part: tuple[Walks, Ints]) -> Walked:
        reached, gaps, entries = measured(funnel, *part)
        return Walked(reached, bucketed(gaps), np.where(entries < 0, NONE, entries // DAY_US))

    expect(sum(len(walks.letters) for walks, _ in found.parts))
    first, *others = found.parts or [(Walks.of([]), sealed(np.zeros(0, np.int64)))]
    done = [one(first)]  # alone: a kernel is compiled, or read from disk, when it is first called
    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
        done += pool.map(one, others)
    return Walked(*(np.concatenate(parts) for parts in zip(*done, strict=True)))


def _grouped(
    question: Question, found: Units, done: Walked, more: Sequence[Ints]
) -> tuple[dict[tuple[tuple[int, ...], Values], Tally], Callable[[], Gaps]]:
    """Per number of each of `more`, and per values; and what knows the gaps of all."""
    if not len(found):
        return {}, dict
    by = [column(field) for field in question.by]
    lows = [int(numbers.min()) for numbers in more]
    codes = [np.zeros(len(found), np.int64), *(numbers - low for numbers, low in zip(more, lows, strict=True))]
    sizes = [int(numbers.max()) + 1 for numbers in codes]
    group, rows = groups(
        [*codes, *(found.codes[name] for name in by)], [*sizes, *(len(found.values[name]) for name in by)]
    )
    keys: list[Any] = [
        (
            tuple(int(numbers[row]) for numbers in more),
            tuple(found.values[name][found.codes[name][row]] for name in by),
        )
        for row in rows.tolist()
    ]
    tallies, gaps = tallied(group, len(rows), done.reached, Taken(done.buckets), found.sums)
    return dict(zip(keys, tallies, strict=True)), gaps.all
