"""The attempt a funnel reports when its steps have an order and more than a window limits them. Pure, like funnels."""

from collections.abc import Sequence
from typing import NamedTuple


class Limit(NamedTuple):
    """How long after the last required step before it a step may come, in microseconds, both ends included."""

    least_us: int = 0
    most_us: int | None = None

    def allows(self, gap: int) -> bool:
        return self.least_us <= gap and (self.most_us is None or gap <= self.most_us)


class Place(NamedTuple):
    """A step of a chain: what takes it, how long after the one before, and what must not have happened between them."""

    letters: frozenset[str]
    limit: Limit = Limit()
    without: frozenset[str] = frozenset()


class Arrival(NamedTuple):
    """A chain that has come to a place: when it began, when it arrived, and the arrival before."""

    start: int
    at: int
    before: "Arrival | None"


def attempt(places: Sequence[Place], window_us: int, first_only: bool, path: str, at: Sequence[int]) -> list[int]:
    """Times of the reported attempt, as far as it got: [] when nobody began.

    Furthest, of those the one complete first, of those the latest start; and of those the latest possible event at
    every place, the last place first. `first_only`: an attempt begins with the first event that could begin one.
    """
    waiting: list[list[Arrival]] = [[] for _ in places]  # per place, by arrival: those that may still go on
    furthest: Arrival | None = None
    depth = 0
    for i, letter in enumerate(path):
        fresh: list[tuple[int, Arrival]] = []  # not waiting yet: one event cannot serve two places
        for k in _taken_by(letter, places, may_begin=not (first_only and depth)):
            if arrival := _arrival(waiting[k - 1] if k else None, places[k].limit, window_us, at[i]):
                fresh.append((k, arrival))
                if k == depth:
                    furthest, depth = arrival, depth + 1
        for k, place in enumerate(places):
            if letter in place.without:
                waiting[k - 1].clear()
        for k, arrival in fresh:
            _wait(waiting[k], arrival, places[k + 1 :])
    return _times(furthest)


def _taken_by(letter: str, places: Sequence[Place], may_begin: bool) -> list[int]:
    return [k for k, place in enumerate(places) if letter in place.letters and (k or may_begin)]


def _arrival(earlier: Sequence[Arrival] | None, limit: Limit, window_us: int, now: int) -> Arrival | None:
    """The best way to come to a place now: with the latest start, then over the latest arrival before."""
    if earlier is None:
        return Arrival(now, now, None)
    allowed = (e for e in earlier if now - e.start <= window_us and limit.allows(now - e.at))
    best = max(allowed, key=lambda e: e[:2], default=None)
    return best and Arrival(best.start, now, best)


def _wait(waiting: list[Arrival], arrival: Arrival, later: Sequence[Place]) -> None:
    """Whoever began no later than this one, and arrived before it, can go nowhere that this one cannot go too;
    unless the next place wants some time to have passed."""
    if not later:
        return
    if not later[0].limit.least_us:
        waiting[:] = [e for e in waiting if e.start > arrival.start]
    waiting.append(arrival)


def _times(arrival: Arrival | None) -> list[int]:
    times = []
    while arrival:
        times.append(arrival.at)
        arrival = arrival.before
    return times[::-1]
