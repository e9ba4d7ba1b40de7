"""Which events took the steps, and every attempt of a walk instead of the reported one. Pure, like walking.

Every event is given a time of its own, in which its place stands, so that the walkers tell places as they tell times.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analytics.semantics.funnels import FINE, Attempt, Funnel, Order, spent
from analytics.semantics.walking import Walked, walk


class Trace(NamedTuple):
    walked: Walked
    events: tuple[int | None, ...]  # per step: the place in the path of the event that took it


def trace(funnel: Funnel, path: str, at: Sequence[int]) -> Trace:
    """The walk of walking.py, and which events took its steps.

    In order "any" they are the first ones that could, in the window that ends with the last step.
    """
    own = [time * FINE + place for place, time in enumerate(at)]
    found = walk(funnel.fine, path, own)
    if funnel.order is Order.ANY:
        return Trace(_coarse(found), _first_ones(funnel, path, own, found))
    return Trace(_coarse(found), tuple(None if time is None else time % FINE for time in found.at))


def every(funnel: Funnel, path: str, at: Sequence[int]) -> Iterator[Trace]:
    """The reported attempt; then, without the events that it used, the next one, until nobody begins any more.

    An event that was used takes no step again, but it did happen: it lies between two steps as before.
    """
    letters = list(path)
    while True:
        found = trace(funnel, "".join(letters), at)
        if not found.walked.reached:
            return
        if found.walked.reached == 1 and funnel.attempt is Attempt.BEST:
            yield from _beginnings(funnel, letters, at)
            return
        yield found
        for place in {place for place in found.events if place is not None}:
            letters[place] = spent(letters[place])


def _beginnings(funnel: Funnel, letters: Sequence[str], at: Sequence[int]) -> Iterator[Trace]:
    """What is left when no attempt comes further than its first step: each beginning is one."""
    nothing = (None,) * (len(funnel.steps) - 1)
    for place, letter in enumerate(letters):
        if letter in funnel.letters[0]:
            yield Trace(Walked(1, (at[place], *nothing), (None, *nothing)), (place, *nothing))


def _coarse(found: Walked) -> Walked:
    def whole(times: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return tuple(None if time is None else time // FINE for time in times)

    return Walked(found.reached, whole(found.at), whole(found.gaps))


def _first_ones(funnel: Funnel, path: str, own: Sequence[int], found: Walked) -> tuple[int | None, ...]:
    events: list[int | None] = [None] * len(funnel.steps)
    done = [k for k in funnel.required if found.at[k] is not None]
    for k, place in zip(done, _assigned(funnel, done, path, own, found), strict=True):
        events[k] = place
    for k in funnel.optional:
        if found.at[k] is not None:
            steps = [*(j for j in funnel.required if j < k), k]
            events[k] = _assigned(funnel, steps, path, own, found)[-1]
    return tuple(events)


def _assigned(funnel: Funnel, steps: list[int], path: str, own: Sequence[int], found: Walked) -> list[int]:
    """Steps that are the same share out the first events that fit, in the order of the steps."""
    if not steps:
        return []
    end = found.at[steps[-1]]
    assert end is not None, "only what was reached has an end"  # noqa: S101
    inside = [i for i, time in enumerate(own) if end - funnel.fine.window_us <= time <= end]
    waiting = {funnel.letters[k]: [i for i in inside if path[i] in funnel.letters[k]][::-1] for k in steps}
    return [waiting[funnel.letters[k]].pop() for k in steps]
