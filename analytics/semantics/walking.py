"""What "reached" means. Pure: no database here, and every number of a report comes from `walk`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.semantics.attempts import Limit, attempt
from analytics.semantics.funnels import Attempt, Funnel, Order


@dataclass(frozen=True, slots=True)
class Walked:
    """How far one walk got: bit `k` of `reached` is step k; times are those of the reported chain.

    `gaps` are microseconds since the last required step before, so an optional step never shortens the next one's.
    """

    reached: int
    at: tuple[int | None, ...]
    gaps: tuple[int | None, ...]


def walk(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    """The best attempt of a walk, whose events are given in order as letters and times in microseconds.

    The reported chain goes furthest, completes earliest and then starts latest, with the latest possible event of
    every step. In order "any", step k has its time when steps 1 to k were complete, seen from the end of the chain
    one window back.
    """
    return _WALKS[funnel.order](funnel, path, at)


def _ordered(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    if funnel.is_plain:
        return _plain(funnel, path, at)
    first_only = funnel.attempt is Attempt.FIRST
    chains = funnel.sequences
    return _of_chains(
        funnel, ((steps, attempt(places, funnel.window_us, first_only, path, at)) for steps, places in chains)
    )


def _plain(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    required, *optional = funnel.rows
    times = required.best(path, at, funnel.window_us)
    if not optional:
        return _chained(funnel, times)
    taken = (row for row in optional if row.may_end(path, len(times)))
    others = ((row.steps, row.best(path, at, funnel.window_us)) for row in taken)
    return _of_chains(funnel, ((required.steps, times), *others))


def _strict(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    limits = [dict(funnel.limits).get(k, Limit()) for k in range(len(funnel.steps))]
    best: Sequence[int] = ()
    for i in range(len(path)):
        run = 0
        for j, (letter, letters) in enumerate(zip(path[i:], funnel.letters, strict=False), i):
            late = at[j] - at[i] > funnel.window_us or not (j == i or limits[run].allows(at[j] - at[j - 1]))
            if late or letter not in letters:
                break
            run += 1
        if run > len(best):
            best = at[i : i + run]
        if run and funnel.attempt is Attempt.FIRST:
            break
    return _chained(funnel, best)


def _chained(funnel: Funnel, times: Sequence[int]) -> Walked:
    missing = (None,) * (len(funnel.steps) - len(times))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    first = (None,) if times else ()
    return Walked((1 << len(times)) - 1, (*times, *missing), (*first, *gaps, *missing))


def _any(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    chains = funnel.chains
    taken = (chain for chain in chains if chain.steps == funnel.required or chain.may_end(path))
    return _of_chains(funnel, ((chain.steps, chain.complete(path, at, funnel.window_us)) for chain in taken))


def _of_chains(funnel: Funnel, found: Iterable[tuple[tuple[int, ...], Sequence[int]]]) -> Walked:
    """The required steps as far as they go; and of every other chain its last step, an optional one, if taken."""
    times: list[int | None] = [None] * len(funnel.steps)
    gaps: list[int | None] = [None] * len(funnel.steps)
    for steps, moments in found:
        for k, time, before in zip(steps, moments, [None, *moments], strict=False):
            if k in funnel.optional or steps == funnel.required:
                times[k], gaps[k] = time, None if before is None else time - before
    return Walked(sum(1 << k for k, time in enumerate(times) if time is not None), tuple(times), tuple(gaps))


_WALKS: dict[Order, Callable[[Funnel, str, Sequence[int]], Walked]] = {
    Order.ORDERED: _ordered,
    Order.STRICT: _strict,
    Order.ANY: _any,
}
