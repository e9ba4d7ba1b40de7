"""Steps that were numbered but never arrived. Pure: numbers go up by one on a trail, so what is missing is known."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from analytics.counts.journeys import Taken
from journey.steps import Step, Teller
from journey.trails import DAY_US, born

TRAIL_END = Step.TRAIL_END.letter
FROM_BROWSERS = {step.letter for step in Step if step.teller is Teller.BROWSER}
# A page holds 200 steps back at most, so no more go missing at once; a number made up must not outweigh a day.
MOST = 1_000


class Loss(NamedTuple):
    """Of one journey: how many steps are known to have been said, and how many of them never arrived."""

    said: int
    missing: int


class End(NamedTuple):
    last: int
    told_in: int  # the place of a journey
    told_at: int


Numbers = list[tuple[int, int, str]]  # n, place of its journey, letter


def losses(walks: Sequence[Sequence[Taken]]) -> list[Loss]:
    """For each journey of one participant. A gap belongs to the journey of the next step that arrived, a lost end
    to the journey of the last one.

    Number 0 is the page's own, which acts do not have, so it is never missed. What a server says of one request
    travels together: a hole below it is a fact that was taken back with its transaction, and no loss.
    """
    missing = [0] * len(walks)
    trails, ends = _numbers(walks), _ends(walks)
    for numbers in trails.values():
        numbers.sort()
        if numbers[-1][0] - numbers[0][0] >= len(numbers) or numbers[0][0] > 1:
            for gap, place in _gaps(numbers):
                missing[place] += gap
    for trail, end in ends.items():
        if trail in trails:
            last, place, _ = trails[trail][-1]
        elif end.told_at - born(trail) <= DAY_US:
            last, place = 0, end.told_in
        else:
            continue  # all of it may have been kept for long enough and thrown away since
        missing[place] += max(0, min(end.last - last, MOST))
    return [Loss(len(walk) + lost, lost) for walk, lost in zip(walks, missing, strict=True)]


def _numbers(walks: Sequence[Sequence[Taken]]) -> dict[int, Numbers]:
    trails: dict[int, Numbers] = defaultdict(list)
    for place, walk in enumerate(walks):
        for event in walk:
            trails[event[5]].append((event[6], place, event[2]))
    return dict(trails)


def _gaps(numbers: Numbers) -> list[tuple[int, int]]:
    """(how many, place of their journey) of what is missing below each number."""
    found, before = [], 0
    for n, place, letter in numbers:
        if n - before > 1 and letter in FROM_BROWSERS:
            found.append((min(n - before - 1, MOST), place))
        before = n
    return found


def _ends(walks: Sequence[Sequence[Taken]]) -> dict[int, End]:
    """Trail → how far it had numbered its steps, as a later page of the same browser has said."""
    ends: dict[int, End] = {}
    for place, walk in enumerate(walks):
        for event in walk:
            if event[2] == TRAIL_END and (told := _told(event[4])):
                trail, last = told
                if trail not in ends or ends[trail].last < last:
                    ends[trail] = End(last, place, event.at)
    return ends


def _told(text: str | None) -> tuple[int, int] | None:
    props = orjson.loads(text) if text else {}
    trail, last = props.get("trail"), props.get("last")
    if not isinstance(trail, str) or not trail.isascii() or not trail.isdigit() or type(last) is not int:
        return None
    return int(trail[:20]), last
