"""What came after a step, and what was done before it: next_steps.py and features.py, letters instead of names."""

from typing import Any

import numpy as np

from analytics.columns.compiled import compiled

Array = Any
LEFT = 1  # no step has this letter
BEFORE, THERE = 0, 1


@compiled
def hops(
    letters: Array, at: Array, bounds: Array, chosen: Array, arrived: Array, takes: Array, quiet: Array, out: Array
) -> None:
    """Writes the first next steps of each walk, one byte each, the first one highest; 0 behind LEFT."""
    for row in range(len(chosen)):
        begin, stop = bounds[chosen[row]], bounds[chosen[row] + 1]
        many, found, latest = 0, np.int64(0), np.int64(-1)
        for i in range(_place(letters, at, begin, stop, arrived[row], takes) + 1, stop):
            letter = letters[i]
            if quiet[letter] or letter == latest:
                continue
            many, found, latest = many + 1, found << 8 | np.int64(letter), np.int64(letter)
            if many == 3:
                break
        if many < 3:
            found = (found << 8 | LEFT) << 8 * (2 - many)
        out[row] = found


@compiled
def stays(
    letters: Array, at: Array, bounds: Array, chosen: Array, arrived: Array, went: Array, asked: Array, out: Array
) -> None:
    """Counts who took which letters before a step and there; `went`: when they went on, or -1.

    `asked`: the usual microseconds until they do, the letters that took the step before, that are away, that show a
    video. `out`: per BEFORE or THERE, letter, and whether they went on, how many; whether they knew a video; until when
    they stayed.
    """
    usual, takes, away, video = asked
    counts, knows, until = out
    seen = np.full((2, 256), -1, np.int64)  # the last walk that has taken it
    for row in range(len(chosen)):
        begin, stop = bounds[chosen[row]], bounds[chosen[row] + 1]
        place = _place(letters, at, begin, stop, arrived[row], takes)
        goes = 1 if went[row] >= 0 else 0
        latest = arrived[row] + usual
        if goes:
            latest = min(latest, went[row])
        end = place + 1
        while end < stop and at[end] < latest and not away[letters[end]]:
            end += 1
        until[row] = latest if end == stop else min(latest, at[end])
        for i in range(begin, end):
            letter = letters[i]
            when = BEFORE if i <= place else THERE
            if when == BEFORE and video[letter]:
                knows[row] = True
            if seen[when, letter] != row:
                seen[when, letter] = row
                counts[when, letter, goes] += 1


@compiled
def _place(letters: Array, at: Array, begin: int, stop: int, moment: int, takes: Array) -> int:
    """Of the event that took a step at this moment; of several the last one."""
    for i in range(stop - 1, begin, -1):
        if at[i] == moment and takes[letters[i]]:
            return i
    return begin
