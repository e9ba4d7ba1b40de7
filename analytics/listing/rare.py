"""What is rare in the list, from columns: a database without an index for it would read every row until it is sure."""

import numpy as np

from analytics.answers.questions import NONE
from analytics.columns import days
from analytics.columns.day import Day
from analytics.columns.units import Flags
from analytics.columns.versions import versions
from analytics.listing.asked import LENGTHS, SIGNS, Narrowed
from analytics.semantics.funnels import SECOND_US
from journey.steps import Step

BUILT = 2  # days that change now, and are read from their rows: with more of them the database is faster


def keys(asked: Narrowed, most: int) -> list[int] | None:
    """Of the journeys that are asked for, by all that columns know: not the stage.

    None for more than `most`, and while columns are not there.
    """
    found: list[int] = []
    known = versions(asked.first, asked.last)
    if sum(not days.is_kept(day, version) for day, version in known.items()) > BUILT:
        return None
    for one, version in known.items():
        day = days.of(one, version)
        found += day.number("pk")[_wanted(asked, day)].tolist()
        if len(found) > most:
            return None
    return found


def _wanted(asked: Narrowed, day: Day) -> Flags:
    here = np.ones(len(day.walks), np.bool_)
    for column, value in asked.values:
        here &= _with(day, column, {"" if value == NONE else value})
    if asked.kinds:
        here &= _with(day, "kind", asked.kinds)
    if asked.arm:
        here &= _with(day, "arms", {arms for arms in day.values("arms") if asked.arm in arms.split(";")})
    if asked.length and here.any():
        here &= _as_long(day, asked.length)
    for sign in asked.has:
        here &= here.any() and _taking(day, SIGNS[sign])
    return here


def _with(day: Day, column: str, wanted: set[str] | frozenset[str]) -> Flags:
    accepted = np.array([value in wanted for value in day.values(column)], np.bool_)
    return accepted[day.codes(column)] if accepted.any() else np.zeros(len(day.walks), np.bool_)


def _as_long(day: Day, length: str) -> Flags:
    _, least, most = LENGTHS[length]
    at, bounds = day.walks.at, day.walks.bounds
    lengths = np.diff(bounds)
    took = np.where(lengths > 0, at[np.maximum(bounds[1:] - 1, 0)] - day.number("start"), 0)
    here: Flags = took >= least * SECOND_US
    return here & (took < most * SECOND_US) if most else here


def _taking(day: Day, steps: frozenset[Step]) -> Flags:
    wanted = np.zeros(256, np.bool_)
    wanted[[ord(step.letter) for step in steps]] = True
    places = np.flatnonzero(wanted[day.walks.letters])
    here = np.zeros(len(day.walks), np.bool_)
    here[np.searchsorted(day.walks.bounds, places, side="right") - 1] = True
    return here
