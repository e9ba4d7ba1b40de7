"""A funnel as arrays, for the kernels. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.columns.walks import MARKS, sealed
from analytics.semantics.attempts import Limit
from analytics.semantics.chains import Chain
from analytics.semantics.funnels import Attempt, Funnel, Order

LETTERS = 256
FOR_EVER = np.iinfo(np.int64).max
Table = npt.NDArray[Any]


class Plan(NamedTuple):
    """The kernel (its name in measuring.py) and what it is called with between the walks and what it writes."""

    kernel: str
    arguments: tuple[Any, ...]


@lru_cache(maxsize=256)
def plans(funnel: Funnel) -> tuple[Plan, ...]:
    """One for the required steps, and one for each optional step."""
    if funnel.order is Order.ANY:
        return tuple(_any(funnel, chain) for chain in funnel.chains)
    if funnel.order is Order.STRICT:
        return (_strict(funnel),)
    simple = not (funnel.limits or funnel.without or funnel.attempt is Attempt.FIRST)
    return tuple((_plain if simple else _limited)(funnel, steps) for steps, _ in funnel.sequences)


def _plain(funnel: Funnel, steps: Sequence[int]) -> Plan:
    sets = [funnel.letters[k] for k in steps]
    return Plan("plain", (_wants(sets), _places(sets), funnel.window_us, _columns(funnel, steps)))


def _strict(funnel: Funnel) -> Plan:
    steps = range(len(funnel.steps))
    limits = _limits([dict(funnel.limits).get(k, Limit()) for k in steps])
    is_first = funnel.attempt is Attempt.FIRST
    arguments = (_wants(funnel.letters), _places(funnel.letters), funnel.window_us, limits, is_first)
    return Plan("strict", (*arguments, _columns(funnel, steps)))


def _limited(funnel: Funnel, steps: Sequence[int]) -> Plan:
    places = [funnel.place(k) for k in steps]
    arguments = (
        _wants([place.letters for place in places]),
        _marks([place.letters for place in places]),
        _marks([place.without for place in places]),
        _limits([place.limit for place in places]),
        funnel.window_us,
        funnel.attempt is Attempt.FIRST,
        _columns(funnel, steps),
    )
    return Plan("limited", arguments)


def _any(funnel: Funnel, chain: Chain) -> Plan:
    classes = np.full(LETTERS, -1, np.int64)
    for letter in _stored(frozenset(chain.classes)):
        classes[ord(letter)] = chain.classes[letter]
    places = np.zeros((len(chain.steps), len(chain.steps) + 1), np.int64)
    for name, mine in chain.places.items():
        places[name, : len(mine) + 1] = (len(mine), *mine)
    wants = _wants([funnel.letters[k] for k in chain.steps])
    arguments = (wants, sealed(classes), sealed(np.array(chain.needs, np.int64)), sealed(places), funnel.window_us)
    return Plan("any", (*arguments, _columns(funnel, chain.steps)))


def _columns(funnel: Funnel, steps: Sequence[int]) -> Table:
    """Which step of the funnel a place reports: of an optional step's chain, only that step."""
    is_required = tuple(steps) == funnel.required or funnel.order is Order.STRICT
    return sealed(np.array([k if is_required or k in funnel.optional else -1 for k in steps], np.int64))


def _wants(sets: Sequence[frozenset[str]]) -> Table:
    """Per place the marks of the letters that it can be; a walk with none of them gets no further."""
    letters = [[ord(letter) for letter in _stored(mine)] for mine in sets]
    return sealed(np.array([np.bitwise_or.reduce(MARKS[mine], initial=0) for mine in letters], np.int64))


def _places(sets: Sequence[frozenset[str]]) -> Table:
    """Per letter how many of the places it can take, and those, the last first."""
    table = np.zeros((LETTERS, len(sets) + 1), np.int64)
    for letter in _stored(frozenset().union(*sets)):
        mine = [k for k in range(len(sets) - 1, -1, -1) if letter in sets[k]]
        table[ord(letter), : len(mine) + 1] = (len(mine), *mine)
    return sealed(table)


def _marks(sets: Sequence[frozenset[str]]) -> Table:
    table = np.zeros((LETTERS, len(sets)), np.bool_)
    for k, letters in enumerate(sets):
        table[[ord(letter) for letter in _stored(letters)], k] = True
    return sealed(table)


def _limits(limits: Sequence[Limit]) -> Table:
    most = [FOR_EVER if limit.most_us is None else limit.most_us for limit in limits]
    return sealed(np.array([[limit.least_us for limit in limits], most], np.int64).T.copy())


def _stored(letters: frozenset[str]) -> list[str]:
    """Without those of events on which a condition is put: no journey is stored with them."""
    return [letter for letter in letters if ord(letter) < LETTERS]
