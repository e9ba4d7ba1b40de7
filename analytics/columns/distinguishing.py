"""How many of those before a step had which feature, and how many of these went on: features.py of many at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.answers import features
from analytics.answers.features import BEFORE, OF_VIDEO, THERE, VIDEO, Feature, who_has
from analytics.answers.questions import Question
from analytics.columns import measuring
from analytics.columns.doors import LETTERS, Moments, each_part, standing, table, taking
from analytics.columns.units import Flags, Units
from analytics.columns.walks import Ints, Walks, everyone
from analytics.semantics.funnels import Funnel
from journey.steps import Step

Tables = dict[Feature, tuple[int, int]]  # feature → how many of those with it went on, and how many have it


class Stays(NamedTuple):
    """Of each unit, in the order of `pks`: whether it went on, and its time before the step, since 1970."""

    pks: list[int]  # of its first journey
    starts: list[int]
    arrived: list[int]
    until: list[int]
    goes: list[bool]


class Told(NamedTuple):
    went_on: int
    lost: int
    usual_us: float | None
    tables: Tables
    stays: Callable[[], Stays]  # for what only events say


def distinguished(question: Question, step: int, counts: Callable[[Ints], Flags]) -> Told | None:
    """None while nothing is compiled: few are walked one by one. The step is a required one."""
    found, moments = standing(question, step, counts, features.COLUMNS)
    if not measuring.is_loaded():
        return None
    goes = moments.went != measuring.NONE
    went_on, lost = int(goes.sum()), int(len(goes) - goes.sum())
    gaps = (moments.went - moments.arrived)[goes]
    if not len(gaps) or not step:
        return Told(went_on, lost, None, {}, _nobody)
    usual = median(gaps.tolist())
    letters, knows, until = _walked(question.funnel, step, found, moments, round(usual))
    tables = Counter[Feature](), Counter[Feature]()
    for feature, (on, have) in (*_of_letters(question.funnel, step, letters), *_who(found, goes, knows)):
        tables[0][feature] += on
        tables[1][feature] += have
    both = {feature: (tables[0][feature], n) for feature, n in tables[1].items() if n}
    return Told(went_on, lost, usual, both, lambda: _stays(found, moments, until, goes))


def _walked(funnel: Funnel, step: int, found: Units, moments: Moments, usual: int) -> tuple[Ints, Flags, Ints]:
    asked = _asked(funnel, step, usual)
    counts = np.zeros((2, LETTERS, 2), np.int64)
    knows, until = np.zeros(len(found), np.bool_), np.zeros(len(found), np.int64)
    parts, begin = each_part(found, moments.arrived, moments.went), 0
    for walks, chosen, (arrived, went) in parts:
        end = begin + len(chosen)
        by_kernel(walks, chosen, arrived, went, asked, (counts, knows[begin:end], until[begin:end]))
        begin = end
    return counts, knows, until


def by_kernel(walks: Walks, chosen: Ints, arrived: Ints, went: Ints, asked: Any, out: Any) -> None:
    measuring.kernel("stays")(walks.letters, walks.at, walks.bounds, chosen, arrived, went, asked, out)


def call(walks: Walks) -> None:
    """For walks of which each begins at 0: that the kernel is compiled."""
    none = table(set())
    out = np.zeros((2, LETTERS, 2), np.int64), np.zeros(len(walks), np.bool_), np.zeros(len(walks), np.int64)
    zeros = np.zeros(len(walks), np.int64)
    by_kernel(walks, everyone(walks), zeros, zeros - 1, (1, none, none, none), out)


def _asked(funnel: Funnel, step: int, usual: int) -> tuple[int, npt.NDArray[np.bool_], Any, Any]:
    return usual, table(taking(funnel, step)), table(features.away_from(funnel, step)), table(VIDEO)


def _of_letters(funnel: Funnel, step: int, counts: Ints) -> Iterator[tuple[Feature, tuple[int, int]]]:
    silent = features.no_signs_before(funnel, step), features.no_signs_there(funnel, step)
    for when, some, silence in zip((BEFORE, THERE), counts, silent, strict=True):
        for place in np.flatnonzero(some.sum(axis=1)).tolist():
            if chr(place) not in silence:
                stayed, on = some[place].tolist()
                yield Feature(when, Step.of_letter(chr(place)).meaning), (on, on + stayed)


def _who(found: Units, goes: Flags, knows: Flags) -> Iterator[tuple[Feature, tuple[int, int]]]:
    for name in features.COLUMNS:
        codes, values = found.codes[name], found.values[name]
        known = knows if name in OF_VIDEO else np.ones(len(found), np.bool_)
        have = np.bincount(codes[known], minlength=len(values)).tolist()
        on = np.bincount(codes[known & goes], minlength=len(values)).tolist()
        for place, value in enumerate(values):
            yield from ((feature, (on[place], have[place])) for feature in {*who_has(name, value)})


def _stays(found: Units, moments: Moments, until: Ints, goes: Flags) -> Stays:
    starts = np.concatenate([walks.at[walks.bounds[chosen]] for walks, chosen, _ in each_part(found)])
    columns = (found.pks[found.firsts[:-1]], starts, moments.arrived, until, goes)
    return Stays(*(column.tolist() for column in columns))


def _nobody() -> Stays:
    return Stays([], [], [], [], [])
