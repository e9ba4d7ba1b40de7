"""Who stood before a step: when they came there, and when they went on."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.answers.questions import Question
from analytics.columns.answers import asked
from analytics.columns.measuring import NONE, Measured, expect, measured
from analytics.columns.members import having
from analytics.columns.units import Flags, Units
from analytics.columns.walks import Ints, Walks, sealed
from analytics.counts.journeys import DAY_US, EPOCH
from analytics.semantics.funnels import Funnel, Order

LETTERS = 256
Values = tuple[str, ...]


class Moments(NamedTuple):
    """Of each unit, microseconds since 1970; NONE where it never was."""

    reached: Ints
    entered: Ints
    arrived: Ints  # at the last required step before; the first step has none, and stands for it
    went: Ints  # on to the step, which is a required one


def standing(
    question: Question, step: int, counts: Callable[[Ints], Flags], columns: Sequence[str] = ()
) -> tuple[Units, Moments]:
    """Those whose reached steps count, also with the codes of these columns."""
    found = asked(question, columns)
    expect(sum(len(walks.letters) for walks, _ in found.parts))

    def one(part: tuple[Walks, Ints]) -> Moments:
        return _moments(question.funnel, step, measured(question.funnel, *part))

    first, *others = found.parts or [(Walks.of([]), sealed(np.zeros(0, np.int64)))]
    done = [one(first)]  # alone: a kernel is read from disk when it is first called
    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
        done += pool.map(one, others)
    moments = Moments(*(np.concatenate(parts) for parts in zip(*done, strict=True)))
    return _only(found, moments, counts(moments.reached))


def in_cell(
    question: Question,
    step: int,
    counts: Callable[[Ints], Flags],
    is_wanted: Callable[[Values], bool],
    day: date | None,
) -> tuple[Units, Moments]:
    """The same of those who have wanted values of `by`, and entered on the day."""
    found, moments = standing(question, step, counts)
    here = having(found, question, is_wanted)
    if day is not None:
        here = here & (moments.entered // DAY_US == day.toordinal() - EPOCH)
    return _only(found, moments, here)


def _only(found: Units, moments: Moments, here: Flags) -> tuple[Units, Moments]:
    return found.only(here), Moments(*(column[here] for column in moments))


def each_part(found: Units, *columns: Ints) -> list[tuple[Walks, Ints, list[Ints]]]:
    """The walks of each part, with its share of every column."""
    parts, begin = [], 0
    for walks, chosen in found.parts:
        end = begin + len(chosen)
        parts.append((walks, chosen, [column[begin:end] for column in columns]))
        begin = end
    return parts


def taking(funnel: Funnel, step: int) -> frozenset[str]:
    """Letters of what may have completed the last required step before, as next_steps.place_of has them."""
    before = funnel.before(step) or 0
    return frozenset().union(*funnel.letters[: before + 1]) if funnel.order is Order.ANY else funnel.letters[before]


def table(letters: frozenset[str] | set[str]) -> npt.NDArray[np.bool_]:
    marks = np.zeros(LETTERS, np.bool_)
    marks[[ord(letter) for letter in letters if ord(letter) < LETTERS]] = True
    return marks


def _moments(funnel: Funnel, step: int, done: Measured) -> Moments:
    before = funnel.before(step) or 0
    on_the_way = [k for k in funnel.required if 0 < k <= before]
    arrived = done.entries + done.gaps[:, on_the_way].sum(axis=1)
    arrived = np.where(done.reached >> before & 1, arrived, NONE)
    went = np.where(done.reached >> step & 1, arrived + (done.gaps[:, step] if step else 0), NONE)
    return Moments(done.reached, done.entries, arrived, went)
