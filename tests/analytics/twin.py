"""The slow, obvious twin of `walk`: it tries every choice of distinct events. Only for walks of a few events."""

from itertools import combinations, pairwise, product

from analytics.funnels import Funnel, Order, Walked

Chain = tuple[int, ...]  # the places of the events that take the steps


def walk(funnel: Funnel, path: str, at: list[int]) -> Walked:
    if funnel.order is Order.ANY:
        return _any(funnel, path, at)
    return _in_order(funnel, path, at)


def _in_order(funnel: Funnel, path: str, at: list[int]) -> Walked:
    best: Chain = ()
    for depth in range(1, len(funnel.steps) + 1):
        chains = [
            chain
            for chain in combinations(range(len(path)), depth)
            if _takes(funnel, range(depth), path, chain)
            and at[chain[-1]] - at[chain[0]] <= funnel.window_us
            and (funnel.order is Order.ORDERED or chain[-1] - chain[0] == depth - 1)
        ]
        if chains:
            # Completes earliest; among those every event is as late as can be, the start included.
            end = min(chain[-1] for chain in chains)
            best = max(chain for chain in chains if chain[-1] == end)
            latest = tuple(max(places) for places in zip(*(c for c in chains if c[-1] == end), strict=True))
            assert best == latest, "the latest chain is the latest at every step"
    times = [at[i] for i in best] + [None] * (len(funnel.steps) - len(best))
    gaps = [None] + [b - a if b is not None else None for a, b in pairwise(times)]
    return Walked(2 ** len(best) - 1, tuple(times), tuple(gaps))


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
    return all(path[i] in {step.letter for step in funnel.steps[k]} for k, i in zip(steps, chain, strict=True))
