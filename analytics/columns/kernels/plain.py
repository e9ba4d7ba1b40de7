"""Steps in order that nothing but a window limits (walking._plain), and strict ones (walking._strict)."""

from typing import Any

import numpy as np

from analytics.columns.compiled import compiled

Array = Any  # of numpy; what is compiled has the types of the arrays it is called with
NEVER = np.iinfo(np.int64).min


@compiled
def possible(seen: int, wants: Array) -> int:
    """How many places can be taken at all by letters with these marks."""
    k = 0
    while k < len(wants) and seen & wants[k]:
        k += 1
    return k


@compiled
def in_order(
    letters: Array,
    at: Array,
    bounds: Array,
    seen: Array,
    chosen: Array,
    wants: Array,
    places: Array,
    window: int,
    columns: Array,
    out: Array,
) -> None:
    """`places`: per letter how many places it can take, and those, the last first."""
    reached, gaps, entries = out
    steps = len(columns)
    starts = np.empty(steps, np.int64)
    ends = np.empty(steps, np.int64)
    for row in range(len(chosen)):
        most = possible(seen[chosen[row]], wants)
        if not most:
            continue
        begin, stop = bounds[chosen[row]], bounds[chosen[row] + 1]
        starts[:] = NEVER
        depth, end = 0, begin
        for i in range(begin, stop):
            letter = letters[i]
            for nth in range(1, places[letter, 0] + 1):
                k = places[letter, nth]
                start = at[i] if k == 0 else starts[k - 1]
                if start == NEVER or at[i] - start > window:
                    continue
                starts[k] = start
                if k == depth:
                    depth, end = k + 1, i
            if depth == most:
                break
        _back(letters, at, places, depth, end, ends)
        report(ends, depth, columns, row, reached, gaps, entries)


@compiled
def _back(letters: Array, at: Array, places: Array, depth: int, end: int, times: Array) -> None:
    """Times of the chain that ends at event `end`, with the latest event for every step before."""
    i = end
    for k in range(depth - 1, -1, -1):
        while not _takes(places, letters[i], k):
            i -= 1
        times[k] = at[i]
        i -= 1


@compiled
def _takes(places: Array, letter: int, k: int) -> bool:
    for nth in range(1, places[letter, 0] + 1):  # noqa: SIM110 - compiled code has no generators
        if places[letter, nth] == k:
            return True
    return False


@compiled
def report(times: Array, depth: int, columns: Array, row: int, reached: Array, gaps: Array, entries: Array) -> None:
    for k in range(depth):
        if columns[k] >= 0:
            reached[row] |= 1 << columns[k]
            if k:
                gaps[row, columns[k]] = times[k] - times[k - 1]
            else:
                entries[row] = times[k]


@compiled
def strict(
    letters: Array,
    at: Array,
    bounds: Array,
    seen: Array,
    chosen: Array,
    wants: Array,
    places: Array,
    window: int,
    limits: Array,
    first_only: bool,
    columns: Array,
    out: Array,
) -> None:
    """`limits`: per step the least and the most microseconds since the one before."""
    reached, gaps, entries = out
    for row in range(len(chosen)):
        most = possible(seen[chosen[row]], wants)
        begin, stop = bounds[chosen[row]], bounds[chosen[row] + 1]
        depth, best = 0, begin
        for i in range(begin, stop if most else begin):
            run = _run(letters, at, i, stop, places, window, limits)
            if run > depth:
                depth, best = run, i
            if depth == most or (run and first_only):
                break
        report(at[best : best + depth], depth, columns, row, reached, gaps, entries)


@compiled
def _run(letters: Array, at: Array, i: int, stop: int, places: Array, window: int, limits: Array) -> int:
    """How many steps are taken one after the other from event `i` on."""
    run = 0
    for j in range(i, min(stop, i + len(limits))):
        if at[j] - at[i] > window or not _takes(places, letters[j], run):
            break
        if j > i and not limits[run, 0] <= at[j] - at[j - 1] <= limits[run, 1]:
            break
        run += 1
    return run
