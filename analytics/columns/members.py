"""The journeys behind a number of a report, from columns: the same as cells.py finds by walking one after the other."""

from collections.abc import Callable
from datetime import date

import numpy as np

from analytics.answers.questions import Question, column
from analytics.columns.answers import asked, walked
from analytics.columns.grouping import groups
from analytics.columns.units import Flags, Units
from analytics.columns.walks import Ints
from analytics.counts.journeys import EPOCH

Values = tuple[str, ...]


def keys(
    question: Question, counts: Callable[[Ints], Flags], is_wanted: Callable[[Values], bool], day: date | None
) -> list[int]:
    """Of all journeys of those whose reached steps count, who have wanted values of `by`, and entered on the day."""
    found = asked(question)
    done = walked(question.funnel, found)
    here = counts(done.reached)
    if day is not None:
        here = here & (done.began == day.toordinal() - EPOCH)
    some = found.only(here)
    pks: list[int] = np.sort(some.only(having(some, question, is_wanted)).pks).tolist()
    return pks


def having(found: Units, question: Question, is_wanted: Callable[[Values], bool]) -> Flags:
    """Whose values of `by` are wanted, which is asked once for each combination that occurs."""
    if not question.by or not len(found):
        return np.full(len(found), is_wanted(("",) * len(question.by)), np.bool_)
    names = [column(field) for field in question.by]
    group, rows = groups([found.codes[name] for name in names], [len(found.values[name]) for name in names])
    combinations = (tuple(found.values[name][found.codes[name][row]] for name in names) for row in rows.tolist())
    wanted: Flags = np.array([is_wanted(values) for values in combinations], np.bool_)[group]
    return wanted
