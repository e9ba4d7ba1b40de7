"""Steps in any order inside a window: chains.Chain, with its classes as columns."""

from typing import Any

import numpy as np

from analytics.columns.compiled import compiled
from analytics.columns.kernels.plain import possible, report

Array = Any


@compiled
def complete(
    letters: Array,
    at: Array,
    bounds: Array,
    seen: Array,
    chosen: Array,
    wants: Array,
    classes: Array,
    needs: Array,
    places: Array,
    window: int,
    columns: Array,
    out: Array,
) -> None:
    """`classes`: per letter; `needs`: per place a class and how many of it; `places`: per class how many, and which."""
    reached, gaps, entries = out
    steps = len(columns)
    have = np.zeros(steps, np.int64)
    moments = np.empty(steps, np.int64)
    for row in range(len(chosen)):
        most = possible(seen[chosen[row]], wants)
        if not most:
            continue
        begin, end = bounds[chosen[row]], bounds[chosen[row] + 1]
        if end > begin and at[end - 1] - at[begin] > window:
            begin, end = _window(letters, at, begin, end, classes, needs, places, window, have)
        depth = _moments(letters, at, begin, end, most, classes, needs, have, moments)
        report(moments, depth, columns, row, reached, gaps, entries)


@compiled
def _window(
    letters: Array,
    at: Array,
    begin: int,
    stop: int,
    classes: Array,
    needs: Array,
    places: Array,
    window: int,
    have: Array,
) -> tuple[int, int]:
    """Where the window that goes furthest, and there first, begins and ends."""
    have[:] = 0
    depth, best, left, first, last = 0, 0, begin, begin, begin
    for i in range(begin, stop):
        name = classes[letters[i]]
        if name < 0:
            continue
        while at[i] - at[left] > window:
            depth = min(depth, _drop(classes[letters[left]], have, places))
            left += 1
        have[name] += 1
        depth = _depth(have, needs, depth)
        if depth > best:
            best, first, last = depth, left, i + 1
    return first, last


@compiled
def _drop(name: int, have: Array, places: Array) -> int:
    """An event leaves the window: the first place that may now be incomplete."""
    if name < 0:
        return len(have)
    have[name] -= 1
    if have[name] < places[name, 0]:
        return int(places[name, 1 + have[name]])
    return len(have)


@compiled
def _depth(have: Array, needs: Array, depth: int) -> int:
    while depth < len(needs) and have[needs[depth, 0]] >= needs[depth, 1]:
        depth += 1
    return depth


@compiled
def _moments(
    letters: Array,
    at: Array,
    begin: int,
    end: int,
    most: int,
    classes: Array,
    needs: Array,
    have: Array,
    moments: Array,
) -> int:
    """Writes when each place was complete; returns how many were."""
    have[:] = 0
    done = 0
    for i in range(begin, end):
        name = classes[letters[i]]
        if name < 0:
            continue
        have[name] += 1
        depth = _depth(have, needs, done)
        for k in range(done, depth):
            moments[k] = at[i]
        done = depth
        if done == most:
            break
    return done
