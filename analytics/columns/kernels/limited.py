"""Steps in order that more than a window limits: attempts.attempt, with its lists as columns."""

from typing import Any

import numpy as np

from analytics.columns.compiled import compiled
from analytics.columns.kernels.plain import possible

Array = Any
START, AT, NODE = 0, 1, 2  # of an arrival that may go on
NODE_AT, NODE_BEFORE = 0, 1  # of every arrival there was
NOBODY = -1


@compiled
def attempts(
    letters: Array,
    at: Array,
    bounds: Array,
    seen: Array,
    chosen: Array,
    wants: Array,
    takes: Array,
    without: Array,
    limits: Array,
    window: int,
    first_only: bool,
    columns: Array,
    out: Array,
) -> None:
    """`takes` and `without`: per letter and place, whether it takes it, or must not lie before it."""
    reached, gaps, entries = out
    steps = len(columns)
    longest = _longest(bounds, chosen)
    waiting = np.empty((steps, longest, 3), np.int64)
    fresh = np.empty((steps, 3), np.int64)  # not waiting yet: one event cannot serve two places
    counts = np.zeros(steps, np.int64)
    nodes = np.empty((longest * steps, 2), np.int64)
    asked = takes, without, limits, window, first_only
    for row in range(len(chosen)):
        begin, stop = bounds[chosen[row]], bounds[chosen[row] + 1]
        counts[:] = 0
        most = possible(seen[chosen[row]], wants)
        if not most:
            continue
        furthest, depth = _furthest(letters, at, begin, stop, most, asked, waiting, fresh, counts, nodes)
        _report(nodes, furthest, depth, columns, row, reached, gaps, entries)


@compiled
def _longest(bounds: Array, chosen: Array) -> int:
    longest = 1
    for unit in chosen:
        longest = max(longest, bounds[unit + 1] - bounds[unit])
    return longest


@compiled
def _furthest(
    letters: Array,
    at: Array,
    begin: int,
    stop: int,
    most: int,
    asked: Array,
    waiting: Array,
    fresh: Array,
    counts: Array,
    nodes: Array,
) -> tuple[int, int]:
    """The last arrival of the reported attempt, and how many places it came to."""
    takes, without, limits, window, first_only = asked
    furthest, depth, used = NOBODY, 0, 0
    for i in range(begin, stop):
        letter = letters[i]
        begins = not (first_only and depth)
        used = _arrive(takes, letter, at[i], begins, limits, window, waiting, fresh, counts, nodes, used)
        for k in range(depth, len(fresh)):
            if k == depth and fresh[k, NODE] != NOBODY:
                furthest, depth = fresh[k, NODE], depth + 1
        if depth == most:
            break
        _break_off(without, letter, counts)
        for k in range(len(fresh) - 1):
            if fresh[k, NODE] != NOBODY:
                _wait(waiting, counts, k, fresh, limits[k + 1, 0] == 0)
    return furthest, depth


@compiled
def _arrive(
    takes: Array,
    letter: int,
    now: int,
    begins: bool,
    limits: Array,
    window: int,
    waiting: Array,
    fresh: Array,
    counts: Array,
    nodes: Array,
    used: int,
) -> int:
    """Writes who comes to each place now; returns how many arrivals there have been."""
    for k in range(len(fresh)):
        fresh[k, NODE] = NOBODY
        if not takes[letter, k] or (k == 0 and not begins):
            continue
        start, before = now, NOBODY
        if k:
            best = _best(waiting, counts, k, limits, window, now)
            if best == NOBODY:
                continue
            start, before = waiting[k - 1, best, START], waiting[k - 1, best, NODE]
        nodes[used, NODE_AT], nodes[used, NODE_BEFORE] = now, before
        fresh[k, START], fresh[k, AT], fresh[k, NODE] = start, now, used
        used += 1
    return used


@compiled
def _best(waiting: Array, counts: Array, k: int, limits: Array, window: int, now: int) -> int:
    """Of those that may go on to place k now, the one with the latest start, then with the latest arrival."""
    best, latest, nearest = NOBODY, 0, 0
    for i in range(counts[k - 1]):
        start, came = waiting[k - 1, i, START], waiting[k - 1, i, AT]
        if now - start > window or now - came < limits[k, 0] or now - came > limits[k, 1]:
            continue
        if best == NOBODY or start > latest or (start == latest and came > nearest):
            best, latest, nearest = i, start, came
    return best


@compiled
def _break_off(without: Array, letter: int, counts: Array) -> None:
    for k in range(1, len(counts)):
        if without[letter, k]:
            counts[k - 1] = 0


@compiled
def _wait(waiting: Array, counts: Array, k: int, fresh: Array, forgets: bool) -> None:
    kept = counts[k]
    if forgets:
        kept = 0
        for i in range(counts[k]):
            if waiting[k, i, START] > fresh[k, START]:
                _copy(waiting, k, i, kept)
                kept += 1
    for j in range(3):
        waiting[k, kept, j] = fresh[k, j]
    counts[k] = kept + 1


@compiled
def _copy(waiting: Array, k: int, i: int, to: int) -> None:
    for j in range(3):
        waiting[k, to, j] = waiting[k, i, j]


@compiled
def _report(
    nodes: Array, furthest: int, depth: int, columns: Array, row: int, reached: Array, gaps: Array, entries: Array
) -> None:
    node = furthest
    for k in range(depth - 1, -1, -1):
        before = nodes[node, NODE_BEFORE]
        if columns[k] >= 0:
            reached[row] |= 1 << columns[k]
            if k:
                gaps[row, columns[k]] = nodes[node, NODE_AT] - nodes[before, NODE_AT]
            else:
                entries[row] = nodes[node, NODE_AT]
        node = before
