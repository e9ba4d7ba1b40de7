"""The slow, obvious twin of `walk`: it tries every choice of distinct events. Only for walks of a few events."""

from itertools import combinations, pairwise, product

from analytics.semantics.conditions import Where
from analytics.semantics.funnels import FINE, Attempt, Funnel, Order
from analytics.semantics.walking import Walked

Chain = tuple[int, ...]  # the places of the events that take the steps


def walk(funnel: Funnel, path: str, at: list[int]) -> Walked:
    if funnel.order is Order.ANY:
        return _any(funnel, path, at)
    return _in_order(funnel, path, at)


def _in_order(funnel: Funnel, path: str, at: list[int]) -> Walked:
    times: list[int | None] = [None] * len(funnel.steps)
    gaps: list[int | None] = [None] * len(funnel.steps)
    for k, i, before in _best(funnel, funnel.required, path, at):
        times[k], gaps[k] = at[i], None if before is None else at[i] - at[before]
    for k in funnel.optional:
        steps = (*(j for j in funnel.required if j < k), k)
        own = _best(funnel, steps, path, at)
        if len(own) == len(steps):
            _, i, before = own[-1]
            times[k], gaps[k] = at[i], at[i] - at[before]
    return Walked(sum(2**k for k, time in enumerate(times) if time is not None), tuple(times), tuple(gaps))


def _best(funnel: Funnel, steps: tuple[int, ...], path: str, at: list[int]) -> list[tuple[int, int, int | None]]:
    """(step, event, event before) of the attempt that goes furthest, completes earliest, then starts latest."""
    best: Chain = ()
    for depth in range(1, len(steps) + 1):
        chains = [c for c in combinations(range(len(path)), depth) if _is_attempt(funnel, steps[:depth], path, at, c)]
        if chains:
            end = min(chain[-1] for chain in chains)
            of_those = [chain for chain in chains if chain[-1] == end]
            latest = max(at[chain[0]] for chain in of_those)
            best = max((c for c in of_those if at[c[0]] == latest), key=lambda chain: [at[i] for i in chain[::-1]])
    return [*zip(steps, best, [None, *best], strict=False)]


def _is_attempt(funnel: Funnel, steps: tuple[int, ...], path: str, at: list[int], chain: Chain) -> bool:
    limits, without = dict(funnel.limits), dict(funnel.without)
    if not _takes(funnel, steps, path, chain) or at[chain[-1]] - at[chain[0]] > funnel.window_us:
        return False
    if funnel.order is Order.STRICT and chain[-1] - chain[0] != len(chain) - 1:
        return False
    if funnel.attempt is Attempt.FIRST and any(_takes(funnel, [steps[0]], path, (i,)) for i in range(chain[0])):
        return False
    for k, (one, other) in zip(steps[1:], pairwise(chain), strict=True):
        least, most = limits.get(k, (0, None))
        if at[other] - at[one] < least or (most is not None and at[other] - at[one] > most):
            return False
        if any(_is(step, path[i]) for i in range(one + 1, other) for step in without.get(k, ())):
            return False
    return True


def _any(funnel: Funnel, path: str, at: list[int]) -> Walked:
    times: list[int | None] = [None] * len(funnel.steps)
    gaps: list[int | None] = [None] * len(funnel.steps)
    furthest: list[int] = []
    for depth in range(1, len(funnel.required) + 1):
        furthest = _moments(funnel, list(funnel.required[:depth]), path, at) or furthest
    for i, k in enumerate(funnel.required[: len(furthest)]):
        times[k], gaps[k] = furthest[i], furthest[i] - furthest[i - 1] if i else None
    for k in funnel.optional:
        if own := _moments(funnel, [j for j in funnel.required if j < k] + [k], path, at):
            times[k], gaps[k] = own[-1], own[-1] - own[-2]
    return Walked(sum(2**k for k, time in enumerate(times) if time is not None), tuple(times), tuple(gaps))


def _moments(funnel: Funnel, steps: list[int], path: str, at: list[int]) -> list[int] | None:
    """When 1, 2 … of the steps were complete, in the window that ends with the earliest completion of them all."""
    ends = [max(c) for c in _choices(funnel, steps, path, at)]
    if not ends:
        return None
    begin = next(i for i in range(len(at)) if at[min(ends)] - at[i] <= funnel.window_us)
    path, at = path[begin : min(ends) + 1], at[begin : min(ends) + 1]
    return [min(at[max(chain)] for chain in _choices(funnel, steps[: i + 1], path, at)) for i in range(len(steps))]


def _choices(funnel: Funnel, steps: list[int], path: str, at: list[int]) -> list[Chain]:
    candidates = [[i for i in range(len(path)) if _takes(funnel, [k], path, (i,))] for k in steps]
    return [
        chain
        for chain in product(*candidates)
        if len(set(chain)) == len(chain) and at[max(chain)] - at[min(chain)] <= funnel.window_us
    ]


def _takes(funnel: Funnel, steps, path: str, chain: Chain) -> bool:
    return all(
        any(_is(step, path[i], taking=True) for step in funnel.steps[k]) for k, i in zip(steps, chain, strict=True)
    )


class Used(tuple):
    """An event that has taken a step: it takes none again, but it did happen."""


def _is(asked, event, taking=False) -> bool:
    """An event is a letter, or a letter with what it says."""
    if taking and isinstance(event, Used):
        return False
    letter, props = event if isinstance(event, tuple) else (event, {})
    step, conditions = asked if isinstance(asked, Where) else (asked, ())
    return letter == step.letter and all(_says(props.get(name), sign, values) for name, sign, values in conditions)


def _says(said, sign, values) -> bool:
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    if sign in ("=", "!="):
        told = str(said) if is_number or isinstance(said, str) else {None: "", True: "true", False: "false"}[said]
        return (told in values) == (sign == "=")
    if not is_number:
        return False
    asked = float(values[0])
    return {"<": said < asked, "<=": said <= asked, ">": said > asked, ">=": said >= asked}[sign]


def every(funnel: Funnel, path, at: list[int]) -> list[tuple[Walked, list[int | None]]]:
    """Attempt after attempt, each without the events of those before, with the places of its events."""
    events, found = [event if isinstance(event, tuple) else (event, {}) for event in path], []
    while (walked := walk(funnel, events, at)).reached:
        found.append((walked, taken(funnel, events, at)))
        for i in filter(lambda i: i is not None, found[-1][1]):
            events[i] = Used(events[i])
    return found


def taken(funnel: Funnel, path, at: list[int]) -> list[int | None]:
    """The places of the events that took the steps: times that are all different leave no doubt."""
    own = [time * FINE + i for i, time in enumerate(at)]
    walked = walk(funnel.fine, path, own)
    if funnel.order is not Order.ANY:
        return [None if time is None else time % FINE for time in walked.at]
    places: list[int | None] = [None] * len(funnel.steps)
    done = [k for k in funnel.required if walked.at[k] is not None]
    optional = [k for k in funnel.optional if walked.at[k] is not None]
    for steps in filter(None, [done, *([*(j for j in done if j < k), k] for k in optional)]):
        end = walked.at[steps[-1]]
        chains = [c for c in _choices(funnel.fine, steps, path, own) if own[max(c)] == end]
        for k, i in zip(steps, min(chains), strict=True):
            if k in funnel.optional or steps is done:
                places[k] = i
    return places
